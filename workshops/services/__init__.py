"""Changes to workshops, notes, actions and evidence: one module a noun."""
