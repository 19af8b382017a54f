"""Questions about people and projects that a page asks."""
