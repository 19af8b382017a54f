"""Looking at words for what tells who somebody is, or that somebody may be at risk."""
