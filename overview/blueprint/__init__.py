"""What a new project may begin with of another: groups to tick, and what becomes of each table."""
