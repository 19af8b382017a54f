"""What pages and documents of the plan read, over several models."""
