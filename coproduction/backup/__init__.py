"""Backups of a whole installation: made, looked at, put back; always encrypted, in age's format."""
