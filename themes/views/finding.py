"""Pages on which a theme's finding is written and taken down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    number_sent,
    project_view,
    redirect_to,
    url_for,
)
from themes.forms.finding import FindingForm
from themes.models import Finding, Quote, Theme
from themes.queries.codebook import theme_after_merges
from themes.services.finding import take_down_finding, write_finding
from themes.views.breadcrumbs import heading_about, theme_crumbs
from themes.views.translation_status import languages_to_write, translation_sentences


def _theme(project: Project, uuid: UUID) -> Theme:
    """Return the theme or code that now stands for this one, or 404."""
    return theme_after_merges(get_object_or_404(Theme.objects.of(project), uuid=uuid))


@project_view(may="findings.write")
def finding_write(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write a theme's finding, in the project's languages side by side."""
    theme = _theme(project, uuid)
    existing = Finding.objects.filter(theme=theme).first()
    form = FindingForm(
        request.POST or None,
        languages=project.languages,
        initial={"text": existing.text if existing else ""},
    )
    written = apply_or_report(
        form,
        lambda: write_finding(theme=theme, by=request.user, **form.cleaned_data),
        field="text",
    )
    if written is not None:
        sentences = [_("Saved."), *translation_sentences(written.text, project.languages)]
        gaps = languages_to_write(written.text, project.languages)
        (messages.warning if gaps else messages.success)(request, " ".join(sentences))
        return redirect_to(project, "themes:theme", uuid=theme.uuid)
    quotes = Quote.objects.publishable().filter(theme=theme).select_related("comment")
    return form_page(
        request,
        form,
        template="themes/finding_write.html",
        title=heading_about(_("What we heard on “%(name)s”"), theme),
        submit=_("Save what we heard"),
        crumbs=theme_crumbs(project, theme),
        cancel_url=url_for(project, "themes:theme", uuid=theme.uuid),
        project=project,
        theme=theme,
        finding=existing,
        quotes=list(quotes[:10]),
    )


@project_view(may="findings.write")
@require_POST
def finding_take_down(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take away what was written of a theme, and its public page with it."""
    theme = _theme(project, uuid)
    found = Finding.objects.filter(theme=theme).select_related("theme", "project").first()
    if found is not None:
        apply_or_warn(
            request,
            lambda: take_down_finding(
                finding=found, version=number_sent(request, "version"), by=request.user
            ),
            done=_("Taken down. Residents no longer see this theme."),
        )
    return redirect_to(project, "themes:theme", uuid=theme.uuid)
