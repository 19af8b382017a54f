"""What typed input is well formed, one module for each noun."""
