"""Why a row of a file is refused: a key to keep, and a sentence that says what to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusalReason(models.TextChoices):
    """Why a row was refused, and what to do about it."""

    EMPTY = "empty", _("There are no words in it. Fill in the comment, or delete the row.")
    TOO_LONG = (
        "too_long",
        _("The comment is longer than 100,000 letters. Split it over several rows."),
    )
    MORE_CELLS = (
        "more_cells",
        _("It has more cells than there are headings. Put quote marks round words with commas."),
    )
    NUL = "nul", _("It holds an unreadable character (NUL). Type the words again.")
    BAD_CHARACTERS = (
        "bad_characters",
        _("Some of its letters can't be read. Type them again and save as CSV UTF-8."),
    )
    QUOTES = (
        "quotes",
        _('Its quote marks don\'t match up. Close the one that is open, or write "" for one.'),
    )
    QUESTION = (
        "question",
        _(
            "Its question is not one of the project's. Use its short name, as the page of "
            "questions shows it."
        ),
    )
    DESCRIPTOR = (
        "descriptor",
        _("Its description of the speaker is longer than 80 letters. Make it shorter."),
    )
    FORMULA = (
        "formula",
        _(
            "A formula in it went wrong, so a cell shows an error such as #REF!. Type in that cell "
            "what belongs there."
        ),
    )
    LANGUAGE = "language", _("Its language is not known. Use a code such as en or cy.")
