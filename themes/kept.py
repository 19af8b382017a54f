"""What theming keeps: every model, whose it is, why and how long."""

from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, Leaves, Whose

_THEMES = _("Which themes there are, and which comment is about which")
_SHOW_HEARD = _("So that everybody can see what many people said.")
_SUMS = _("How many there are of each")
_QUICK = _("So that pages open quickly.")


def _count(model: str, through: str) -> Kept:
    """Return the entry of rows that the database counts by itself, anew wherever they come."""
    return Kept(
        model=model,
        what=_SUMS,
        whose=Whose.PROJECT,
        why=_QUICK,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        through=through,
    )


KEPT: tuple[Kept, ...] = (
    Kept(
        model="themes.Theme",
        what=_THEMES,
        whose=Whose.PROJECT,
        why=_SHOW_HEARD,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("name", "definition", "key"),
        through="project",
    ),
    Kept(
        model="themes.Coding",
        what=_THEMES,
        whose=Whose.MEMBER,
        why=_SHOW_HEARD,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        through="project",
    ),
    Kept(
        model="themes.BulkCoding",
        what=_("Which codes were put on many comments at once, or taken off, by whom"),
        whose=Whose.MEMBER,
        why=_("So that coding many comments can be undone."),
        # A way back is one where it was made: what it points to has other numbers elsewhere.
        leaves=Leaves.STAYS,
        erasure=Erasure.EMPTIED,
        # Emptied once it is over, whoever asks.
        private=("selection",),
        who=("by", "undone_by"),
        through="project",
    ),
    Kept(
        model="themes.BulkCodedComment",
        what=_("Which codes comments carried before many were coded at once"),
        whose=Whose.MEMBER,
        why=_("So that coding many comments can be undone."),
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        who=("by",),
        through="bulk__project",
    ),
    Kept(
        model="themes.Quote",
        what=_("Words of people that we quote, where they said that we may"),
        whose=Whose.HEARD,
        why=_SHOW_HEARD,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("extract", "translation", "descriptor"),
        who=("cleared_by",),
        through="project",
    ),
    Kept(
        model="themes.Finding",
        what=_("What we heard on each theme, in a sentence of ours"),
        whose=Whose.PROJECT,
        why=_SHOW_HEARD,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        open=("text",),
        through="project",
    ),
    _count("themes.ThemedComment", "theme__project"),
    _count("themes.ThemeCount", "project"),
    _count("themes.ThemeTotal", "project"),
    _count("themes.WaitingComment", "project"),
    _count("themes.WaitingTotal", "project"),
    Kept(
        model="themes.CodingClaim",
        what=_("Which comments somebody who codes had before them last"),
        whose=Whose.MEMBER,
        why=_("So that two people do not code the same comment unawares."),
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        who=("by",),
        through="project",
    ),
)
