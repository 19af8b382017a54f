"""The plan's files: the PDF as it was made, and the open data. No language in their addresses."""

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view
from plan.models import Edition
from plan.open_data.actions_csv import actions_as_csv
from plan.open_data.plan_json import plan_as_json
from plan.paper.document import NoPdfHere
from plan.queries.edition import snapshot_of_edition
from plan.queries.editor import files_of
from plan.queries.published import PublishedPlan, published_plan
from plan.views.caching import plan_page, with_etag


def _edition_or_404(published: PublishedPlan) -> Edition:
    """Return the latest edition; before the first there is nothing to give."""
    if published.edition is None:
        raise Http404
    return published.edition


@public_view()
@require_safe
def plan_pdf(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Give the stored PDF in the language asked for, or say plainly why there is none."""
    published = published_plan(project)
    edition = _edition_or_404(published)
    languages = snapshot_of_edition(edition).languages
    wanted = request.GET.get("language") or languages[0]
    if wanted not in languages:
        raise Http404
    file = published.file(wanted)
    if file is None:
        with translation.override(wanted if wanted in dict(settings.LANGUAGES) else None):
            return _no_file(request, edition, wanted)
    known = f'"{file.uuid}"'
    unchanged = with_etag(HttpResponse(), known)
    if (same := get_conditional_response(request, etag=known, response=unchanged)) is not unchanged:
        return same or HttpResponse(status=412)
    content = FileResponse(
        file.file.open("rb"),
        as_attachment="download" in request.GET,
        filename=f"{project.slug}-plan-{edition.number}-{wanted}.pdf",
        content_type="application/pdf",
    )
    return with_etag(content, known)


def _no_file(request: HttpRequest, edition: Edition, language: str) -> HttpResponse:
    """Say whether the file is coming, and when to ask again; or that it could not be made."""
    file = next(one for one in files_of(edition) if one.language == language)
    context = {
        "project": edition.project,
        "file": file,
        # In the words that its job was given up with: this machine may not be the one that tried.
        "is_impossible": not file.is_coming and file.why == str(NoPdfHere.sentence),
    }
    response = render(request, "plan/plan_pdf.html", context, status=503)
    if file.is_coming:
        response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response


@plan_page(lambda request: "" if request.GET else "json")
@require_safe
def plan_json(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Give the whole edition as JSON."""
    edition, mask = _edition_or_404(published), published.mask
    data = plan_as_json(
        edition,
        snapshot_of_edition(edition),
        quotes=mask.quotes,
        corrections=mask.corrections,
    )
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@plan_page(lambda request: "" if request.GET else "csv")
@require_safe
def actions_csv(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Give the agreed actions as a spreadsheet."""
    edition = _edition_or_404(published)
    # The mark at the start tells spreadsheets that this is UTF-8.
    content = "\ufeff" + actions_as_csv(snapshot_of_edition(edition))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{edition.project.slug}-actions.csv"'
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
