"""Which tables go into a project's archive, and which of their columns: one list for both ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.db import models

from coproduction.languages.models import FoldedField

# How a row leads to its project, of each kind that goes along. Those that others point to come
# before them.
_PATHS: Mapping[str, str] = {
    "projects.Project": "pk",
    # Whoever is named by any of the rows, or has a role; asked for apart.
    "projects.User": "",
    "projects.Membership": "project",
    "projects.Retention": "project",
    "projects.TextTemplate": "project",
    "projects.Organisation": "project",
    "projects.Pass": "project",
    "engagements.Engagement": "project",
    "engagements.Question": "project",
    "engagements.Survey": "project",
    "engagements.ImportBatch": "project",
    "engagements.RefusedRow": "batch__project",
    "engagements.Submission": "project",
    "engagements.HoldDecision": "project",
    "engagements.Hold": "project",
    "engagements.HoldRules": "project",
    "engagements.SkippedRow": "batch__project",
    "engagements.Comment": "project",
    "engagements.JoinedRow": "batch__project",
    "engagements.FilledFigures": "batch__project",
    "engagements.Label": "comment__project",
    "engagements.LookRules": "project",
    "engagements.Hint": "comment__project",
    "engagements.Redaction": "comment__project",
    "engagements.Withdrawal": "comment__project",
    "engagements.Concern": "comment__project",
    "engagements.ErasedComment": "project",
    "engagements.PublishedCounts": "project",
    "themes.Theme": "project",
    "themes.Coding": "project",
    "themes.Quote": "project",
    "themes.Finding": "project",
    "workshops.Workshop": "project",
    "workshops.Table": "workshop__project",
    "workshops.Attendee": "workshop__project",
    "workshops.Note": "project",
    "workshops.Action": "project",
    "workshops.Wording": "project",
    "workshops.Wording_supporting": "wording__project",
    "workshops.Retranslation": "wording__project",
    "workshops.Evidence": "action__project",
    "steering.Seat": "project",
    "steering.Meeting": "project",
    "steering.Meeting_attended": "meeting__project",
    "steering.MinutesCorrection": "meeting__project",
    "steering.Terms": "project",
    "steering.Round": "project",
    "steering.Round_electorate": "round__project",
    "steering.Response": "round__project",
    "steering.Confirmation": "response__round__project",
    "steering.Commitment": "project",
    "steering.Decision": "project",
    "projects.AuditEntry": "project",
    "projects.TrailHead": "project",
    "projects.AuditHead": "project",
    "plan.Section": "project",
    "plan.Edition": "project",
    "plan.CitedComment": "edition__project",
    "plan.Rendering": "project",
    "plan.Correction": "project",
}

# What does not leave, and what stands in its place where it comes in.
_STAYS: Mapping[str, Mapping[str, Any]] = {
    "projects.Project": {"safeguarding_lead": ""},
    # An account is closed, or asked for a second step, in one installation.
    "projects.User": {
        **{"password": "!", "last_login": None, "is_sample": False},
        **{"closed_by": None, "second_step_due": None},
    },
    # Letters stay: they have addresses, and the words that went to them.
    "projects.Membership": {"letter": None, "invited_as": ""},
    "engagements.Concern": {"letter": None},
    # A fingerprint of words that are gone, made with a key that stays.
    "engagements.ErasedComment": {"words": ""},
    # Nobody's link or code works in another place.
    "projects.Pass": {"token_digest": "", "code_digest": "", "wrong_codes": 0},
    # By these a network can be told from another for some days, with what stays here.
    "engagements.Hold": {"network": ""},
    # An address that a partner left for the team.
    "steering.Commitment": {"contact_email": ""},
    # Work under way is not taken along: it is asked for again.
    "engagements.ImportBatch": {"job": None},
    "plan.Rendering": {"job": None},
    # The names of states of public pages are an installation's own.
    "projects.AuditHead": dict.fromkeys(
        ("public_state", "counts_state", "counts_before", "counts_at")
    ),
}
# Made of others where the archive comes in: not written, so that nothing can be wrong in them.
_DERIVED = {"projects.User": ("is_active", "came_along", "joined_at")}

# What a row says besides its columns: what the trail calls one that has no uuid; a round's evidence
# in numbers of rows; that there is an address, which stays.
BESIDES: Mapping[str, str] = {
    "steering.Confirmation": "called",
    "steering.MinutesCorrection": "called",
    "steering.Round": "evidence_here",
    "steering.Commitment": "address_stays",
}

# Numbers that point to rows, and are no keys for the database; 0 for none.
_POINTERS = {("themes.Quote", "seen_redaction"): "engagements.Redaction"}


@dataclass(frozen=True)
class Column:
    """One column of a table in the archive."""

    field: Any
    # The table that its numbers point to; empty where it holds no such number.
    points_to: str = ""

    @property
    def name(self) -> str:
        """What it is called in the archive."""
        return str(self.field.name)

    @property
    def attname(self) -> str:
        """What it is called in the database."""
        return str(self.field.attname)


@dataclass(frozen=True)
class ArchivedTable:
    """One kind of row in the archive."""

    label: str
    path: str

    @cached_property
    def model(self) -> type[models.Model]:
        """The model of its rows."""
        return _models()[self.label]

    @property
    def file(self) -> str:
        """Where its rows are in the archive."""
        return f"rows/{self.label}.jsonl"

    @property
    def stays(self) -> Mapping[str, Any]:
        """The columns that do not leave, and what stands in their place."""
        return _STAYS.get(self.label, {})

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that go along."""
        apart = {*self.stays, *_DERIVED.get(self.label, ())}
        return tuple(
            Column(field, self._target(field))
            for field in self.model._meta.concrete_fields
            if not (field.primary_key or field.name in apart or isinstance(field, FoldedField))
            and not _is_the_project(field)
        )

    def _target(self, field: Any) -> str:
        """Return the table that a column points to."""
        if field.remote_field is not None:
            return str(field.remote_field.model._meta.label)
        return _POINTERS.get((self.label, field.name), "")

    @property
    def besides(self) -> str:
        """What a row says besides its columns; empty for most."""
        return BESIDES.get(self.label, "")

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The columns that name a person."""
        return tuple(each.attname for each in self.columns if each.points_to == "projects.User")

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The columns that name a stored file."""
        return tuple(each.name for each in self.columns if isinstance(each.field, models.FileField))


def tables() -> tuple[ArchivedTable, ...]:
    """Return every table of the archive, in the order in which they come in."""
    return _TABLES


def table_of(label: str) -> ArchivedTable:
    """Return one table. Raises KeyError."""
    return _BY_LABEL[label]


def _is_the_project(field: Any) -> bool:
    """Whether a column says which project a row is of: in an archive there is one."""
    return field.remote_field is not None and field.remote_field.model._meta.label == (
        "projects.Project"
    )


@cache
def _models() -> Mapping[str, type[models.Model]]:
    """Return every model there is, by its label."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in found}


_TABLES = tuple(ArchivedTable(label, path) for label, path in _PATHS.items())
_BY_LABEL = {table.label: table for table in _TABLES}
# The tables by what the trail calls their rows, and by what a round calls its evidence.
LABELS: Mapping[str, str] = {label.lower(): label for label in _PATHS}
PIECES: Mapping[str, str] = {
    "comment": "engagements.Comment",
    "note": "workshops.Note",
    "finding": "themes.Finding",
}
