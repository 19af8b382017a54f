"""Changes to what was heard, one module for each noun."""
