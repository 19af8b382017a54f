"""Speed, measured beside a bare Django baseline in the same run. See ``bin/bench``."""
