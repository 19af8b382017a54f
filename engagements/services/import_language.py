"""The language of the rows of a file that say none: named, or left to be guessed."""

from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import UNKNOWN_LANGUAGE, code_of_language
from coproduction.projects.refusals import Refusal


class UnknownLanguage(Refusal):
    """The language of a file is one that is known."""

    sentence = _("That language is not known. Use a code such as en or cy.")


def check_language(typed: str) -> str:
    """Return the code of a language given as code or name, or that it is to be guessed.

    Raises UnknownLanguage.
    """
    code = UNKNOWN_LANGUAGE if typed == UNKNOWN_LANGUAGE else code_of_language(typed)
    if not code:
        raise UnknownLanguage
    return code
