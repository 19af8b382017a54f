"""The baseline's pages: the least that Django does for the same, behind the same middleware."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from bench.models import BareNote, BarePlan


def nothing(request: HttpRequest) -> HttpResponse:
    """Say who is signed in, and no more: what middleware, session and user take."""
    return HttpResponse(str(request.user.pk or 0), status=200)


def write(request: HttpRequest) -> HttpResponse:
    """Write one row for the person signed in."""
    BareNote.objects.create(
        subject=int(request.POST["subject"]),
        kind=int(request.POST["kind"]),
        by=request.user.pk or 0,
    )
    return HttpResponse(status=204)


def plan(request: HttpRequest) -> HttpResponse:
    """Draw the committed page of a plan from its one row: every word escaped, no rule of ours."""
    return render(request, "bench/plan.html", BarePlan.objects.get(pk=1).words)


def kept(request: HttpRequest, name: str) -> HttpResponse:
    """Give the bytes of a page as they were given once, out of this process's memory."""
    content, headers = _kept(name)
    return HttpResponse(content, headers=headers)


@cache
def _kept(name: str) -> tuple[bytes, dict[str, str]]:
    """Read what ``keep`` put there: a page's bytes and what it said of them."""
    folder = Path(settings.DATA_DIR, "bare")
    # The name is one of ours; no path may be made of it.
    place = folder / Path(name).name
    return place.read_bytes(), json.loads(place.with_suffix(".headers").read_text())


def keep(name: str, content: bytes, headers: dict[str, Any]) -> None:
    """Put a page's bytes where the view above finds them."""
    folder = Path(settings.DATA_DIR, "bare")
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / name).with_suffix(".headers").write_text(json.dumps(headers))


def file(request: HttpRequest) -> FileResponse:
    """Send a stored file whose place is known: no query at all."""
    return FileResponse(Path(os.environ["BARE_FILE"]).open("rb"), content_type="application/pdf")
