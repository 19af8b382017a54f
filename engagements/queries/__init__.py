"""Which rows of the listening, and how many."""
