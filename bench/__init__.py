"""Measures speed beside a bare baseline in the same run: ``bin/bench``; docs/speed.md explains."""
