"""Pages of listening, one module for each noun."""
