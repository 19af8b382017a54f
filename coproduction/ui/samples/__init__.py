"""What the style page shows: one of each component, in every state."""
