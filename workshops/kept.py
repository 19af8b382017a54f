"""What workshops keep: every model, whose it is, why and how long."""

from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, Leaves, Whose

_WORKSHOPS = _("Which workshops there were, and where people sat")
_PLANNED = _("So that a workshop can be prepared, and told of afterwards.")
_ACTIONS = _("What the plan promises, in every wording it had")
_SHOW_PROMISES = _("So that everybody can see what was promised, and how it changed.")
_WHY_ACTIONS = _("What each action rests on")
_TRACED = _("So that people can see what came of what they said.")

KEPT: tuple[Kept, ...] = (
    Kept(
        model="workshops.Workshop",
        what=_WORKSHOPS,
        whose=Whose.PROJECT,
        why=_PLANNED,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("title", "place", "purpose", "called_off_why"),
        through="project",
    ),
    Kept(
        model="workshops.Table",
        what=_("The names of people who led a table at a workshop"),
        whose=Whose.MEMBER,
        why=_PLANNED,
        period="attendees",
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("host",),
        through="workshop__project",
    ),
    Kept(
        model="workshops.Attendee",
        what=_("The names of people who came to a workshop, where they gave them"),
        whose=Whose.HEARD,
        why=_PLANNED,
        period="attendees",
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("name",),
        through="workshop__project",
    ),
    Kept(
        model="workshops.Note",
        what=_("What a table at a workshop wrote down"),
        whose=Whose.HEARD,
        why=_TRACED,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("text", "folded"),
        who=("by",),
        open=("language",),
        through="project",
    ),
    Kept(
        model="workshops.Action",
        what=_ACTIONS,
        whose=Whose.PROJECT,
        why=_SHOW_PROMISES,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("withdrawn_why",),
        through="project",
    ),
    Kept(
        model="workshops.Wording",
        what=_ACTIONS,
        whose=Whose.PROJECT,
        why=_SHOW_PROMISES,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        open=("title", "text", "timescale_note", "partner_names"),
        through="project",
    ),
    Kept(
        model="workshops.Wording_supporting",
        what=_ACTIONS,
        whose=Whose.PROJECT,
        why=_SHOW_PROMISES,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="wording__project",
    ),
    Kept(
        model="workshops.Retranslation",
        what=_ACTIONS,
        whose=Whose.PROJECT,
        why=_SHOW_PROMISES,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        open=("language", "was", "now"),
        through="wording__project",
    ),
    Kept(
        model="workshops.Evidence",
        what=_WHY_ACTIONS,
        whose=Whose.PROJECT,
        why=_TRACED,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="action__project",
    ),
)
