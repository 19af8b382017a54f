"""What stands in the way of publishing, and what an editor may want to know: the facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from coproduction.fingerprints import fingerprint
from coproduction.projects.models import Project
from plan.edition.format import write
from plan.edition.snapshot import FrozenIdea, FrozenTheme, Snapshot
from plan.edition.texts import PlacedText, texts_in
from plan.models import Edition, Section
from plan.queries.action import PUBLISHED, UNDECIDED, EditionCounts
from plan.queries.basis import Basis
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import freeze
from steering.queries.agreement import ActionStatus
from steering.queries.round_evidence import EvidenceSince, evidence_since
from steering.queries.translation import changed_translations_of
from themes.models import Quote


class IncompleteText(NamedTuple):
    """A text that a language lacks, or has only of an older wording."""

    text: PlacedText
    language: str
    is_missing: bool


@dataclass(frozen=True)
class Gate:
    """The plan as it would be published, and all there is to know of it before."""

    project: Project
    # What all of it is made from.
    basis: Basis
    snapshot: Snapshot
    # What the snapshot's counts stand at.
    counts: EditionCounts
    # Where every action stands, in number order.
    actions: Sequence[ActionStatus]
    # Quotes that were chosen and may not be shown; those to be shown that some will not understand.
    quotes_left_out: Sequence[Quote]
    quotes_untranslated: Sequence[tuple[str, Sequence[Quote]]]

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        return self.has_agreed_action and not (
            self.actions_without_lead
            or self.themes_without_finding
            or self.ideas_without_theme
            or self.incomplete_texts
        )

    @property
    def promises_fingerprint(self) -> str:
        """A fingerprint of what an editor reads before publishing: texts, quotes, promises.

        Counts are not in it: people may go on telling while the plan is read.
        """
        themes = tuple(
            (theme.uuid, theme.name, theme.finding, theme.why, theme.quotes)
            for theme in self.snapshot.themes
        )
        ideas = tuple(
            (idea.number, idea.wording, idea.title, idea.text, getattr(idea, "commitment", None))
            for idea in self.snapshot.ideas
        )
        return fingerprint(write((self.snapshot.texts, themes, ideas)), length=32)

    @property
    def has_agreed_action(self) -> bool:
        """Whether there is anything to publish."""
        return any(one.state in PUBLISHED for one in self.actions)

    @property
    def actions_without_lead(self) -> list[ActionStatus]:
        """Agreed actions that nobody leads. What is not in the edition holds nothing up."""
        return [one for one in self.actions if one.agreed is not None and one.agreed.lead is None]

    @property
    def themes_without_finding(self) -> list[FrozenTheme]:
        """Themes that nothing was written of."""
        return [theme for theme in self.snapshot.themes if not theme.finding]

    @property
    def ideas_without_theme(self) -> list[FrozenIdea]:
        """What stands under no theme of the plan."""
        there = {theme.uuid for theme in self.snapshot.themes}
        return [idea for idea in self.snapshot.ideas if idea.theme not in there]

    @cached_property
    def changed_translations(self) -> Sequence[tuple[ActionStatus, str]]:
        """Agreed actions that say something else in a language than what the group read."""
        return _changed_translations(self.project, self.actions)

    @cached_property
    def changed_evidence(self) -> Sequence[tuple[ActionStatus, EvidenceSince]]:
        """Decided actions whose evidence is not what the group had, and what became of it."""
        return _changed_evidence(self.basis)

    @cached_property
    def incomplete_texts(self) -> list[IncompleteText]:
        """Every text that a language lacks, or has only of an older wording."""
        return list(self._incomplete_texts())

    def _incomplete_texts(self) -> Iterator[IncompleteText]:
        """Look at every text in every language."""
        languages = self.project.languages
        for text in texts_in(self.snapshot):
            for language in text.body.missing(languages):
                yield IncompleteText(text, language, is_missing=True)
            for language in text.body.out_of_date(languages):
                yield IncompleteText(text, language, is_missing=False)

    @property
    def undecided_actions(self) -> list[ActionStatus]:
        """Actions without a decision: the edition leaves them out."""
        return [one for one in self.actions if one.state in UNDECIDED]

    @property
    def empty_sections(self) -> list[Section.Kind]:
        """The texts nobody has written: they are left out."""
        written = self.snapshot.texts
        return [kind for kind in Section.Kind if kind != Section.Kind.THEME and kind not in written]

    def brings_nothing_new(self, edition: Edition | None) -> bool:
        """Whether an edition says all this already."""
        return edition is not None and snapshot_of_edition(edition) == self.snapshot


def gate_of(project: Project, *, reads_evidence: bool = False) -> Gate:
    """Look at everything that would be published. A constant number of queries.

    ``reads_evidence`` says that ``changed_evidence`` will be asked for: then it costs none more.
    """
    basis = Basis(project, reads_evidence=reads_evidence)
    known = basis.statuses
    snapshot, counts = freeze(basis)
    return Gate(
        project=project,
        basis=basis,
        snapshot=snapshot,
        counts=counts,
        actions=known,
        quotes_left_out=basis.quotes_left_out,
        quotes_untranslated=_quotes_untranslated(basis, snapshot),
    )


def _changed_translations(
    project: Project, known: Sequence[ActionStatus]
) -> list[tuple[ActionStatus, str]]:
    """Pair agreed actions with the languages in which they changed after they were agreed."""
    agreed = [one for one in known if one.agreed is not None]
    changed = {(each.wording.action_id, each.language) for each in changed_translations_of(agreed)}
    return [
        (one, language)
        for one in agreed
        for language in project.languages
        if (one.action.pk, language) in changed
    ]


def _changed_evidence(basis: Basis) -> list[tuple[ActionStatus, EvidenceSince]]:
    """Pair published actions and ideas with what became of their evidence since the decision."""
    known = basis.statuses
    decided = {one.action.pk: one.deciding_round for one in known}
    since = evidence_since(filter(None, decided.values()), basis.digests)
    found = [
        (one, since[round.pk]) for one in known if (round := decided[one.action.pk]) is not None
    ]
    return [(one, changed) for one, changed in found if changed.in_words]


def _quotes_untranslated(basis: Basis, snapshot: Snapshot) -> list[tuple[str, Sequence[Quote]]]:
    """List by language the quotes that have no translation into it beside them.

    People's own words are never replaced, so this is for the editor to weigh.
    """
    named = set(snapshot.quotes_named)
    shown = [quote for quote in basis.shown_quotes if str(quote.uuid) in named]
    bare = {
        language: [
            quote
            for quote in shown
            if quote.comment.language != language and not quote.translation.text(language)
        ]
        for language in basis.project.languages
    }
    return [(language, quotes) for language, quotes in bare.items() if quotes]
