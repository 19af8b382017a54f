"""The page of rows that did not come in: put right there and brought in, or left out."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project, User
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
)
from coproduction.projects.refusals import Refusal
from coproduction.ui.numbers import format_number
from engagements.forms.import_mending import RefusedRowsForm, rows_sent, sent_again
from engagements.imports.columns import Columns
from engagements.models import ImportBatch, Question
from engagements.queries.import_file import read_headings
from engagements.services.import_mending import MendedRows, have_rows_back, mend_rows
from engagements.views.breadcrumbs import engagement_crumbs
from engagements.views.import_batch import find_import, redirect_to_import

# So many rows have boxes at once: a browser sends only so many.
ROWS_AT_ONCE = 10


@project_view(may="comments.import")
def import_mend(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Show refused rows with their cells; bring in what is right now, and show the rest again."""
    batch = find_import(project, uuid)
    refused = batch.refused_rows.waiting().exclude(content="").order_by("row")
    if batch.is_undone or not refused.exists():
        if request.method == "POST":
            messages.error(request, _("These rows are not waiting any more. Look below."))
        return redirect_to_import(batch)
    try:
        headings = read_headings(batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to_import(batch)
    page = Paginator(refused, ROWS_AT_ONCE).get_page(request.GET.get("page"))
    columns = Columns.from_json(batch.mapping)
    questions = list(Question.objects.of(project).asked())
    asks = partial(RefusedRowsForm, headings=headings, columns=columns, questions=questions)
    form = asks(rows=list(page))
    if request.method == "POST":
        # Those that were sent: others may stand on this page by now.
        sent = rows_sent(request.POST)
        rows = list(refused.filter(row__in=sent))
        form = asks(request.POST, rows=rows)
        done = apply_or_report(form, partial(_mend, batch=batch, form=form, by=request.user))
        if done is not None:
            _tell(request, replace(done, gone=done.gone + len(sent) - len(rows)))
            if not done.refused and not done.changed:
                return redirect_to_import(
                    batch, "import_mend" if refused.exists() else "import_page"
                )
            rows = list(refused.filter(row__in=sent))
            form = asks(sent_again(request.POST, rows), rows=rows)
            form.say_what_is_wrong(changed=done.changed)
    return form_page(
        request,
        form,
        template="engagements/import_mend.html",
        title=_("Rows that did not come in"),
        eyebrow=batch.file_name,
        submit=_("Bring these rows in"),
        crumbs=engagement_crumbs(project, batch.engagement),
        cancel_url=redirect_to_import(batch)["Location"],
        batch=batch,
        page=page,
    )


@project_view(may="comments.import")
@require_POST
def import_have_back(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Let the rows that stay out wait again."""
    batch = find_import(project, uuid)
    apply_or_warn(
        request,
        lambda: have_rows_back(batch=batch, by=request.user),
        done=_("The rows wait below to be put right."),
    )
    return redirect_to_import(batch)


def _mend(*, batch: ImportBatch, form: RefusedRowsForm, by: User) -> MendedRows:
    """Bring in the rows of a form that can be read."""
    return mend_rows(batch=batch, cells=form.cells, seen=form.seen, leave=form.left, by=by)


def _tell(request: TeamRequest, done: MendedRows) -> None:
    """Say what became of the rows that were sent."""
    if done.imported:
        text = ngettext("%(rows)s row came in.", "%(rows)s rows came in.", done.imported)
        messages.success(request, text % {"rows": format_number(done.imported)})
    if done.skipped:
        text = ngettext(
            "%(rows)s row is here already, or was left out as you said.",
            "%(rows)s rows are here already, or were left out as you said.",
            done.skipped,
        )
        messages.info(request, text % {"rows": format_number(done.skipped)})
    if done.left:
        text = ngettext(
            "%(rows)s row stays out. The page of the import has it.",
            "%(rows)s rows stay out. The page of the import has them.",
            done.left,
        )
        messages.success(request, text % {"rows": format_number(done.left)})
    if done.gone:
        text = ngettext(
            "Somebody else dealt with %(rows)s row a moment ago.",
            "Somebody else dealt with %(rows)s rows a moment ago.",
            done.gone,
        )
        messages.info(request, text % {"rows": format_number(done.gone)})
