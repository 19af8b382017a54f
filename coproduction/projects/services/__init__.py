"""Changes to projects, people, roles and organisations, and the letters sent for them."""
