"""Every page that the public or a team member can open, found by the walk of the addresses.

The tests' walk lists the addresses, and their examples say what each takes; so a page that is added
is measured without a word here. Each is opened in the sample's project, on an object of the kind
that the example has; where the project has none, on the example itself.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from bench.measures.people import EXAMPLE, PROJECT, TAKEN, client_for, sample_project
from bench.timing import once
from coproduction.cache import drawn_pages
from coproduction.projects.access import CAPABILITIES
from engagements.models import PublishedCounts
from plan.presentation import text
from tests.architecture.walk import ADDRESSES, Address

# Of each kind of object, so many are tried until a page opens.
_TRIED = 12
# Who opens a page, where several roles may.
_ROLES = ("analyst", "coordinator", "editor", "facilitator", "chair", "member")


def find() -> dict[str, Any]:
    """Return ``{"pages": […], "left_out": {name: why}}``, in the walk's order.

    A page is ``{"name", "url", "role", "is_list"}``; the role is empty for what everybody may open.
    """
    examples = _examples()
    pages, left_out = [], {}
    for address in ADDRESSES:
        if address.access not in {"public", "anyone", "signed-in", *CAPABILITIES}:
            left_out[address.name] = f"for {address.access}"
            continue
        url, why = _first_that_opens(address, examples)
        if url is None:
            left_out[address.name] = why
        else:
            is_list = address.name.endswith("_list")
            page = {"name": address.name, "url": url, "role": _role(address), "is_list": is_list}
            pages.append(page)
    return {"pages": pages, "left_out": left_out, "addresses": len(ADDRESSES)}


def _role(address: Address) -> str:
    """Return who opens it: nobody who is known, where everybody may."""
    if address.access in {"public", "anyone"}:
        return ""
    if address.access == "signed-in":
        return _ROLES[0]
    may = CAPABILITIES[str(address.access)]
    return next(role for role in _ROLES if role in may)


def _examples() -> dict[str, dict[str, Any]]:
    """Read what the tests' examples said that each address takes, when the store was made."""
    taken: dict[str, dict[str, Any]] = json.loads(Path(settings.DATA_DIR, TAKEN).read_text())
    return taken


def _first_that_opens(
    address: Address, examples: dict[str, dict[str, Any]]
) -> tuple[str | None, str]:
    """Return the first address that answers 200, or why none does."""
    why = "the store knows no example of it: make the store anew"
    for kwargs in islice(_candidates(address, examples), _TRIED):
        url = address.url(kwargs)
        response = client_for(url, _role(address)).get(url)
        if response.status_code == 200:
            return url, ""
        why = f"answers {response.status_code}"
        if response.status_code == 405:
            break
    return None, why


def _candidates(address: Address, examples: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what an address may take: in the sample's project, then the example's own."""
    taken = examples.get(address.name, {})
    if address.takes - {"project"} <= taken.keys():
        for found in _likewise({name: taken[name] for name in address.takes - {"project"}}):
            yield {"project": PROJECT, **found}
        if taken:
            yield {"project": EXAMPLE, **taken}


def _likewise(taken: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what names an object of the same kind in the sample's project."""
    if not taken:
        yield {}
    elif "position" in taken:
        yield from (
            {**taken, "uuid": row.submission.uuid, "position": row.position}
            for row in _rows(apps.get_model("engagements.Comment"), {}).select_related("submission")
        )
    elif len(taken) == 1:
        ((name, value),) = taken.items()
        for model, field in _holders(name, value):
            alike = model._default_manager.filter(**{field: value}).values()[0]
            kind = {key: alike[key] for key in ("kind", "status") if key in alike}
            for row in [*_rows(model, kind), *_rows(model, {})]:
                yield {name: getattr(row, field)}


def _holders(name: str, value: Any) -> list[tuple[type[models.Model], str]]:
    """Return the models, with their field, that have a row with this value."""
    fields = {"uuid": ("uuid", "group"), "survey": ("slug",), "number": ("number",)}
    wanted = fields.get(name, (name,))
    found = []
    for model in apps.get_models():
        names = {each.name for each in model._meta.concrete_fields}
        for field in wanted:
            if field not in names or (name == "number" and model.__name__ != "Action"):
                continue
            try:
                is_there = model._default_manager.filter(**{field: value}).exists()
            except (ValueError, ValidationError):  # of another kind than the field's
                continue
            if is_there:
                found.append((model, field))
    return found


def _rows(model: type[models.Model], alike: dict[str, Any]) -> models.QuerySet[Any]:
    """Return some of the sample's rows of a kind, the first made first."""
    rows = model._default_manager.order_by("pk").filter(**alike)
    for path in ("project", "workshop__project", "round__project", "membership__project"):
        try:
            return rows.filter(**{path: sample_project()})[:_TRIED]
        except FieldError:
            continue
    return rows.none()


def forget() -> None:
    """Forget every page that was drawn, in every cache there is, and what this process has."""
    for name in settings.CACHES:
        caches[name].clear()
    drawn_pages.clear()
    text.html_of.cache_clear()


def forget_published_counts() -> None:
    """Take away what was counted for the last edition, as if none had been published yet.

    Once there is an edition the public reads what was counted for it; before, what counts now.
    """
    PublishedCounts.objects.all().delete()


def turn(url: str, role: str, times: int = 1) -> list[float]:
    """Draw a page so often, never from what was kept; milliseconds of each."""
    client, taken = client_for(url, role), []
    for _time in range(times):
        forget()
        taken.append(once(lambda: _get(client, url)))
    return taken


def _get(client: Client, url: str) -> Any:
    """Open a page. Raises RuntimeError for anything but 200."""
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}.")
    return response


def look(url: str, role: str) -> dict[str, int]:
    """Return a page's queries, its bytes as they are sent, and its nodes."""
    client = client_for(url, role)
    _get(client, url)
    forget()
    with CaptureQueriesContext(connection) as asked:
        response = _get(client, url)
    queries = len(asked)  # the next request forgets them
    content = b"".join(response) if response.streaming else response.content
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    plain = client.get(url, headers={"accept-encoding": "identity"})
    nodes = sum(1 for _node in html.fromstring(plain.content).iter()) if is_page else 0
    return {"queries": queries, "bytes": len(content), "nodes": nodes}
