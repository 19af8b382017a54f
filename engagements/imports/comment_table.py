"""The columns of the table of comments that we hand out, and by which it is known again."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Who said it, as an id that tells nothing: what one person said at one sitting has the same. In any
# language it is called so: by this column a file of ours is known again, and its quote marks before
# what looks like a formula come off.
PERSON: Final = "coproduction_person"
# Every column but that one, by what it holds, in order. ``guess_columns`` knows those that an
# import reads, in every language.
HEADINGS: Final[Mapping[str, Promise]] = {
    "engagement": _("Engagement"),
    "date": _("Date"),
    "place": _("Place"),
    "method": _("Method"),
    "area": _("Area of the engagement"),
    "question": _("Question"),
    "text": _("Comment"),
    "translation": _("Translation"),
    "descriptor": _("Who said it"),
    "age": _("Age"),
    "home": _("Where they are from"),
    "consent": _("May be quoted"),
    "weight": _("How many agreed"),
    "language": _("Language"),
    "themes": _("Themes"),
    "codes": _("Codes"),
    "state": _("State"),
    "question_code": _("Question code"),
}


def table_headings() -> list[str]:
    """Return the headings in the language of the page, that of the person last."""
    return [*map(str, HEADINGS.values()), PERSON]
