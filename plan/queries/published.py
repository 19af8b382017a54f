"""The latest edition as the public reads it now: all that its pages show, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coproduction.projects.models import Project
from plan.models import Edition, Rendering
from plan.queries.changes import changes_since
from plan.queries.masking import Mask, mask_of
from plan.reading import Plan, read_plan
from themes.queries.hearing import with_a_page
from workshops.models import Note


@dataclass(frozen=True)
class Published:
    """A project's latest edition, with everything beside it that pages read live."""

    project: Project
    edition: Edition | None = None
    mask: Mask = field(default_factory=lambda: Mask([], {}, []))
    notes: Sequence[Note] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Rendering] = ()
    # The themes whose "what we heard" is public now.
    heard: frozenset[str] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether whatever was taken out of the edition is on record."""
        return not self.mask.to_correct

    def plan(self) -> Plan | None:
        """Read the edition in the active language; None before the first."""
        if self.edition is None:
            return None
        return plan_of(self.edition, self.mask, self.changes, self.heard)

    def file(self, language: str) -> Rendering | None:
        """Return the file to serve in a language."""
        found = [file for file in self.files if file.language == language and file.ready_at]
        return found[-1] if found else None


def published(project: Project) -> Published:
    """Read the latest edition and what pages show beside it. Seven queries."""
    edition = Edition.objects.latest_of(project)
    if edition is None:
        return Published(project)
    edition.project = project
    files = Rendering.objects.filter(edition=edition, retired_at__isnull=True)
    return Published(
        project=project,
        edition=edition,
        mask=mask_of(edition),
        notes=notes_of(edition),
        changes=changes_since(project, edition),
        files=list(files.order_by("pk")),
        heard=with_a_page(project),
    )


def plan_of(
    edition: Edition,
    mask: Mask,
    changes: Mapping[str, str] | None = None,
    heard: frozenset[str] = frozenset(),
) -> Plan:
    """Read an edition in the active language, with the quotes that may be shown."""
    return read_plan(
        edition.project,
        edition.snapshot,
        edition=edition,
        quotes=mask.shown,
        corrections=mask.corrections,
        changes=changes,
        heard=heard,
    )


def notes_of(edition: Edition) -> list[Note]:
    """Return the workshop notes that the edition's threads lead to, as they were written.

    Those undone since are left out.
    """
    rows = [*edition.snapshot["actions"], *edition.snapshot["not_taken_forward"]]
    cited = {uuid for row in rows for uuid in row["thread"]["notes"]}
    notes = Note.objects.of(edition.project).kept().filter(uuid__in=cited)
    return list(notes.select_related("workshop").order_by("pk"))
