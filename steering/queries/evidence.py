"""What an action rests on, as members read it before they answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from coproduction.fingerprints import secret_fingerprint
from engagements.models import Comment
from steering.models import Round
from themes.models import Finding, Quote
from themes.queries.coding import looked_through
from workshops.models import Action, Evidence, Note

# More than this nobody reads on a phone.
_MOST_QUOTED = 30


@dataclass(frozen=True)
class CitedWords:
    """Somebody's words, which they agreed may be quoted."""

    text: str
    language: str
    descriptor: str
    translations: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class EvidenceForMembers:
    """What an action rests on. Words only of those who agreed, once read; the rest counted."""

    comments: int
    quoted: list[CitedWords]
    findings: list[Finding]
    notes: list[Note]

    @property
    def not_quoted(self) -> int:
        """How many comments count although their words are not shown here."""
        return self.comments - len(self.quoted)

    @property
    def summary(self) -> str:
        """Count all of it, in words: comments, notes, findings."""
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


def evidence_of_action(action: Action) -> EvidenceForMembers:
    """Return what an action rests on, as any member may read it. Seven queries.

    Cleared quotes speak first: somebody has read them and taken out what names a person. Of the
    rest only those are shown that a person has looked through.
    """
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
    words = quotable.select_related("submission").order_by("pk")
    rows = list(words.filter(pk__in=quotes)[:_MOST_QUOTED])
    others = list(words.exclude(pk__in=quotes)[: 4 * _MOST_QUOTED])
    read = looked_through(action.project, others)
    rows += [comment for comment in others if comment.pk in read]
    rest = list(cited.filter(comment__isnull=True).select_related("finding", "note").order_by("pk"))
    return EvidenceForMembers(
        comments=comments.visible().count(),
        quoted=[_cited_words(comment, quotes.get(comment.pk)) for comment in rows[:_MOST_QUOTED]],
        findings=[each.finding for each in rest if each.finding],
        notes=[each.note for each in rest if each.note and each.note.undone_at is None],
    )


@dataclass(frozen=True)
class EvidenceSince:
    """What became of the evidence that the group had before it in a round."""

    shown: int
    taken_off: int
    reworded: int


def evidence_to_freeze(actions: Iterable[int]) -> dict[int, list[list[Any]]]:
    """Return what some actions rest on now, by action, as a round keeps it. One query.

    Each as its kind, its key and a digest of its words, from which nobody can read them.
    """
    found: dict[int, list[list[Any]]] = defaultdict(list)
    rows = Evidence.objects.filter(action__in=actions).visible()
    for each in rows.select_related("comment", "note", "finding").order_by("pk"):
        kind, key, words = _what_it_is(each)
        found[each.action_id].append([kind, key, secret_fingerprint(words, length=16)])
    return found


def evidence_since(round: Round) -> EvidenceSince | None:
    """Say how much of what a round rested on was taken off since, or reads otherwise. One query.

    None where all of it stands, or it was not kept. What a resident took back is not taken off.
    """
    if round.evidence is None:
        return None
    rows = Evidence.objects.filter(action=round.wording.action_id)
    now = {}
    for each in rows.select_related("comment", "note", "finding"):
        kind, key, words = _what_it_is(each)
        now[kind, key] = secret_fingerprint(words, length=16)
    kept = [(now[kind, key], digest) for kind, key, digest in round.evidence if (kind, key) in now]
    taken_off = len(round.evidence) - len(kept)
    reworded = sum(bool(then) and then != digest for digest, then in kept)
    if not taken_off and not reworded:
        return None
    return EvidenceSince(len(round.evidence), taken_off, reworded)


def _what_it_is(each: Evidence) -> tuple[str, int, str]:
    """Return the kind of one piece of evidence, its key, and its words."""
    if each.comment is not None:
        return "comment", each.comment.pk, each.comment.text
    if each.note is not None:
        return "note", each.note.pk, each.note.text
    finding = each.finding
    assert finding is not None  # One of the three it is: a constraint says so.
    return "finding", finding.pk, str(sorted(finding.text.entries.items()))


def _cited_words(comment: Comment, quote: Quote | None) -> CitedWords:
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
