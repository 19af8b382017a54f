"""The listening exercise: log, survey, import, comments, concerns."""
