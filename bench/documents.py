"""The measures of the published plan: its page, kept and not kept, and its PDF."""

import html
import re
from collections.abc import Iterator
from statistics import median

import weasyprint
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.models import BarePart
from bench.timing import Figure, paired
from coproduction.projects.models import Project
from plan.models import Edition
from plan.paper.pdf import GROUND, write_pdf
from plan.presentation import text
from plan.services.rendering import html_of_edition

_TEXT = re.compile(r">([^<]+)<")


def _pieces(page: str) -> list[tuple[str, str]]:
    """Cut a page into (markup, text) pairs, so that a bare template can put it together again."""
    pieces, at = [], 0
    for found in _TEXT.finditer(page):
        pieces.append((page[at : found.start(1)], html.unescape(found[1])))
        at = found.end(1)
    return [*pieces, (page[at:], "")]


def _get(client: Client, url: str) -> bytes:
    """Return a page's bytes. Raises RuntimeError for anything but 200."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")
    return answer.content


def page(project: Project) -> Iterator[Figure]:
    """Draw the plan's page, against a bare view of the same HTML; then both from the cache."""
    client, url = Client(), f"/{project.slug}/plan/"
    drawn = _get(client, url)
    pieces = _pieces(drawn.decode())
    third = len(pieces) // 3 + 1
    BarePart.objects.bulk_create(
        BarePart(pk=part + 1, pieces=pieces[part * third : (part + 1) * third]) for part in range(3)
    )
    if abs(len(_get(client, "/bare/page")) - len(drawn)) > len(drawn) // 50:
        raise RuntimeError("The baseline does not draw the same page.")

    def uncached() -> None:
        cache.clear()
        text.html_of.cache_clear()
        _get(client, url)

    mine, theirs = paired(uncached, lambda: _get(client, "/bare/page"), times=60)
    ours, bare = median(mine), median(theirs)
    yield Figure("the plan's page, not kept (rate)", ours, bare, bare / ours, 0.6, at_least=True)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _get(client, url)
    yield Figure("its queries", len(asked), 8, len(asked) / 8, 1, unit="  ")
    cache.set("bare", drawn)
    mine, theirs = paired(
        lambda: _get(client, url), lambda: _get(client, "/bare/cached"), times=300
    )
    ours, bare = median(mine), median(theirs)
    yield Figure("the plan's page, kept (rate)", ours, bare, bare / ours, 0.7, at_least=True)
    etag = client.get(url)["ETag"]
    if client.get(url, headers={"If-None-Match": etag}).status_code != 304:
        raise RuntimeError("An unchanged page was sent again.")


def pdf(project: Project) -> Iterator[Figure]:
    """Make the 40-action PDF from the database, against WeasyPrint alone on the same HTML."""
    edition = Edition.objects.latest_of(project)
    if edition is None:
        raise RuntimeError("There is no edition.")
    ready = html_of_edition(edition, "en")

    def ours() -> None:
        write_pdf(html_of_edition(Edition.objects.get(pk=edition.pk), "en"))

    def bare() -> None:
        weasyprint.HTML(string=ready, base_url=f"{GROUND.as_uri()}/").write_pdf(
            pdf_variant="pdf/ua-1"
        )

    mine, theirs = paired(ours, bare, times=5, warm=1)
    took, floor = median(mine) / 1000, median(theirs) / 1000
    yield Figure("the 40-action PDF", took, floor, took / floor, 1.25, unit="s")
