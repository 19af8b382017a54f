"""Comment theming: codebook, coding, quotes, findings."""
