"""The steering group's pages, one module a noun."""
