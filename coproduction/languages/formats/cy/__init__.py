"""How Welsh dates are written."""
