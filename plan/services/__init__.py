"""Every change to what is published, one module a noun."""
