"""Questions that span the models of theming: one module a subject."""
