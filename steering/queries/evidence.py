"""What an action rests on, as members read it before they answer."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from engagements.models import Comment
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
