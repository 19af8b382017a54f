"""Changes to themes, codings, quotes and findings: one module a subject."""
