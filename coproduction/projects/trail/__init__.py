"""The trail's machinery: chaining entries, signing their heads, checking both."""
