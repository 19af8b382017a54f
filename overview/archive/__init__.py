"""The archive of a whole project: what stands in it, and how it is written and read."""
