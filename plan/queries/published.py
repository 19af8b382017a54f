"""The latest edition as the public reads it now: all that its pages show, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coproduction.projects.models import Project
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
        return present_edition(self.edition, self.mask, self.changes)

    def file(self, language: str) -> Rendering | None:
        """Return the file to serve in a language."""
        found = [file for file in self.current_files if file.language == language]
        return found[-1] if found else None


def published_plan(project: Project) -> PublishedPlan:
    """Read the latest edition and what pages show beside it. Six queries."""
    edition = Edition.objects.latest_of(project)
    if edition is None:
        return PublishedPlan(project)
    edition.project = project
    files = Rendering.objects.filter(edition=edition, retired_at__isnull=True)
    return PublishedPlan(
        project=project,
        edition=edition,
        mask=mask_of(edition),
        changes=changes_since(project, snapshot_of_edition(edition)),
        files=list(files.order_by("pk")),
    )


def present_edition(edition: Edition, mask: Mask, changes: Mapping[str, str] | None = None) -> Plan:
    """Read an edition in the active language, with the quotes that may be shown."""
    return present_plan(
        edition.project,
        snapshot_of_edition(edition),
        edition=edition,
        quotes=mask.quotes,
        corrections=mask.corrections,
        changes=changes,
    )
