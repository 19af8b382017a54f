"""What is asked of projects, people and letters across tables."""
