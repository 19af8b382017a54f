"""Pages of the list of comments: what was said, narrowed by all that the team knows of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, redirect_to
from coproduction.ui.paging import KeyedPage
from engagements.models import Comment, Submission
from engagements.queries.bulk_change import state_of_list
from engagements.views.breadcrumbs import comment_crumbs
from engagements.views.comment_lookup import (
    address_in_list,
    find_comment,
    readable_comments,
    tick_every_url,
)
from themes.forms.comment_list import CodedFilterForm
from themes.queries.coding import codes_of_comments
from themes.queries.comment_counts import count_choices, count_states

PER_PAGE = 50
_WAYS = ("next", "previous")


@project_view(may="engagements.view")
@require_safe
def comment_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the comments that fit what the address asks for, the newest first or the oldest."""
    form = _form(request)
    # Read before the comments are: what comes meanwhile is newer than it says.
    ticks = {} if form.cleaned_data.get("withheld") else _ticks(request)
    page: KeyedPage[Comment] = KeyedPage(
        form.selection.among(project, readable_comments(request)),
        request.GET.get("page"),
        size=PER_PAGE,
        newest_first=not form.oldest_first,
        together=("question", "engagement", "submission"),
    )
    sitting = _sitting(form)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(request, page),
        "narrowed_by": form.narrowed_by,
        "ticks": ticks | _narrowed_to(form) | _number(page, sitting) if ticks else {},
        "every_ticked": request.GET.get("ticked") == "page",
        "tick_every_url": tick_every_url(request),
        "list_query": _list_query(request),
        "meant": form.cleaned_data.get("engagement") or [],
        "may_resolve": may(request, "concerns.resolve"),
        "may_code": may(request, "themes.code"),
        "only_code": not may(request, "comments.withhold"),
        "may_take_out": may(request, "comments.take_out"),
        "sitting": sitting,
    }
    return render(request, "themes/comment_list.html", context)


@project_view(may="engagements.view")
@require_safe
def comment_filters(request: TeamRequest, project: Project) -> HttpResponse:
    """Show what the list can be narrowed by, with how many comments each choice would leave."""
    form = _form(request)
    comments = readable_comments(request)
    form.look_up()
    form.show_counts(count_choices(project, form.selection, comments))
    if form.may_withhold:
        form.show_counts({"withheld": count_states(project, form.selection, comments)})
    context = {"form": form, "narrowed_by": form.narrowed_by, "crumbs": comment_crumbs(project)}
    return render(request, "themes/comment_filters.html", context)


@project_view(may="engagements.view")
@require_safe
def comment_step(
    request: TeamRequest, project: Project, uuid: UUID, position: int, way: str
) -> HttpResponse:
    """Go to the comment after or before one, in the list that the address says."""
    if way not in _WAYS:
        raise Http404
    comments = readable_comments(request)
    here, form = find_comment(comments, uuid, position), _form(request)
    found = form.selection.among(project, comments)
    newest_first = (way == "next") != form.oldest_first
    query = _list_query(request)
    for key in found.keys(1, newest_first=newest_first, beyond=here.pk):
        beside = comments.select_related("project", "submission").get(pk=key)
        return redirect(address_in_list(beside, query))
    last, first = _("That was the last one of the list."), _("That was the first one of the list.")
    messages.info(request, last if way == "next" else first)
    return redirect_to(project, "themes:comment_list", query=dict(query.lists()))


def _rows(request: TeamRequest, page: KeyedPage[Comment]) -> list[dict[str, Any]]:
    """Return the comments of a page, each with its codes where the reader may see them."""
    codes = codes_of_comments(page) if may(request, "themes.view") else {}
    return [{"comment": each, "codes": codes.get(each.pk, [])} for each in page]


def _form(request: TeamRequest) -> CodedFilterForm:
    """Return the form by which the address narrows the list, looked at."""
    form = CodedFilterForm(
        request.GET, project=request.project, may_withhold=may(request, "comments.withhold")
    )
    form.is_valid()
    return form


def _list_query(request: TeamRequest) -> QueryDict:
    """Return what an address says of a list: by what it is narrowed, and its order."""
    query = request.GET.copy()
    for name, values in list(query.lists()):
        if name not in CodedFilterForm.in_this_order or not any(values):
            del query[name]
    return query


def _sitting(form: CodedFilterForm) -> Submission | None:
    """Return the sitting whose code was searched for, if one was."""
    key = form.selection.submission
    return Submission.objects.get(pk=key) if key is not None else None


def _ticks(request: TeamRequest) -> dict[str, Any]:
    """Return what a list with boxes to tick carries, for who may change or code many at once."""
    may_tick = may(request, "comments.withhold") or may(request, "themes.code")
    return state_of_list(request.project) if may_tick else {}


def _narrowed_to(form: CodedFilterForm) -> dict[str, str]:
    """Return what a list was narrowed to, as its form was filled."""
    return {name: form.data[name] for name in form.fields if form.data.get(name)}


def _number(page: KeyedPage[Comment], sitting: Submission | None) -> dict[str, int]:
    """Return how many comments a list says it has, where it counts just those in use."""
    counts = sitting is None and not page.has_more_than_counted
    return {"number": page.count} if counts else {}
