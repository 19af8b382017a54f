"""What is taken out of a project as a file stands in its trail."""

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User


def note_export(*, project: Project, by: User) -> None:
    """Note that somebody took the register of the history out, before they get it."""
    with recorded(project=project, by=by) as ledger:
        ledger.record("projects.register_taken_out", subject=project, follow_up=False)
