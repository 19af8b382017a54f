"""Everything that is kept, in one list: what each app's ``kept.py`` says, and what we build on."""

from coproduction.jobs.kept import KEPT as OF_JOBS
from coproduction.kept import Kept, KeptFile
from coproduction.projects.kept import KEPT as OF_PROJECTS
from coproduction.projects.kept import OTHERS
from engagements.kept import KEPT as OF_ENGAGEMENTS
from plan.kept import KEPT as OF_PLAN
from steering.kept import KEPT as OF_STEERING
from themes.kept import KEPT as OF_THEMES
from workshops.kept import KEPT as OF_WORKSHOPS

# In the order of the work; then the people and the machine.
EVERYTHING: tuple[Kept | KeptFile, ...] = (
    *OF_ENGAGEMENTS,
    *OF_THEMES,
    *OF_WORKSHOPS,
    *OF_STEERING,
    *OF_PLAN,
    *OF_PROJECTS,
    *OF_JOBS,
    *OTHERS,
)
