"""Changes over several stages at once, one module for each noun."""
