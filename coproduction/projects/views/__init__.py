"""The pages of a project's settings and people, and of signing in."""
