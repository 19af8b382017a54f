"""Pages and work over all stages: home, team overview, next steps, the sample."""
