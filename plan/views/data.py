"""The plan's files: the PDF as it was made, and the open data. No language in their addresses."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from coproduction.projects.kept_pages import StoredFile, kept_page
from coproduction.projects.models import Project
from plan.models import Edition
from plan.open_data.actions_csv import actions_as_csv
from plan.open_data.plan_json import plan_as_json
from plan.paper.document import NoPdfHere
from plan.queries.edition import snapshot_of_edition
from plan.queries.editor import files_of
from plan.queries.published import PublishedPlan, published_plan
from plan.views.caching import plan_page


def _edition_or_404(published: PublishedPlan) -> Edition:
    """Return the latest edition; before the first there is nothing to give."""
    if published.edition is None:
        raise Http404
    return published.edition


def _away(request: HttpRequest, project: Project) -> HttpResponse:
    """Say that the place where files are kept can't be reached, and where the plan can be read."""
    response = render(request, "plan/plan_pdf.html", {"project": project, "is_away": True})
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response


@kept_page(asks={"language": dict(settings.LANGUAGES), "download": ("",)}, away=_away)
def plan_pdf(request: HttpRequest, project: Project) -> HttpResponse:
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
    return StoredFile(
        name=str(file.file.name),
        mark=str(file.uuid),
        content_type="application/pdf",
        called=f"{project.slug}-plan-{edition.number}-{wanted}.pdf",
        is_saved="download" in request.GET,
    )


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


@plan_page()
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


@plan_page()
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
