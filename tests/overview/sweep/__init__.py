"""A busy project, its figures, and every place where one of them is printed."""
