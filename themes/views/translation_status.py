"""In which languages residents can read what was written, and in which it is missing or old."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from coproduction.languages.models import Translated


def _names(languages: Sequence[str]) -> str:
    """Name languages in the reader's own, apart by commas."""
    known = dict(settings.LANGUAGES)
    return ", ".join(_(str(known.get(language, language))) for language in languages)


def languages_to_write(text: Translated, languages: Sequence[str]) -> list[str]:
    """Return those of a project's languages in which a public text is missing or out of date."""
    return [*text.missing(languages), *text.out_of_date(languages)]


def translation_sentences(text: Translated, languages: Sequence[str]) -> list[str]:
    """Say in sentences where residents can read a text now, and what is still to be written."""
    missing, old = text.missing(languages), text.out_of_date(languages)
    there = [language for language in languages if language not in missing]
    told = [_("Residents can read it now in %(languages)s.") % {"languages": _names(there)}]
    told += [_("%(language)s is missing.") % {"language": _names([each])} for each in missing]
    told += [_("%(language)s is out of date.") % {"language": _names([each])} for each in old]
    return told
