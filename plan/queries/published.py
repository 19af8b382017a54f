"""The latest edition as the public reads it now: all that its pages show, read once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from coproduction.languages.models import Translated
from coproduction.projects.models import Organisation, Project
from plan.edition.snapshot import Snapshot
from plan.models import Edition, Rendering
from plan.presentation.plan import Plan, present_plan
from plan.queries.changes import changes_since
from plan.queries.edition import snapshot_of_edition
from plan.queries.masking import Mask, mask_of
from plan.queries.renderings import rendering_key


@dataclass(frozen=True)
class PublishedPlan:
    """A project's latest edition, with everything beside it that pages read live."""

    project: Project
    edition: Edition | None = None
    mask: Mask = field(default_factory=Mask)
    changes: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Rendering] = ()
    # What partners are called now, by uuid, where that is not as it was frozen.
    names: Mapping[str, Translated] = field(default_factory=dict)

    @property
    def current_files(self) -> list[Rendering]:
        """The finished files that say what a new one would: no other is ever given out."""
        if self.edition is None:
            return []
        key = rendering_key(self.edition, self.mask)
        return [file for file in self.files if file.ready_at and file.key == key]

    def plan(self) -> Plan | None:
        """Read the edition in the active language; None before the first."""
        if self.edition is None:
            return None
        return present_edition(self.edition, self.mask, self.changes, self.names)

    def file(self, language: str) -> Rendering | None:
        """Return the file to serve in a language."""
        found = [file for file in self.current_files if file.language == language]
        return found[-1] if found else None


def published_plan(project: Project) -> PublishedPlan:
    """Read the latest edition and what pages show beside it. Six queries."""
    editions = Edition.objects.annotate(names_now=Subquery(_names_now()))
    edition = editions.latest_of(project)
    if edition is None:
        return PublishedPlan(project)
    edition.project = project
    files = Rendering.objects.filter(edition=edition, retired_at__isnull=True)
    snapshot = snapshot_of_edition(edition)
    return PublishedPlan(
        project=project,
        edition=edition,
        mask=mask_of(edition),
        changes=changes_since(project, snapshot),
        files=list(files.order_by("pk")),
        names=_new_names(snapshot, edition.names_now or []),  # type: ignore[attr-defined]
    )


class _InOneList(Aggregate):
    """Values of many rows as one list: what an edition's page needs beside it costs no query."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Call it as SQLite does."""
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)


def _names_now() -> QuerySet[Organisation]:
    """Ask for the names of all organisations of an edition's project, in one value."""
    bodies = Organisation.objects.filter(project=OuterRef("project")).order_by()
    pair = JSONObject(uuid="uuid", name="name")
    return bodies.values("project").annotate(all=_InOneList(pair)).values("all")


def _new_names(snapshot: Snapshot, rows: list[dict[str, Any]]) -> dict[str, Translated]:
    """Keep, by uuid, the names that partners of an edition have now and had not then."""
    actions = [*snapshot.actions, *snapshot.not_taken_forward]
    then = {
        body.uuid: body.name
        for action in actions
        for body in (*action.supporting, *([action.lead] if action.lead else []))
    }
    now = {str(UUID(row["uuid"])): _read_name(row["name"]) for row in rows}
    return {uuid: now[uuid] for uuid, name in then.items() if uuid in now and now[uuid] != name}


def _read_name(kept: Any) -> Translated:
    """Read a name in all its languages: SQLite gives a text where PostgreSQL gives a value."""
    return Translated(json.loads(kept) if isinstance(kept, str) else kept)


def present_edition(
    edition: Edition,
    mask: Mask,
    changes: Mapping[str, str] | None = None,
    names: Mapping[str, Translated] | None = None,
) -> Plan:
    """Read an edition in the active language, with the quotes that may be shown."""
    return present_plan(
        edition.project,
        snapshot_of_edition(edition),
        edition=edition,
        quotes=mask.quotes,
        corrections=mask.corrections,
        changes=changes,
        names=names,
    )
