"""Setting the plan as a PDF."""
