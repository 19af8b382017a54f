"""Pages on which two themes or codes become one, and are taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from themes.forms.codebook import ThemeMergeForm
from themes.models import Finding, Theme
from themes.queries.codebook import Codebook, codebook_of
from themes.queries.coding import comments_of_theme
from themes.queries.counts import count_in_both
from themes.queries.quote import visible_quotes
from themes.services import codebook


def _consequences(source: Theme, into: Theme, whole: Codebook) -> dict[str, object]:
    """Return what a merge will do, in numbers, before it is done."""
    own, others = comments_of_theme(source).count(), comments_of_theme(into).count()
    both = count_in_both(source, into)
    return {
        "into": into,
        "own": own,
        "others": others,
        "both": both,
        "together": own + others - both,
        "codes": whole.codes_under(source) if source.is_theme else [],
        "quotes": visible_quotes(source, whole).count(),
        "finding": Finding.objects.filter(theme=source).first(),
    }


@project_view(may="themes.codebook")
def theme_merge(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Choose what to merge into, see what will happen, then do it."""
    whole, status = codebook_of(project), 200
    source = get_object_or_404(Theme.objects.of(project).current(), uuid=uuid)
    source = whole.by_id[source.pk]
    others = [each for each in whole.current if each.kind == source.kind and each != source]
    # What was chosen stands in the address, so that the confirm page can be looked at again.
    chosen = request.POST if request.method == "POST" else (request.GET or None)
    form = ThemeMergeForm(chosen, others=others)
    consequences: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        into = whole.find(UUID(form.cleaned_data["into"]))
        assert into is not None
        if request.method == "POST":
            try:
                codebook.merge_themes(source=source, into=into, by=request.user)
                messages.success(request, _("They are one now. You can undo this below."))
                return redirect("themes:theme", project=project.slug, uuid=into.uuid)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
        else:
            consequences = _consequences(source, into, whole)
    context = {"project": project, "theme": source, "form": form, **consequences}
    return render(request, "themes/theme_merge.html", context, status=status)


@project_view(may="themes.codebook")
@require_POST
def theme_unmerge(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Undo a merge."""
    source = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    try:
        codebook.undo_merge(source=source, by=request.user)
        messages.success(request, _("The merge is undone. Everything is back where it was."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("themes:theme", project=project.slug, uuid=source.uuid)
