"""What the steering group's records say, one module a question."""
