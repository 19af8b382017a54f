"""Every change to the steering group's records, one module a noun."""
