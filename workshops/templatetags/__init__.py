"""Template tags of the workshops."""
