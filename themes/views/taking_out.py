"""The page by which comments are taken out as a file: those that a list showed, and no others."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    url_for,
)
from coproduction.ui.spreadsheets import CSV_TYPE
from coproduction.ui.workbooks import WORKBOOK_TYPE
from engagements.views.breadcrumbs import comment_crumbs
from themes.forms.comment_list import CodedFilterForm
from themes.forms.taking_out import TakeOutForm
from themes.models import Theme
from themes.queries.comment_table import (
    FILES,
    CommentTable,
    comments_to_take_out,
    keys_in_order,
)
from themes.services.taking_out import NothingToTakeOut, note_comments_taken_out
from themes.views.breadcrumbs import theme_crumbs

_TYPES = {"csv": CSV_TYPE, "xlsx": WORKBOOK_TYPE}


@project_view(may="comments.take_out", again=True)
def comments_take_out(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Say which comments go into the file, and give it out: written as it is read, kept nowhere."""
    narrowed = CodedFilterForm(
        request.GET, project=project, may_withhold=may(request, "comments.withhold")
    )
    if not narrowed.is_valid():
        # The list says what it could not understand.
        return redirect(_back_url(request, project, None))
    chosen = narrowed.cleaned_data
    theme = chosen["theme"]
    found = comments_to_take_out(project, narrowed.selection)
    form = TakeOutForm(request.POST if request.method == "POST" else None)

    def take_out() -> CommentTable:
        keys = keys_in_order(found)
        note_comments_taken_out(
            project=project,
            rows=len(keys),
            file=form.cleaned_data["file"],
            chosen=chosen,
            by=request.user,
        )
        return CommentTable(project, keys)

    table = apply_or_report(form, take_out)
    if table is not None:
        return _download(table, form.cleaned_data["file"])
    return form_page(
        request,
        form,
        template="themes/comments_take_out.html",
        title=_("Take comments out"),
        submit=_("Take them out"),
        crumbs=theme_crumbs(project, theme) if theme else comment_crumbs(project),
        cancel_url=_back_url(request, project, theme),
        found=found,
        nothing=NothingToTakeOut.sentence,
        narrowed_by=narrowed.narrowed_by,
    )


def _download(table: CommentTable, kind: str) -> StreamingHttpResponse:
    """Give a table out as a file, as it is read."""
    response = StreamingHttpResponse(FILES[kind](table), content_type=_TYPES[kind])
    name = f"{table.project.slug}-comments-{timezone.localdate():%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _back_url(request: TeamRequest, project: Project, theme: Theme | None) -> str:
    """Return the list that somebody came from, narrowed as it was: a theme's, or of comments."""
    query = {name: request.GET.getlist(name) for name in request.GET}
    if theme is not None and query.keys() <= {"theme", "question"}:
        query.pop("theme", None)
        return url_for(project, "themes:theme", uuid=theme.uuid, query=query)
    return url_for(project, "themes:comment_list", query=query)
