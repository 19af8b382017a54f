"""Pages on which two themes or codes become one, and are taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    number_sent,
    project_view,
    redirect_to,
    status_of,
)
from themes.forms.codebook import ThemeMergeForm
from themes.models import Finding, Theme
from themes.queries.codebook import Codebook, codebook_of
from themes.queries.counts import count_by_theme, count_in_both
from themes.queries.quote import visible_quotes
from themes.services.codebook import AlreadyMerged, merge_themes, undo_merge
from themes.views.breadcrumbs import theme_crumbs


def _consequences(source: Theme, into: Theme, codebook: Codebook) -> dict[str, object]:
    """Return what a merge will do, in numbers, before it is done."""
    counted = count_by_theme(source.project)
    own, others = counted[source.pk].total, counted[into.pk].total
    both = count_in_both(source, into)
    return {
        "into": into,
        "own": own,
        "others": others,
        "both": both,
        "together": own + others - both,
        "codes": codebook.codes_under(source) if source.is_theme else [],
        "quotes": visible_quotes(source, codebook).count(),
        "finding": Finding.objects.filter(theme=source).first(),
    }


@project_view(may="themes.codebook")
def theme_merge(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Choose what to merge into, see what will happen, then do it."""
    codebook = codebook_of(project)
    source = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    if source.merged_into_id:
        messages.error(request, str(AlreadyMerged.sentence))
        return redirect_to(project, "themes:theme", uuid=source.uuid)
    source = codebook.by_id[source.pk]
    others = [each for each in codebook.current if each.kind == source.kind and each != source]
    # The choice is in the address, so that the page that asks can be looked at again.
    chosen = request.POST if request.method == "POST" else (request.GET or None)
    form = ThemeMergeForm(chosen, others=others)
    context = {
        "project": project,
        "theme": source,
        "form": form,
        "crumbs": theme_crumbs(project, source),
    }
    if request.method == "POST":
        merged = apply_or_report(
            form, lambda: merge_themes(source=source, into=form.chosen(), by=request.user)
        )
        if merged is not None:
            messages.success(request, _("They are one now. You can undo this below."))
            return redirect_to(project, "themes:theme", uuid=form.chosen().uuid)
    elif form.is_valid():
        context |= _consequences(source, codebook.by_id[form.chosen().pk], codebook)
    return render(request, "themes/theme_merge.html", context, status=status_of(form))


@project_view(may="themes.codebook")
@require_POST
def theme_unmerge(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Undo a merge: each theme has again what was under it before."""
    source = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: undo_merge(source=source, version=number_sent(request, "version"), by=request.user),
        done=_("The merge is undone. Everything is back where it was."),
    )
    return redirect_to(project, "themes:theme", uuid=source.uuid)
