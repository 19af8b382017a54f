"""What the steering group keeps: every model, whose it is, why and how long."""

from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, Leaves, Whose

_WHO_DECIDES = _("Who sits in the steering group, for whom, from when until when")
_OPEN_GROUP = _("So that everybody can see who decides.")
_MEETINGS = _("When the group met, who came, and what was written down of it")
_ANSWERS = _("What each member of the group answered, and why")
_DECISIONS = _("What the group was asked, and what it decided")
_HELD_TO_IT = _("So that everybody can see that nothing was promised before it was agreed.")

KEPT: tuple[Kept, ...] = (
    Kept(
        model="steering.Seat",
        what=_WHO_DECIDES,
        whose=Whose.MEMBER,
        why=_OPEN_GROUP,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("name",),
        who=("user",),
        through="project",
    ),
    Kept(
        model="steering.Meeting",
        what=_MEETINGS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("minutes", "sealed_attendance"),
        open=("place", "agenda", "called_off_why"),
        through="project",
    ),
    Kept(
        model="steering.Meeting_attended",
        what=_MEETINGS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("seat",),
        through="meeting__project",
    ),
    Kept(
        model="steering.MinutesCorrection",
        what=_MEETINGS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("text",),
        who=("by",),
        through="meeting__project",
    ),
    Kept(
        model="steering.Terms",
        what=_DECISIONS,
        whose=Whose.PROJECT,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="project",
    ),
    Kept(
        model="steering.Round",
        what=_DECISIONS,
        whose=Whose.PROJECT,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        # Of what it rests on there are kinds, keys and digests.
        open=("evidence", "taken_back_why"),
        through="project",
    ),
    Kept(
        model="steering.Round_electorate",
        what=_DECISIONS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("seat",),
        through="round__project",
    ),
    Kept(
        model="steering.Response",
        what=_ANSWERS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("reason",),
        who=("seat", "recorded_by", "heard_by", "given_pass"),
        through="round__project",
    ),
    Kept(
        model="steering.Confirmation",
        what=_ANSWERS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by", "given_pass"),
        through="response__round__project",
    ),
    Kept(
        model="steering.Decision",
        what=_DECISIONS,
        whose=Whose.MEMBER,
        why=_HELD_TO_IT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        # Who wrote answers down, by the names they had then.
        private=("written_down",),
        who=("by",),
        open=("reason",),
        through="project",
    ),
    Kept(
        model="steering.Commitment",
        what=_("What an organisation said it will do, and whom to ask there"),
        whose=Whose.PARTNER,
        why=_("So that it can be held to its word, and asked again when words change."),
        leaves=Leaves.STRIPPED,
        erasure=Erasure.EMPTIED,
        private=("contact_email",),
        who=("by", "given_pass"),
        open=("text",),
        through="project",
    ),
)
