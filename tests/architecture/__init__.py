"""Tests of the house rules: what may import, open, name and contain what."""
