"""Commands of engagements."""
