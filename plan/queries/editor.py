"""What an editor sees: every text and how far each language is, an edition and its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coproduction.jobs.models import Job
from coproduction.languages.models import Translated
from plan.models import Edition, Rendering, Section
from plan.queries.basis import Basis
from plan.queries.edition import snapshot_of_edition
from themes.models import Theme


@dataclass(frozen=True)
class SectionStatus:
    """One text of the plan, written or not: its kind, its theme if it has one, and its words."""

    kind: Section.Kind
    theme: Theme | None
    body: Translated
    languages: Sequence[str]

    @property
    def state(self) -> str:
        """How far it is, as one of the palette's statuses."""
        if not self.body:
            return "waiting"
        if self.body.missing(self.languages):
            return "missing"
        return "amber" if self.body.out_of_date(self.languages) else "complete"


@dataclass(frozen=True)
class EditionFile:
    """One file of an edition: its language, and the job that makes it."""

    language: str
    rendering: Rendering | None
    job: Job | None

    @property
    def is_ready(self) -> bool:
        """Whether the file is made and can be downloaded."""
        return self.rendering is not None and self.rendering.ready_at is not None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being made, or waits to be."""
        return not self.is_ready and self.job is not None and not self.job.is_over

    @property
    def is_coming(self) -> bool:
        """Whether there is going to be one: it is being made, or about to be asked for again."""
        return self.rendering is None or self.is_ready or self.is_under_way

    @property
    def why(self) -> str:
        """Why it could not be made."""
        if self.job is not None and self.job.is_failed:
            return self.job.why
        return _("This file was not made.")


def section_statuses(basis: Basis) -> list[SectionStatus]:
    """List the texts in the plan's order, the themes' after the others."""
    written = {(row.kind, row.theme_id): row.body for row in basis.sections}
    plain = [(kind, None) for kind in Section.Kind if kind != Section.Kind.THEME]
    themed = [(Section.Kind.THEME, theme) for theme in basis.codebook.themes]
    return [
        SectionStatus(
            kind,
            theme,
            written.get((kind, theme.pk if theme else None), Translated()),
            basis.project.languages,
        )
        for kind, theme in [*plain, *themed]
    ]


def files_of(edition: Edition) -> list[EditionFile]:
    """List an edition's newest file in each language, with its job where it is not made yet.

    Two queries at most.
    """
    newest: dict[str, Rendering] = {}
    live = Rendering.objects.filter(edition=edition, retired_at__isnull=True)
    for rendering in live.order_by("pk"):
        newest[rendering.language] = rendering
    waiting = [row.job for row in newest.values() if row.job and row.ready_at is None]
    jobs = {job.uuid: job for job in Job.objects.filter(uuid__in=waiting)}
    return [
        EditionFile(
            language,
            newest.get(language),
            jobs.get(newest[language].job) if language in newest else None,  # type: ignore[arg-type]
        )
        for language in snapshot_of_edition(edition).languages
    ]
