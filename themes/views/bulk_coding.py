"""Pages by which many comments are coded at once: which are meant, what came of it, a way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coproduction.jobs.models import Job
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.ui.numbers import format_number
from engagements.services.bulk_change import MOST_AT_ONCE
from engagements.views.breadcrumbs import comment_crumbs
from themes.forms.bulk_coding import BulkCodingForm
from themes.models import BulkCoding
from themes.queries.bulk_coding import bulk_codings_of, count_codes
from themes.queries.codebook import branches
from themes.services.bulk_coding import code_many, undo_code_many
from themes.views.comments_shown import about_shown, are_few, comments_shown

PER_PAGE = 50


@project_view(may="themes.code")
def comments_code(request: TeamRequest, project: Project) -> HttpResponse:
    """Ask for a code to put on the comments that are meant, or to take off; say how many change."""
    shown = comments_shown(request)
    keys = shown.some(project, MOST_AT_ONCE + 1)
    if not keys:
        messages.error(request, _("Tick the comments that you mean first."))
        return redirect_to(project, "themes:comment_list")
    data: Any = request.POST.copy() if request.method == "POST" else None
    form, preview = BulkCodingForm(data, branches=branches(project)), ""
    if form.is_valid() and form.was_previewed:
        sending = form.cleaned_data["sending"]
        said = {"put": form.put, "taken": form.taken, "by": request.user, "sending": sending}
        bulk = apply_or_report(form, lambda: code_many(project=project, shown=shown, **said))
        if bulk is not None:
            return redirect_to(project, "themes:bulk_coding", uuid=bulk.uuid)
    elif form.is_valid():
        preview = _preview(project, form, keys)
        data["previewed"] = form.preview_key
    return form_page(
        request,
        form,
        template="themes/comments_code.html",
        title=_("Code many comments"),
        submit=_("Do this") if preview else _("See how many change"),
        crumbs=comment_crumbs(project),
        cancel_url=url_for(project, "themes:comment_list"),
        action=request.get_full_path(),
        preview=preview,
        **about_shown(project, shown, keys),
    )


def _preview(project: Project, form: BulkCodingForm, keys: list[int]) -> str:
    """Say how many comments would change; of very many, that they are counted as it goes."""
    if not are_few(keys):
        return _("So many are dealt with in the background, and counted as it goes.")
    number = count_codes(project, form.put, form.taken, keys)
    if not number:
        return _("None of them would change: they are so already.")
    told = ngettext("%(number)s comment will change.", "%(number)s comments will change.", number)
    said = [told % {"number": format_number(number)}]
    if same := len(keys) - number:
        stay = ngettext("%(number)s stays as it is.", "%(number)s stay as they are.", same)
        said.append(stay % {"number": format_number(same)})
    return " ".join(said)


@project_view(may="themes.code")
@require_safe
def bulk_coding(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what became of comments that were coded together, and the way back."""
    bulk = _bulk(project, uuid)
    context = {
        "bulk": bulk,
        "job": Job.objects.filter(uuid=bulk.job).first() if bulk.job else None,
        "crumbs": [
            *comment_crumbs(project),
            {
                "label": _("Comments coded together"),
                "url": url_for(project, "themes:bulk_coding_list"),
            },
        ],
    }
    # The part that moves is asked for again and again; the rest stays.
    is_poll = request.headers.get("HX-Request") == "true"
    template = "_bulk_coding_state.html" if is_poll else "bulk_coding.html"
    return render(request, f"themes/{template}", context)


@project_view(may="themes.code")
@require_safe
def bulk_coding_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List what was coded together, the newest first: who, when, how many."""
    page = Paginator(bulk_codings_of(project), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "crumbs": comment_crumbs(project)}
    return render(request, "themes/bulk_coding_list.html", context)


@project_view(may="themes.code")
@require_POST
def bulk_coding_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take back what was coded together, however long ago it was."""
    bulk = _bulk(project, uuid)
    apply_or_warn(request, lambda: undo_code_many(bulk=bulk, by=request.user))
    return redirect_to(project, "themes:bulk_coding", uuid=uuid)


def _bulk(project: Project, uuid: UUID) -> BulkCoding:
    """Find one of this project's."""
    found: BulkCoding = get_object_or_404(bulk_codings_of(project), uuid=uuid)
    return found
