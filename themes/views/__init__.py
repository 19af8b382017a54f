"""Pages of theming: one module a subject."""
