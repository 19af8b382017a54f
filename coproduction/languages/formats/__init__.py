"""How dates and times are written, by language: the one place that says so.

Django reads these (``FORMAT_MODULE_PATH``). A template writes a day with ``|date``, and anything
else by a format's name: ``|date:"DATETIME_FORMAT"``. A date put on a page without a filter comes
out the same. A language without formats of its own has Django's, and for what Django does not
know, those of the source language.
"""

from datetime import date, datetime

from django.conf import settings
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.formats import get_format


def write_date(value: date | str | None, name: str = "DATE_FORMAT") -> str:
    """Write a day or a moment by the name of its format, in the language of the page."""
    form = get_format(name)
    # Django gives back the name of a format that it does not find.
    return date_filter(value, form if form != name else get_format(name, settings.LANGUAGE_CODE))


def write_date_for_later(value: date, name: str = "DATE_FORMAT") -> str:
    """Write a day as ``write_date``, and its year after it where that is not this one.

    For what is kept and read again: in a letter "until 31 October" may be said a year before.
    """
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    written = write_date(value, name)
    return written if day.year == timezone.localdate().year else f"{written} {day.year}"
