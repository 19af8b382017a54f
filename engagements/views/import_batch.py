"""Pages of bringing a file in: choose it, say what its columns are, watch it, take it back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from coproduction.jobs.models import Job
from coproduction.jobs.services import run_again
from coproduction.projects.models import Project, Retention
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.refusals import Refusal
from coproduction.ui.numbers import format_number
from coproduction.ui.spreadsheets import csv_response
from engagements.forms.import_batch import ColumnsForm, UploadForm
from engagements.forms.import_layout import layout_in_words
from engagements.imports.columns import Columns
from engagements.imports.drafting import Drafter
from engagements.imports.guessing import guess_columns
from engagements.imports.layout import Layout
from engagements.imports.preview import preview_rows
from engagements.imports.refused_rows import OUR_COLUMNS, is_refused_rows_file
from engagements.imports.table import Row
from engagements.models import Engagement, ImportBatch, Question
from engagements.queries.import_engagements import left_by_undone
from engagements.queries.import_file import (
    earlier_mapping,
    read_first_rows,
    read_headings,
    refused_rows_table,
)
from engagements.queries.import_preview import preview_import
from engagements.queries.language_guess import languages_guessed
from engagements.services.import_batch import (
    check_columns,
    check_engagement,
    map_import,
    note_refused_rows_taken_out,
    start_import,
    undo_import,
)
from engagements.services.import_settling import settle_import
from engagements.views.breadcrumbs import engagement_crumbs

PER_PAGE = 50
# Columns are guessed by so many rows; fewer are shown as they would come in.
SHOWN_ROWS, PREVIEWED_ROWS = 10, 5
_LEAD = gettext_lazy(
    "Nothing goes in yet. Next you see how we read it, and say what each column is."
)
_LEAD_OF_MANY = gettext_lazy(
    "One sheet may hold what was said at many engagements, with a column that names them. Those "
    "that are not in the diary yet are made."
)


def find_import(project: Project, uuid: UUID) -> ImportBatch:
    """Find one of this project's imports."""
    batches = ImportBatch.objects.of(project).select_related("engagement", "project", "by")
    found: ImportBatch = get_object_or_404(batches, uuid=uuid)
    return found


def redirect_to_import(batch: ImportBatch, name: str = "import_page") -> HttpResponse:
    """Send the reader to a page of this import."""
    return redirect_to(batch.project, f"engagements:{name}", uuid=batch.uuid)


@project_view(may="comments.import")
def import_start(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Choose a file of comments for an engagement."""
    engagements = Engagement.objects.of(project).select_related("project")
    return _start(request, project, get_object_or_404(engagements, uuid=uuid))


@project_view(may="comments.import")
def import_begin(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Choose a file of comments whose rows say at which engagement they were made."""
    return _start(request, project, None)


def _start(
    request: TeamRequest, project: Project, engagement: Engagement | None
) -> HttpResponseBase:
    """Ask for a file, and go on to its columns."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()

    def start() -> ImportBatch:
        upload = form.cleaned_data["file"]
        return start_import(
            project=project,
            engagement=engagement,
            file=upload.file,
            name=upload.name,
            by=request.user,
            page=sending.page if (sending := form.cleaned_data["sending"]) else None,
            whole=False,
        )

    batch = apply_or_report(form, start, field="file")
    if batch is not None:
        return redirect_to_import(batch, "import_layout")
    imports = ImportBatch.objects.of(project) if engagement is None else engagement.imports.all()
    return form_page(
        request,
        form,
        template="engagements/import_start.html",
        title=_("Bring in a file") if engagement else _("Bring in a spreadsheet"),
        eyebrow=engagement.title if engagement else "",
        lead=_LEAD if engagement else f"{_LEAD_OF_MANY} {_LEAD}",
        submit=_("Read the file"),
        crumbs=engagement_crumbs(project, engagement),
        cancel_url=_back_to(project, engagement),
        imports=imports[:PER_PAGE],
        months=Retention.objects.in_force(project).imports,
    )


def _back_to(project: Project, engagement: Engagement | None) -> str:
    """Return where a file comes from: its engagement, or the list of them."""
    if engagement is None:
        return url_for(project, "engagements:engagement_list")
    return url_for(project, "engagements:engagement", uuid=engagement.uuid)


@project_view(may="comments.import")
def import_map(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Say what each column is and its cells mean, look at what comes of it, then bring it in."""
    batch = find_import(project, uuid)
    if batch.is_mapped or batch.is_undone:
        return said_already(request, batch)
    if not batch.is_looked_through:
        return redirect_to_import(batch)
    try:
        headings, rows = read_headings(batch), read_first_rows(batch, SHOWN_ROWS)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to_import(batch)
    afresh = "afresh" in request.GET and not is_refused_rows_file(headings)
    before = None if afresh else earlier_mapping(batch, headings)
    asks = _columns_form(project, headings, rows, before)
    data: Any = None
    if request.method == "POST":
        data = request.POST.copy()
    elif before:
        # What was said of these columns before is looked at at once.
        data = asks().as_sent(question=before.question, language=before.language)
    form = asks(data)
    preview: dict[str, Any] = {}
    if form.is_valid() and form.was_previewed:
        chosen = {"columns": form.columns, **form.for_the_file}
        mapped = apply_or_report(form, lambda: map_import(batch=batch, by=request.user, **chosen))
        if mapped is not None:
            return redirect_to_import(batch)
    elif form.is_valid() and (shown := apply_or_report(form, lambda: _preview(batch, form, rows))):
        preview = shown
        form.ask_about(preview["looked"])
        # What was just shown may now be brought in; another choice is shown first again.
        data["previewed"] = form.preview_key
    return form_page(
        request,
        form,
        template="engagements/import_map.html",
        title=_("What is in the file"),
        eyebrow=batch.file_name,
        submit=_("Bring the rows in") if preview else _("See how the rows come in"),
        crumbs=engagement_crumbs(project, batch.engagement),
        cancel_url=start_url(batch),
        batch=batch,
        how=layout_in_words(Layout.from_json(batch.layout)),
        before=before,
        is_ours=is_refused_rows_file(headings),
        **preview,
    )


def start_url(batch: ImportBatch) -> str:
    """Return the page on which this file, or another in its place, is chosen."""
    if batch.engagement is None:
        return url_for(batch.project, "engagements:import_begin")
    return url_for(batch.project, "engagements:import_start", uuid=batch.engagement.uuid)


def _comments_url(batch: ImportBatch) -> str:
    """Return where what came in is shown: the list of comments, narrowed to it."""
    return url_for(batch.project, "themes:comment_list", query={"batch": batch.uuid})


def said_already(request: TeamRequest, batch: ImportBatch) -> HttpResponse:
    """Send somebody on who would say what is in a file of which that was said."""
    if request.method == "POST":
        told = _("What is in this file was said already, by you or somebody else. Look below.")
        messages.info(request, told)
    return redirect_to_import(batch)


def _columns_form(
    project: Project, headings: list[str], rows: list[Row], before: ImportBatch | None
) -> "partial[ColumnsForm]":
    """Return the form of a file's columns, which begins with what was said before, or a guess."""
    asked, guess = _guess(project, headings, rows, before)
    return partial(
        ColumnsForm,
        project=project,
        headings=headings,
        rows=rows,
        questions=asked,
        guess=guess,
        hidden=OUR_COLUMNS if is_refused_rows_file(headings) else (),
    )


def _guess(
    project: Project, headings: list[str], rows: list[Row], before: ImportBatch | None
) -> tuple[list[Question], Columns]:
    """Guess what the columns are, and list the questions they may answer.

    What was said of these columns before may name a question that was closed since.
    """
    questions = list(Question.objects.of(project))
    if before is None:
        asked = [each for each in questions if each.is_asked]
        return asked, guess_columns(headings, asked, rows)
    guess = Columns.from_json(before.mapping).once_more
    return [each for each in questions if each.is_asked or each.kind in guess.kinds], guess


def _preview(batch: ImportBatch, form: ColumnsForm, rows: list[Row]) -> dict[str, Any]:
    """Draft the first rows by what was chosen, and count what would become of all.

    Raises FileGone, TooManyEngagements, NoEngagement.
    """
    questions = list(Question.objects.of(batch.project))
    columns = form.columns
    check_columns(columns, form.headings)
    check_engagement(batch, columns)
    drafter = Drafter(
        headings=form.headings,
        columns=columns,
        questions=questions,
        languages=batch.project.languages,
        has_engagement=batch.engagement_id is not None,
        **form.for_the_file,
    )
    names = {each.pk: str(each) for each in questions}
    looked = preview_import(batch, columns, drafter, filters=form.filters)
    return {
        "preview": list(preview_rows(rows[:PREVIEWED_ROWS], drafter, names)),
        "whole": looked.file,
        "looked": looked,
    }


def _state(batch: ImportBatch) -> dict[str, Any]:
    """Say how far an import is."""
    job = Job.objects.filter(uuid=batch.job).first() if batch.job else None
    over = batch.is_finished or batch.is_undone
    return {
        "job": job,
        "looking": not batch.is_looked_through,
        "under_way": not over and job is not None and not job.is_over,
        "failed": not over and job is not None and job.is_failed,
    }


@project_view(may="comments.import")
@require_safe
def import_page(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show how far an import is; afterwards what went in, what did not and why."""
    batch = find_import(project, uuid)
    refused = Paginator(batch.refused_rows.waiting().order_by("row"), PER_PAGE)
    page, columns = refused.get_page(request.GET.get("page")), Columns.from_json(batch.mapping)
    context = {
        "batch": batch,
        **_state(batch),
        "page": page,
        "refused": [
            {"row": each.row, "column": columns.refused_for(each.reason), "why": each.why}
            for each in page.object_list
        ],
        "left_out": batch.refused_rows.left_out().count(),
        "start_url": start_url(batch),
        "comments_url": _comments_url(batch),
        "months": Retention.objects.in_force(project).imports,
        "languages": languages_guessed(batch) if batch.is_finished else [],
        "crumbs": engagement_crumbs(project, batch.engagement),
    }
    # The part that moves is asked for again and again; the rest stays.
    part = _is_poll(request)
    template = "engagements/_import_state.html" if part else "engagements/import_page.html"
    return render(request, template, context)


def _is_poll(request: HttpRequest) -> bool:
    """Whether only the part that moves is asked for."""
    return request.headers.get("HX-Request") == "true"


@project_view(may="comments.import")
@require_safe
def import_refused(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Hand out the rows that did not go in, to be corrected and brought in again."""
    batch = find_import(project, uuid)
    try:
        headings, rows = refused_rows_table(batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to_import(batch)
    note_refused_rows_taken_out(batch=batch, by=request.user)
    return csv_response(f"refused-{batch.uuid}.csv", headings, rows)


@project_view(may="comments.import")
@require_POST
def import_again(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Run a failed import again: it goes on where it stopped."""
    batch = find_import(project, uuid)
    if _state(batch)["failed"]:
        run_again(job=_state(batch)["job"])
        messages.success(request, _("The import is running again."))
    return redirect_to_import(batch)


@project_view(may="comments.import")
def import_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Ask, then take a whole import back."""
    batch = find_import(project, uuid)
    if request.method != "POST":
        if batch.is_undone:
            return redirect_to_import(batch)
        context = {
            "batch": batch,
            "crumbs": engagement_crumbs(project, batch.engagement),
            "left": left_by_undone(batch).count(),
        }
        return render(request, "engagements/import_undo.html", context)
    try:
        rows = undo_import(batch=batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "The import is undone. %(rows)s row is taken back.",
            "The import is undone. %(rows)s rows are taken back.",
            rows,
        )
        messages.success(request, text % {"rows": format_number(rows)})
    return redirect_to_import(batch)


@project_view(may="comments.import")
def import_settle(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Ask, then delete the file of an import that is right."""
    batch = find_import(project, uuid)
    if request.method != "POST":
        if batch.file_removed_at:
            return redirect_to_import(batch)
        context = {
            "batch": batch,
            "crumbs": engagement_crumbs(project, batch.engagement),
            "left": batch.refused_rows.waiting().exclude(content="").count(),
        }
        return render(request, "engagements/import_settle.html", context)
    try:
        settle_import(batch=batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is deleted. What came in stays."))
    return redirect_to_import(batch)
