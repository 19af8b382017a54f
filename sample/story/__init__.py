"""The invented story of Bryncoed, chapter by chapter, and reading it."""
