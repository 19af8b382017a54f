"""The page of the passes that were given, where each can be taken back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Pass, Project
from coproduction.projects.pages import TeamRequest, apply_or_warn, project_view, redirect_to
from coproduction.projects.services.passes import revoke_pass


@project_view(may="passes.manage")
def pass_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show who was given a pass, by whom, for what and until when; the newest first."""
    rows = Pass.objects.of(project).select_related("given_by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    now = timezone.now()
    for each in page:
        each.is_in_force = each.is_in_force_at(now)
    return render(request, "projects/pass_list.html", {"project": project, "page": page})


@project_view(may="passes.manage")
@require_POST
def pass_revoke(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take a pass back: its link and its code open nothing from now on."""
    given = get_object_or_404(Pass.objects.of(project).select_related("project"), uuid=uuid)
    apply_or_warn(
        request,
        lambda: revoke_pass(given=given, by=request.user),
        done=_("Taken back. The link and the code no longer work."),
    )
    return redirect_to(project, "projects:pass_list")
