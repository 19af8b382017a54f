"""Editions, publishing, PDF and open data."""
