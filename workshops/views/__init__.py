"""Pages of the workshops: one module a noun."""
