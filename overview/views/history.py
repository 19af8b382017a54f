"""The page of every change."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.pages import TeamRequest, project_view
from overview.history import told_of_entry
from overview.queries.subjects import subjects_of


@project_view(may="audit.view")
def audit_trail(request: TeamRequest, project: Project) -> HttpResponse:
    """Show every change, newest first, with what it was about."""
    entries = AuditEntry.objects.filter(project=project).select_related("by", "given_pass")
    page = Paginator(entries.order_by("-number"), 50).get_page(request.GET.get("page"))
    subjects = subjects_of(page, project, request.roles)
    context = {
        "project": project,
        "page": page,
        "changes": [
            (entry, subjects[entry.number], told_of_entry(entry.verb, entry.now)) for entry in page
        ],
    }
    return render(request, "overview/audit_trail.html", context)
