"""The forms of projects, people and signing in."""
