"""What is typed and chosen at the workshops: one module a noun."""
