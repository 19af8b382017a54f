"""Journeys in a real Chromium, and every page looked at there."""
