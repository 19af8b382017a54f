"""What templates of theming may call."""
