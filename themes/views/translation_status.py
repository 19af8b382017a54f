"""In which languages residents can read what was written, and in which it is missing or old."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coproduction.languages.codes import translated_name
from coproduction.languages.models import Translated


def languages_to_write(text: Translated, languages: Sequence[str]) -> list[str]:
    """Return those of a project's languages in which a public text is missing or out of date."""
    return [*text.missing(languages), *text.out_of_date(languages)]


def gap_sentences(text: Translated, languages: Sequence[str]) -> list[str]:
    """Say in sentences in which of a project's languages a text is still to be written."""
    missing, old = text.missing(languages), text.out_of_date(languages)
    return [
        *(_("%(language)s is missing.") % {"language": translated_name(code)} for code in missing),
        *(_("%(language)s is out of date.") % {"language": translated_name(code)} for code in old),
    ]


def translation_sentences(text: Translated, languages: Sequence[str]) -> list[str]:
    """Say in sentences where residents can read a text now, and what is still to be written."""
    missing = text.missing(languages)
    written = ", ".join(translated_name(code) for code in languages if code not in missing)
    readable = _("Residents can read it now in %(languages)s.") % {"languages": written}
    return [readable, *gap_sentences(text, languages)]
