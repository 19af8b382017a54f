"""The editor's pages: the texts, the preview and the files. Publishing has a module of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.answers import holds_no_secret
from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from plan.forms import SectionForm
from plan.models import Edition, Section
from plan.presentation.plan import present_plan
from plan.queries.basis import Basis
from plan.queries.edition import snapshot_of_edition
from plan.queries.editor import files_of, section_statuses
from plan.queries.freezing import snapshot_of
from plan.queries.gate import gate_of
from plan.services.rendering import render_again
from plan.services.section import write_section
from plan.views.breadcrumbs import editor_crumbs
from plan.views.obstacles import obstacles_in
from plan.views.public import plan_page_context
from themes.models import Theme


@project_view(may="plan.view")
def editor(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the plan being written: its texts, what stands in the way, and the last edition."""
    edition = Edition.objects.latest_of(project)
    gate = gate_of(project)
    context = {
        "project": project,
        "texts": section_statuses(gate.basis),
        "gate": gate,
        "obstacles": obstacles_in(gate),
        "nothing_new": gate.brings_nothing_new(edition),
        "may_edit": may(request, "plan.edit"),
        **(_files(request, project, edition) if edition else {}),
    }
    return render(request, "plan/editor.html", context)


def _files(request: HttpRequest, project: Project, edition: Edition) -> dict[str, object]:
    """Give the list of an edition's files what it draws."""
    files = files_of(edition)
    return {
        "project": project,
        "edition": edition,
        "files": files,
        "under_way": any(file.is_under_way for file in files),
        "may_publish": may(request, "plan.publish"),
    }


@project_view(may="plan.edit")
def section_edit(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Write one text: ``?kind=`` names one of the plan's own, ``?theme=`` why a theme matters."""
    kind, theme = request.GET.get("kind", ""), None
    if "theme" in request.GET:
        kind, theme = Section.Kind.THEME, _theme_or_404(project, request.GET["theme"])
    elif kind not in Section.Kind.values or kind == Section.Kind.THEME:
        return redirect_to(project, "plan:editor")
    section = Section.objects.of(project).filter(kind=kind, theme=theme).first()
    section = section or Section(project=project, kind=kind, theme=theme)
    sent = request.POST if request.method == "POST" else None
    form = SectionForm(sent, languages=project.languages, initial={"body": section.body})
    back = _came_from(request, project)
    context = {
        "project": project,
        "crumbs": editor_crumbs(project),
        "name": _("Why “%(theme)s” matters") % {"theme": theme}
        if theme
        else section.get_kind_display(),
        "theme": theme,
        "form": form,
        "back_url": back,
        "out_of_date": section.body.out_of_date(project.languages),
    }
    written = apply_or_report(
        form,
        lambda: write_section(
            project=project, kind=kind, theme=theme, by=request.user, **form.cleaned_data
        ),
    )
    if written is not None:
        messages.success(request, _("The text is saved."))
        return HttpResponseRedirect(back)
    return render(request, "plan/section_edit.html", context, status=status_of(form))


def _came_from(request: HttpRequest, project: Project) -> str:
    """Return the page to go back to: the gate for whoever came from it, else the editor's."""
    return url_for(project, "plan:gate" if request.GET.get("back") == "gate" else "plan:editor")


def _theme_or_404(project: Project, typed: str) -> Theme:
    """Find a theme of this project by the uuid in an address."""
    try:
        uuid = UUID(typed)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Theme.objects.of(project).themes(), uuid=uuid)


@project_view(may="plan.view")
def preview(request: TeamRequest, project: Project) -> HttpResponse:
    """Draw the public page from the draft, stamped, with what the group has not agreed marked.

    As that page, it is compressed: so nothing that an address says is on it.
    """
    if request.GET:
        return redirect_to(project, "plan:preview")
    basis = Basis(project)
    snapshot = snapshot_of(project, draft=True, basis=basis)
    named = set(snapshot.quotes_named)
    quotes = [quote for quote in basis.shown_quotes if str(quote.uuid) in named]
    plan = present_plan(project, snapshot, quotes=quotes)
    return holds_no_secret(render(request, "plan/preview.html", plan_page_context(plan)))


@project_view(may="plan.view")
def files(request: TeamRequest, project: Project) -> HttpResponse:
    """Show how far the files of the last edition are: the part of the page that moves."""
    edition = get_object_or_404(Edition.objects.of(project)[:1])
    return render(request, "plan/files.html", _files(request, project, edition))


@project_view(may="plan.publish")
@require_POST
def file_again(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Make the last edition's file in one language again."""
    edition = Edition.objects.latest_of(project)
    language = request.POST.get("language", "")
    if edition is None or language not in snapshot_of_edition(edition).languages:
        messages.error(request, _("Choose one of the files of the last edition."))
        return redirect_to(project, "plan:editor")
    apply_or_warn(
        request,
        lambda: render_again(edition=edition, language=language, by=request.user),
        done=_("The file is being made."),
    )
    return redirect_to(project, "plan:editor")
