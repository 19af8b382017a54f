"""Workshops, tables, notes, actions and their wordings."""
