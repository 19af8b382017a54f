"""The plan as files for other programs to read."""
