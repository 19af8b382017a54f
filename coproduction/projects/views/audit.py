"""The page of every change."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.pages import TeamRequest, project_view


@project_view(may="audit.view")
def audit_trail(request: TeamRequest, project: Project) -> HttpResponse:
    """Show every change, newest first."""
    entries = AuditEntry.objects.filter(project=project).select_related("by", "given_pass")
    page = Paginator(entries.order_by("-number"), 50).get_page(request.GET.get("page"))
    return render(request, "projects/audit_trail.html", {"project": project, "page": page})
