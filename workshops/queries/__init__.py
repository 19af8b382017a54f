"""Questions that span several models of the workshops: one module a noun."""
