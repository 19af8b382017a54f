"""The settings of a project."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from coproduction.projects.forms.project import ProjectForm
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
)
from coproduction.projects.services.project import change_project


@project_view(may="project.manage")
def settings_page(request: TeamRequest, project: Project) -> HttpResponse:
    """Change what the project says of itself."""
    initial = {
        "place": project.place,
        "name": project.name,
        "scope": project.scope,
        "languages": project.languages,
        "contact_email": project.contact_email,
        "safeguarding_lead": project.safeguarding_lead,
        "figures_are_public": project.figures_are_public,
    }
    form = ProjectForm(request.POST or None, languages=project.languages, initial=initial)
    changed = apply_or_report(
        form, lambda: change_project(project=project, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect_to(project, "projects:settings_page")
    return form_page(
        request,
        form,
        title=_("Settings"),
        submit=_("Save"),
        template="projects/settings_page.html",
        project=project,
    )
