"""Pages over all stages: home, team overview, next steps, the frame of each page, health."""
