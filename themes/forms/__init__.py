"""What is typed and chosen in theming: one module a noun."""
