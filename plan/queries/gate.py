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
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import freeze
from steering.queries.agreement import ActionStatus, statuses_of_actions
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
    snapshot: Snapshot
    # What the snapshot's counts stand at.
    counts: EditionCounts
    # Where every action stands, in number order.
    actions: Sequence[ActionStatus]
    # Agreed actions that say something else in a language than what the group read.
    changed_translations: Sequence[tuple[ActionStatus, str]]
    # Decided actions whose evidence is not what the group had before it, and what became of it.
    changed_evidence: Sequence[tuple[ActionStatus, EvidenceSince]]
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


def gate_of(project: Project) -> Gate:
    """Look at everything that would be published. A constant number of queries."""
    known = sorted(statuses_of_actions(project).values(), key=lambda one: one.action.number)
    snapshot, counts = freeze(project, known)
    return Gate(
        project=project,
        snapshot=snapshot,
        counts=counts,
        actions=known,
        changed_translations=_changed_translations(project, known),
        changed_evidence=_changed_evidence(known),
        quotes_left_out=_quotes_left_out(project),
        quotes_untranslated=_quotes_untranslated(project, snapshot),
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


def _changed_evidence(known: Sequence[ActionStatus]) -> list[tuple[ActionStatus, EvidenceSince]]:
    """Pair published actions and ideas with what became of their evidence since the decision."""
    decided = {one.action.pk: one.deciding_round for one in known}
    since = evidence_since(filter(None, decided.values()))
    found = [
        (one, since[round.pk]) for one in known if (round := decided[one.action.pk]) is not None
    ]
    return [(one, changed) for one, changed in found if changed.in_words]


def _quotes_left_out(project: Project) -> list[Quote]:
    """List the chosen quotes that may not be shown."""
    cleared = Quote.objects.of(project).filter(cleared_at__isnull=False)
    shown = Quote.objects.of(project).publishable()
    left_out = cleared.exclude(pk__in=shown.values("pk"))
    return list(left_out.select_related("theme", "comment__submission"))


def _quotes_untranslated(project: Project, snapshot: Snapshot) -> list[tuple[str, Sequence[Quote]]]:
    """List by language the quotes that have no translation into it beside them.

    People's own words are never replaced, so this is for the editor to weigh.
    """
    shown = list(
        Quote.objects.of(project)
        .filter(uuid__in=snapshot.quotes_named)
        .select_related("comment", "theme")
    )
    bare = {
        language: [
            quote
            for quote in shown
            if quote.comment.language != language and not quote.translation.text(language)
        ]
        for language in project.languages
    }
    return [(language, quotes) for language, quotes in bare.items() if quotes]
