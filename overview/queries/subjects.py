"""What each entry of the history is about: what to call it, and the page where it is found."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import resolve
from django.utils.translation import gettext as _

from coproduction.projects.access import allowed
from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.pages import url_for
from engagements.models import Comment
from plan.models import Edition
from workshops.models import Wording


@dataclass(frozen=True)
class SubjectOfEntry:
    """One thing that a change was about."""

    label: str
    # Empty where there is no page of it, or where this person may not open it.
    url: str = ""


@dataclass(frozen=True)
class _Kind:
    """How rows of one kind are called, and what the address of their page takes."""

    page: str
    label: Callable[[Any], str] = str
    takes: Callable[[Any], dict[str, Any]] = lambda row: {"uuid": row.uuid}
    # What both need besides the row.
    needs: tuple[str, ...] = ()


def _nothing(_row: Any) -> dict[str, Any]:
    """Return what the address of a list takes."""
    return {}


def _edition(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": edition.number}


def _wording(wording: Wording) -> str:
    return _("Action %(number)s, wording %(wording)s") % {
        "number": wording.action.number,
        "wording": wording.number,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {"uuid": comment.submission.uuid, "position": comment.position}


def _of_engagement(row: Any) -> str:
    return str(row.engagement)


def _of_file(row: Any) -> str:
    # One whose rows name their engagements has none of its own.
    return str(row.engagement or _("Several engagements"))


def _what_goes_on_hold(_row: Any) -> str:
    return _("What goes on hold")


_ACTION_OF_ROUND = ("wording__action",)
# Kinds that are not here have no page: the beginning of their key stands for them.
_KINDS: Mapping[str, _Kind] = {
    "steering.round": _Kind(
        "steering:round", lambda row: _wording(row.wording), needs=_ACTION_OF_ROUND
    ),
    "steering.decision": _Kind(
        "steering:round",
        lambda row: _wording(row.round.wording),
        lambda row: {"uuid": row.round.uuid},
        ("round__wording__action",),
    ),
    "steering.commitment": _Kind(
        "steering:action_status",
        lambda row: _wording(row.wording),
        lambda row: {"uuid": row.wording.action.uuid},
        _ACTION_OF_ROUND,
    ),
    "steering.meeting": _Kind(
        "steering:meeting", lambda row: _("Meeting of %(day)s") % {"day": row}
    ),
    "steering.seat": _Kind("steering:seat_list", takes=_nothing),
    "workshops.action": _Kind("workshops:action"),
    "workshops.wording": _Kind(
        "workshops:action", _wording, lambda row: {"uuid": row.action.uuid}, ("action",)
    ),
    "workshops.workshop": _Kind("workshops:workshop"),
    "workshops.note": _Kind(
        "workshops:workshop",
        lambda row: str(row.workshop),
        lambda row: {"uuid": row.workshop.uuid},
        ("workshop",),
    ),
    "themes.theme": _Kind("themes:theme", lambda row: str(row.name)),
    "themes.finding": _Kind(
        "themes:theme",
        lambda row: str(row.theme.name),
        lambda row: {"uuid": row.theme.uuid},
        ("theme",),
    ),
    "themes.quote": _Kind(
        "themes:comment_quotes",
        lambda row: str(row.comment.engagement),
        lambda row: _comment(row.comment),
        ("comment__submission", "comment__engagement"),
    ),
    "engagements.engagement": _Kind("engagements:engagement"),
    "engagements.survey": _Kind("engagements:survey_change"),
    "engagements.question": _Kind("engagements:questions", takes=_nothing),
    "engagements.importbatch": _Kind("engagements:import_page", _of_file, needs=("engagement",)),
    "engagements.comment": _Kind(
        "engagements:comment", _of_engagement, _comment, ("submission", "engagement")
    ),
    "engagements.submission": _Kind(
        "engagements:engagement",
        _of_engagement,
        lambda row: {"uuid": row.engagement.uuid},
        ("engagement",),
    ),
    "engagements.holddecision": _Kind(
        "engagements:hold_list", lambda _row: _("Answers on hold"), _nothing
    ),
    "engagements.bulkchange": _Kind("engagements:bulk_change", lambda row: row.get_kind_display()),
    "engagements.savedview": _Kind("themes:view_list", takes=_nothing),
    "engagements.holdrules": _Kind("engagements:hold_rules", _what_goes_on_hold, _nothing),
    "engagements.watchednetwork": _Kind("engagements:hold_rules", _what_goes_on_hold, _nothing),
    "plan.edition": _Kind("plan:files", _edition, _nothing),
    "plan.rendering": _Kind(
        "plan:files", lambda row: _edition(row.edition), _nothing, ("edition",)
    ),
    "plan.correction": _Kind(
        "plan:files", lambda row: _edition(row.edition), _nothing, ("edition",)
    ),
    "plan.section": _Kind("plan:editor", lambda row: row.get_kind_display(), _nothing),
    "projects.organisation": _Kind("projects:organisation_change"),
    "projects.membership": _Kind(
        "projects:people", lambda row: row.name_shown, _nothing, ("user",)
    ),
    "projects.pass": _Kind("projects:pass_list", takes=_nothing),
    "projects.datacomplaint": _Kind(
        "projects:complaint_answer", lambda _row: _("A complaint about data")
    ),
    "projects.blueprint": _Kind("overview:begun_from", takes=_nothing),
    "projects.texttemplate": _Kind("overview:begun_from", takes=_nothing),
    "projects.project": _Kind("projects:settings_page", lambda row: row.place, _nothing),
}


def subjects_of(
    entries: Iterable[AuditEntry], project: Project, roles: frozenset[str]
) -> dict[int, SubjectOfEntry]:
    """Return what each entry is about, by its number. One query for each kind of thing."""
    by_kind: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.subject_kind].append(entry)
    found: dict[int, SubjectOfEntry] = {}
    for kind, theirs in by_kind.items():
        rows = _rows_of(kind, {entry.subject_key for entry in theirs if entry.subject_key})
        for entry in theirs:
            row = rows.get(entry.subject_key)
            if row is None:
                found[entry.number] = SubjectOfEntry(entry.subject_id[:8])
            else:
                found[entry.number] = _subject(_KINDS[kind], row, project, roles)
    return found


def _rows_of(kind: str, keys: set[str]) -> dict[str, models.Model]:
    """Return the rows of one kind that are there still, by what entries call them."""
    known = _KINDS.get(kind)
    if known is None:
        return {}
    model = apps.get_model(kind)
    named = "uuid" if any(field.name == "uuid" for field in model._meta.fields) else "pk"
    rows = model._base_manager.filter(**{f"{named}__in": keys})
    if known.needs:
        rows = rows.select_related(*known.needs)
    return {str(getattr(row, named)): row for row in rows}


def _subject(
    kind: _Kind, row: models.Model, project: Project, roles: frozenset[str]
) -> SubjectOfEntry:
    """Name a row, with the address of its page where this person may open it."""
    url = url_for(project, kind.page, **kind.takes(row))
    may = allowed(roles, resolve(url).func.access)  # type: ignore[attr-defined]
    return SubjectOfEntry(kind.label(row), url if may else "")
