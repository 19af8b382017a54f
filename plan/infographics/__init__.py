"""The plan's charts."""
