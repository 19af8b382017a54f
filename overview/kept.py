"""Everything that is kept, in one list: what each app's ``kept.py`` says, and what we build on."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.kept import KEPT as OF_JOBS
from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose
from coproduction.projects.kept import KEPT as OF_PROJECTS
from coproduction.projects.kept import OTHERS
from engagements.kept import KEPT as OF_ENGAGEMENTS
from plan.kept import KEPT as OF_PLAN
from steering.kept import KEPT as OF_STEERING
from themes.kept import KEPT as OF_THEMES
from workshops.kept import KEPT as OF_WORKSHOPS

# How long one that was asked for in the browser waits to be taken.
ARCHIVES_KEPT = timedelta(days=3)
# While it is made, and once it is ready.
_ARCHIVES: tuple[KeptFile, ...] = tuple(
    KeptFile(
        where=where,
        what=_("Files with everything of the project, made to be taken along"),
        whose=Whose.HEARD,
        why=_("So that the project can move to another home."),
        days=ARCHIVES_KEPT.days,
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
    )
    for where in ("DATA_DIR/archive-", "archives/")
)

# In the order of the work; then the people and the machine.
EVERYTHING: tuple[Kept | KeptFile, ...] = (
    *OF_ENGAGEMENTS,
    *OF_THEMES,
    *OF_WORKSHOPS,
    *OF_STEERING,
    *OF_PLAN,
    *_ARCHIVES,
    *OF_PROJECTS,
    *OF_JOBS,
    *OTHERS,
)
