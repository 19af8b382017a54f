"""What a team page answers about something that was removed while somebody had it open."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.seen import Removed
from coproduction.projects.unsent import words_sent

# Whatever takes a row away for good records it about that row, with a verb that ends so.
_REMOVED = "_removed"


def answer_removed(
    request: HttpRequest, project: Project, roles: frozenset[str], kwargs: Mapping[str, Any]
) -> HttpResponse | None:
    """Answer about what the address names, where it is gone; None where it never was the project's.

    The trail tells one from the other, so that nobody learns what another project has. A button
    leads to the list where it stood, which says so; what was typed is on a page to be copied.
    """
    named = [value for value in kwargs.values() if isinstance(value, UUID)]
    gone = AuditEntry.objects.filter(
        project=project, subject_key__in=[str(each) for each in named], verb__endswith=_REMOVED
    )
    entry = gone.order_by("-number").first()
    if entry is None:
        return None
    own = entry.by_id is not None and entry.by_id == request.user.pk
    sentence = _("You have removed this already.") if own else str(Removed.sentence)
    path = _list_above(request.path, entry.subject_id, roles) or reverse(
        "overview:team", kwargs={"project": project.slug}
    )
    words = words_sent(request)
    if request.headers.get("HX-Request"):
        # A part of a page can't say it of the whole.
        messages.info(request, sentence)
        return HttpResponse(headers={"HX-Redirect": path})
    if request.method == "POST" and not words:
        messages.info(request, sentence)
        return HttpResponseRedirect(path)
    context = {"project": project, "sentence": sentence, "path": path, "words": words}
    return render(request, "projects/removed.html", context, status=410)


def _list_above(path: str, key: str, roles: frozenset[str]) -> str:
    """Return the nearest team page above what is gone that a person may open; empty for none."""
    above = urlsplit(path).path.partition(key)[0]
    while above.strip("/"):
        try:
            found = resolve(above)
        except Resolver404:
            found = None
        access = getattr(found.func, "access", "") if found is not None else ""
        if roles & CAPABILITIES.get(access, frozenset()):
            return above
        above = above.rstrip("/").rpartition("/")[0] + "/"
    return ""
