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


def gap_sentences(text: Translated, languages: Sequence[str]) -> list[str]:
    """Say in sentences in which of a project's languages a text is still to be written."""
    return [
        *(
            _("%(language)s is missing.") % {"language": _names([x])}
            for x in text.missing(languages)
        ),
        *(
            _("%(language)s is out of date.") % {"language": _names([x])}
            for x in text.out_of_date(languages)
        ),
    ]


def translation_sentences(text: Translated, languages: Sequence[str]) -> list[str]:
    """Say in sentences where residents can read a text now, and what is still to be written."""
    missing = text.missing(languages)
    written = _names([language for language in languages if language not in missing])
    readable = _("Residents can read it now in %(languages)s.") % {"languages": written}
    return [readable, *gap_sentences(text, languages)]
