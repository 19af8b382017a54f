"""What a member reads before answering: the evidence, and what changed since last time."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext, ngettext

from engagements.models import Comment
from steering.models import Round
from themes.models import Finding, Quote
from workshops.models import Action, Evidence, Note, Wording
from workshops.queries.wording import WordingChange, compare_wordings

# On a phone, two voices stand open; the rest unfold, and more than this nobody reads there.
_FIRST, _MOST = 2, 30


@dataclass(frozen=True)
class CitedWords:
    """Somebody's words, which they agreed may be quoted."""

    text: str
    language: str
    descriptor: str
    translations: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ActionEvidence:
    """What an action rests on. Words only of those who agreed to be quoted; the rest counted."""

    comments: int
    quotable: int
    voices: list[CitedWords]
    findings: list[Finding]
    notes: list[Note]

    @property
    def first_voices(self) -> list[CitedWords]:
        """The two that are shown without unfolding."""
        return self.voices[:_FIRST]

    @property
    def more_voices(self) -> list[CitedWords]:
        """The rest."""
        return self.voices[_FIRST:]

    @property
    def not_quoted(self) -> int:
        """How many comments count although their words are not shown here."""
        return self.comments - len(self.voices)

    @property
    def summary(self) -> str:
        """Count all of it, in words: comments, what was heard, notes."""
        parts = []
        if number := self.comments:
            parts.append(ngettext("%(number)d comment", "%(number)d comments", number))
            parts[-1] %= {"number": number}
        if number := len(self.notes):
            parts.append(ngettext("%(number)d note", "%(number)d notes", number))
            parts[-1] %= {"number": number}
        if self.findings:
            parts.append(gettext("what we heard"))
        return ", ".join(parts)

    @property
    def anything(self) -> bool:
        """Whether there is any evidence at all."""
        return bool(self.comments or self.findings or self.notes)


def why(action: Action) -> ActionEvidence:
    """Return what an action rests on, as any member may read it. Five queries."""
    cited = Evidence.objects.filter(action=action)
    comments = Comment.objects.of(action.project).filter(
        pk__in=cited.filter(comment__isnull=False).values("comment")
    )
    quotable = comments.publishable()
    quotes = {
        quote.comment_id: quote
        for quote in Quote.objects.of(action.project)
        .publishable()
        .filter(comment__in=quotable)
        .order_by("-position", "-pk")
    }
    rows = list(quotable.select_related("submission").order_by("pk")[: 4 * _MOST])
    # Chosen quotes speak first: somebody has read them and taken out what names a person.
    rows.sort(key=lambda comment: comment.pk not in quotes)
    evidence = cited.filter(comment__isnull=True).select_related("finding", "note").order_by("pk")
    rest = list(evidence)
    return ActionEvidence(
        comments=comments.visible().count(),
        quotable=len(rows),
        voices=[_voice(comment, quotes.get(comment.pk)) for comment in rows[:_MOST]],
        findings=[each.finding for each in rest if each.finding],
        notes=[each.note for each in rest if each.note and each.note.undone_at is None],
    )


def _voice(comment: Comment, quote: Quote | None) -> CitedWords:
    """Return a comment's words, or the extract chosen from them."""
    translation = quote.translation if quote else comment.translation
    return CitedWords(
        text=quote.extract if quote else comment.text,
        language=comment.language,
        descriptor=(quote.descriptor if quote else "") or comment.submission.descriptor,
        translations=[
            (language, translation.text(language))
            for language in translation.entries
            if language != comment.language
        ],
    )


@dataclass(frozen=True)
class PreviousRound:
    """The time before this that the group had the action in front of it, and what is new."""

    round: Round
    changes: list[WordingChange]
    new_evidence: int


def previous_round(round: Round) -> PreviousRound | None:
    """Say what has changed since the group last looked; None when it never has. Five queries."""
    before = (
        Round.objects.of(round.project)
        .filter(wording__action=round.wording.action_id, opened_at__lt=round.opened_at)
        .exclude(pk=round.pk)
        .select_related("decision")
        .order_by("-opened_at", "-pk")
        .first()
    )
    if before is None:
        return None
    both = {
        wording.pk: wording
        for wording in Wording.objects.filter(pk__in=[before.wording_id, round.wording_id])
        .select_related("lead")
        .prefetch_related("supporting")
    }
    added = Evidence.objects.filter(action=round.wording.action_id, at__gt=before.opened_at)
    return PreviousRound(
        round=before,
        changes=in_readers_language(
            compare_wordings(both[before.wording_id], both[round.wording_id])
        ),
        new_evidence=added.shown().count(),
    )


def in_readers_language(changes: list[WordingChange]) -> list[WordingChange]:
    """Keep one language of each text: the reader's, or the first where it is not in theirs."""
    mine = translation.get_language()
    kept: dict[str, WordingChange] = {}
    for change in changes:
        if str(change.label) not in kept or change.language == mine:
            kept[str(change.label)] = change
    return list(kept.values())
