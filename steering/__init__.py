"""Seats, meetings, rounds, decisions, commitments."""
