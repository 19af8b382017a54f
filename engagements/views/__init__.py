"""Pages of what was heard, one module a noun."""
