"""What is typed and chosen about the steering group: one module a noun."""
