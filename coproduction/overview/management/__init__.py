"""Commands of overview."""
