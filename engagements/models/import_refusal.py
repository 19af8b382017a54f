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
    AGE = "age", _("What it says of the speaker's age is longer than 40 letters. Make it shorter.")
    AREA = (
        "area",
        _("What it says of where the speaker is from is longer than 100 letters. Make it shorter."),
    )
    ID_TOO_LONG = "id_too_long", _("Its ID is longer than 100 letters. Choose another column.")
    ID_TAKEN = (
        "id_taken",
        _(
            "An answer with this ID is here already and says something else. If it is another "
            "answer, give it an ID of its own."
        ),
    )
    NO_ENGAGEMENT = (
        "no_engagement",
        _("It does not say at which engagement it was said. Fill that in."),
    )
    ENGAGEMENT_TOO_LONG = (
        "engagement_too_long",
        _("The name or place of its engagement is longer than 150 letters. Make it shorter."),
    )
    DATE = "date", _("Its date can't be read. Write it like 2023-09-16 or 16 September 2023.")
    SEVERAL_ENGAGEMENTS = (
        "several_engagements",
        _("There are several engagements of that name. Say which by its date."),
    )
    ENGAGEMENT_CANCELLED = (
        "engagement_cancelled",
        _("Its engagement was called off. Put it back in the diary first."),
    )
    TRANSLATION = (
        "translation",
        _(
            "It has several comments, and its translation is not in as many parts. Give each "
            "comment a row of its own."
        ),
    )
    TRANSLATION_LANGUAGE = (
        "translation_language",
        _("The project has no other language for its translation. Add that under Settings first."),
    )
    LABEL = "label", _("Its theme or code is longer than 100 letters. Make it shorter.")
    WEIGHT = (
        "weight",
        _("How many agreed is no number. Write a number such as 5, or leave the cell empty."),
    )
