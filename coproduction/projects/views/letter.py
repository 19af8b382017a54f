"""The page of letters that did not arrive, or may not have: a person decides about each."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Letter, Project
from coproduction.projects.pages import TeamRequest, apply_or_warn, project_view, redirect_to
from coproduction.projects.queries.letter import letters_to_decide
from coproduction.projects.services.letter import leave_letter, send_letter_again


@project_view(may="project.manage")
def letters(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the letters that somebody has to decide about, newest first."""
    page = Paginator(letters_to_decide(project), 50).get_page(request.GET.get("page"))
    return render(request, "projects/letters.html", {"project": project, "page": page})


@project_view(may="project.manage")
@require_POST
def letter_again(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Send a letter once more."""
    return _decide(request, project, uuid, send_letter_again, _("The letter is being sent again."))


@project_view(may="project.manage")
@require_POST
def letter_leave(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Settle that a letter which did not arrive is not sent again."""
    return _decide(request, project, uuid, leave_letter, _("The letter is left."))


def _decide(
    request: TeamRequest, project: Project, uuid: str, change: Callable[..., None], done: str
) -> HttpResponse:
    """Do with a letter what a button asks for, and show what remains."""
    letter = get_object_or_404(Letter.objects.select_related("project"), project=project, uuid=uuid)
    apply_or_warn(request, lambda: change(letter=letter, by=request.user), done=done)
    return redirect_to(project, "projects:letters")
