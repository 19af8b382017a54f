"""What a plan is made from: all that freezing, the gate and the editor ask, each asked once."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef

from coproduction.projects.models import Project
from engagements.models import Question
from engagements.queries.counts import engagements_held, said_by_question
from plan.models import Section
from steering.queries.agreement import ActionStatus, DecidedRound, statuses_and_rounds
from steering.queries.evidence import Piece, cited_now
from steering.queries.round_evidence import digests_of_evidence
from themes.models import Finding, Quote
from themes.queries.codebook import Codebook, codebook_of
from workshops.models import Workshop
from workshops.queries.counts import workshops_with_counts


class Basis:
    """A project as it stands at one moment; read it, make of it what you need, and let it go.

    ``reads_evidence`` says that the words of what actions rest on will be compared too.
    """

    def __init__(self, project: Project, *, reads_evidence: bool = False) -> None:
        """Ask for nothing yet."""
        self.project, self._reads_evidence = project, reads_evidence

    @cached_property
    def _known(self) -> tuple[dict[int, ActionStatus], dict[int, list[DecidedRound]]]:
        """Where each action stands, and what was decided of it. Six queries."""
        return statuses_and_rounds(self.project)

    @property
    def statuses(self) -> list[ActionStatus]:
        """Where every action stands, in number order."""
        return sorted(self._known[0].values(), key=lambda one: one.action.number)

    @property
    def rounds(self) -> dict[int, list[DecidedRound]]:
        """The decided rounds of each action, by its key, the oldest first."""
        return self._known[1]

    @cached_property
    def codebook(self) -> Codebook:
        """The tree of themes and codes, with what was merged into what."""
        return codebook_of(self.project)

    @cached_property
    def engagements(self) -> list[Any]:
        """Where people were heard, the oldest first, with how many comments each has."""
        return engagements_held(self.project)

    @cached_property
    def said(self) -> list[tuple[Question, int]]:
        """Every question, with how many answers the public's counts go by. Two queries."""
        return said_by_question(self.project)

    @cached_property
    def sections(self) -> list[Section]:
        """The texts that were written, in the order they were begun."""
        return list(Section.objects.of(self.project).order_by("pk"))

    @cached_property
    def findings(self) -> list[Finding]:
        """What was heard, in the order of the themes."""
        return list(Finding.objects.of(self.project).order_by("theme__position", "pk"))

    @cached_property
    def workshops(self) -> list[Any]:
        """The workshops, the oldest first, those called off or to come among them."""
        return list(workshops_with_counts(self.project).order_by("date", "pk"))

    def workshop_of(self, one: ActionStatus) -> Workshop | None:
        """Return the workshop that designed an action."""
        return next((each for each in self.workshops if each.pk == one.action.workshop_id), None)

    @cached_property
    def quotes(self) -> Sequence[Any]:
        """The cleared quotes in their order, each with whether it ``is_shown``.

        And with all that is shown of it and what was done to it.
        """
        shown = Quote.objects.publishable().filter(pk=OuterRef("pk"))
        return list(
            Quote.objects.of(self.project)
            .filter(cleared_at__isnull=False)
            .select_related("comment__submission", "comment__question", "theme")
            .annotate(
                times_withdrawn=Count("comment__withdrawals", distinct=True),
                times_worried_about=Count("comment__concerns", distinct=True),
            )
            .annotate(is_shown=Exists(shown))
            .order_by("position", "pk")
        )

    @property
    def shown_quotes(self) -> list[Quote]:
        """Those that anyone may read."""
        return [quote for quote in self.quotes if quote.is_shown]

    @property
    def quotes_left_out(self) -> list[Quote]:
        """Those that were chosen and may not be shown."""
        return [quote for quote in self.quotes if not quote.is_shown]

    @cached_property
    def digests(self) -> dict[int, dict[Piece, str]]:
        """A digest of the words of what each action rests on now."""
        return digests_of_evidence(one.action.pk for one in self.statuses)

    @cached_property
    def cited(self) -> dict[int, set[Piece]]:
        """What each action rests on now, by its key."""
        if self._reads_evidence:
            return {one.action.pk: set(self.digests[one.action.pk]) for one in self.statuses}
        found = cited_now([one.action.pk for one in self.statuses])
        return {one.action.pk: found[one.action.pk] for one in self.statuses}
