"""Texts in several languages: the field, the widget, what is missing or out of date."""
