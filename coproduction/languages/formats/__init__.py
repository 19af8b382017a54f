"""How dates and times are written, by language: the one place that says so.

Django reads these (``FORMAT_MODULE_PATH``). A template writes a day with ``|date``, and anything
else by a format's name: ``|date:"DATETIME_FORMAT"``. A date put on a page without a filter comes
out the same.
"""
