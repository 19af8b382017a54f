"""What is wrong with this installation: checks, each a fact, how it stands, and what to do."""
