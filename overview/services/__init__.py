"""Changes over several stages at once."""
