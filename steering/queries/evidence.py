"""What an action rests on, as members read it before they answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from coproduction.projects.models import Project
from engagements.models import Comment
from themes.models import Finding, Quote
from themes.queries.coding import looked_through
from workshops.models import Action, Evidence, Note

# One piece of evidence: which of these it is, and its key.
Piece = tuple[str, int]
KINDS = ("comment", "note", "finding")

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
        """Whether the group has anything to read on the action."""
        return bool(self.comments or self.findings or self.notes)


def evidence_of_action(action: Action) -> EvidenceForMembers:
    """Return what an action rests on now, as any member may read it. Eight queries."""
    return evidence_for_members(action.project, [cited_now([action.pk])[action.pk]])[0]


def cited_now(actions: Iterable[int]) -> dict[int, set[Piece]]:
    """Return what each of some actions rests on now, by action. One query."""
    found: dict[int, set[Piece]] = defaultdict(set)
    rows = Evidence.objects.filter(action__in=actions)
    for action, *keys in rows.values_list("action", *KINDS):
        found[action] |= {
            (kind, key) for kind, key in zip(KINDS, keys, strict=True) if key is not None
        }
    return found


def evidence_for_members(
    project: Project, groups: Sequence[set[Piece]]
) -> list[EvidenceForMembers]:
    """Return groups of evidence as any member may read them. Seven queries for all together."""
    keys = {kind: {key for one in groups for named, key in one if named == kind} for kind in KINDS}
    comments = _comments_for_members(
        project, [[key for kind, key in sorted(one) if kind == "comment"] for one in groups]
    )
    findings = Finding.objects.of(project).in_bulk(keys["finding"])
    notes = Note.objects.of(project).not_undone().in_bulk(keys["note"])
    return [
        EvidenceForMembers(
            comments=number,
            quoted=quoted,
            findings=[findings[key] for key in sorted(findings) if ("finding", key) in one],
            notes=[notes[key] for key in sorted(notes) if ("note", key) in one],
        )
        for one, (number, quoted) in zip(groups, comments, strict=True)
    ]


def _comments_for_members(
    project: Project, groups: Sequence[list[int]]
) -> list[tuple[int, list[CitedWords]]]:
    """Count of each group of comments those in sight, and give the words that may be read.

    Cleared quotes speak first: somebody has read them and taken out what names a person. Of the
    rest only those are given that a person has looked through.
    """
    named = [key for one in groups for key in one]
    if not named:
        return [(0, []) for _one in groups]
    comments = Comment.objects.of(project).filter(pk__in=named)
    quotable = comments.publishable()
    quotes = {
        quote.comment_id: quote
        for quote in Quote.objects.of(project)
        .publishable()
        .filter(comment__in=quotable)
        .order_by("-position", "-pk")
    }
    in_sight = set(comments.visible().values_list("pk", flat=True))
    may_be_read = set(quotable.values_list("pk", flat=True))
    first = [[key for key in one if key in quotes][:_MOST_QUOTED] for one in groups]
    others = [
        [key for key in one if key in may_be_read and key not in quotes][: 4 * _MOST_QUOTED]
        for one in groups
    ]
    wanted = [key for one in (*first, *others) for key in one]
    words = quotable.select_related("submission").in_bulk(wanted)
    unread = [words[key] for one in others for key in one if key in words]
    read = looked_through(project, unread)
    return [
        (
            len(in_sight.intersection(one)),
            [
                _cited_words(words[key], quotes.get(key))
                for key in (*quoted, *(key for key in rest if key in read))
                if key in words
            ][:_MOST_QUOTED],
        )
        for one, quoted, rest in zip(groups, first, others, strict=True)
    ]


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
