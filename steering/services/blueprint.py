"""Taking over how another project's group decides."""

from coproduction.projects.models import Project, User
from steering.models import Terms
from steering.services.terms import set_terms


def take_terms(*, project: Project, origin: Project, by: User) -> None:
    """Let a new group decide as another does: its quorum and way of deciding, where it set them.

    Who sits in it stays there.
    """
    terms = Terms.objects.filter(project=origin).first()
    if terms is not None:
        set_terms(
            project=project, quorum=terms.quorum, decision_method=terms.decision_method, by=by
        )
