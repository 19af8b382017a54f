"""Background work: the Job row, its wake-up, progress and recovery."""
