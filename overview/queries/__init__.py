"""What is asked of all stages at once."""
