"""What the plan keeps: every model and every kind of file, whose it is, why and how long."""

from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose

_PLAN = _("The plan as it was published, with the words it quotes")
_PROMISE = _("So that everybody can hold us to what was published.")

KEPT: tuple[Kept | KeptFile, ...] = (
    Kept(
        model="plan.Section",
        what=_("The texts of the plan while they are written"),
        whose=Whose.PROJECT,
        why=_("So that the team can write the plan together."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        open=("body",),
        through="project",
    ),
    Kept(
        model="plan.Edition",
        what=_PLAN,
        # Most of it is the project's; the quotes in it are people's.
        whose=Whose.HEARD,
        why=_PROMISE,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("snapshot",),
        who=("by",),
        open=("title",),
        through="project",
    ),
    Kept(
        model="plan.CitedComment",
        what=_("Which comment an action rested on when it was published"),
        whose=Whose.PROJECT,
        why=_("So that whoever has the receipt can see what came of a comment."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="edition__project",
    ),
    Kept(
        model="plan.Rendering",
        what=_PLAN,
        whose=Whose.PROJECT,
        why=_PROMISE,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("language", "file", "file_hash", "key"),
        through="project",
    ),
    KeptFile(
        where="plans/",
        field="plan.Rendering.file",
        what=_PLAN,
        whose=Whose.HEARD,
        why=_PROMISE,
        leaves=Leaves.WHOLE,
        # One with words that may not be shown any more is deleted, and made again without them.
        erasure=Erasure.DELETED,
    ),
    Kept(
        model="plan.Correction",
        what=_("What was put right in a published plan, and when"),
        whose=Whose.PROJECT,
        why=_PROMISE,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        open=("text",),
        through="project",
    ),
)
