"""Work of the plan that is done later, elsewhere."""
