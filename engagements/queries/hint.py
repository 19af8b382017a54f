"""Comments that a person is to look at, each as its words with the places that were marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from coproduction.jobs.models import Job
from coproduction.projects.models import Project
from engagements.models import Comment, Hint

LOOK = "engagements.look"


@dataclass(frozen=True)
class MarkedPart:
    """Some words of a text; with the hint that they are, where they are one."""

    words: str
    language: str
    hint: Hint | None = None


@dataclass(frozen=True)
class MarkedText:
    """One of a comment's texts, in parts: the words themselves, a translation, or who spoke."""

    language: str
    text: str
    parts: Sequence[MarkedPart]
    is_translation: bool = False
    is_speaker: bool = False

    @property
    def with_marks(self) -> SafeString:
        """The text with its hints marked; as it stands, since a template would add line ends."""
        shown = (
            format_html("<mark>{}</mark>", part.words) if part.hint else escape(part.words)
            for part in self.parts
        )
        return mark_safe("".join(shown))  # noqa: S308 (each part is escaped)


@dataclass(frozen=True)
class MarkedComment:
    """A comment as a person looks at it: its texts cut at what was marked."""

    comment: Comment
    texts: Sequence[MarkedText]

    @property
    def may_be_risk(self) -> bool:
        """Whether it has words that may mean that somebody is at risk."""
        # Also where another mark covers it.
        return any(hint.kind == Hint.Kind.WORRY for hint in self.comment.hints.all())

    @property
    def shown(self) -> str:
        """The keys of all that is marked, to be sent back with what was decided."""
        return ",".join(str(hint.pk) for hint in self.comment.hints.all())

    @property
    def to_take_out(self) -> list[MarkedPart]:
        """What may be taken out: each place once, in the order it is read."""
        parts = (part for text in self.texts for part in text.parts)
        return [part for part in parts if part.hint and part.hint.kind != Hint.Kind.WORRY]


def is_look_asked_for(project: Project) -> bool:
    """Say whether a job is to look at comments, or is at it: without going through them."""
    jobs = Job.objects.of(project.uuid).filter(task=LOOK, finished_at__isnull=True)
    return bool(jobs.exists())


def _worrying() -> Exists:
    """Say of each comment whether somebody may be at risk."""
    return Exists(Hint.objects.filter(comment=OuterRef("pk"), kind=Hint.Kind.WORRY))


class ToLookAt(NamedTuple):
    """How many comments a person is to look at; in how many of them somebody may be at risk."""

    marked: int
    at_risk: int


def count_to_look_at(project: Project) -> ToLookAt:
    """Count the comments that a person is to look at; one query."""
    rows = Comment.objects.of(project).to_look_at()
    return ToLookAt(
        **rows.aggregate(marked=Count("pk"), at_risk=Count("pk", filter=Q(_worrying())))
    )


def marked_page(project: Project, number: str | None, *, size: int) -> Page[MarkedComment]:
    """Return a page of the comments to look at: first where somebody may be at risk."""
    rows = Comment.objects.of(project).to_look_at().annotate(may_be_risk=_worrying())
    together = rows.select_related("submission", "question", "engagement").prefetch_related("hints")
    page = Paginator(together.order_by("-may_be_risk", "pk"), size).get_page(number)
    page.object_list = [marked(comment) for comment in page.object_list]
    return page


def marked(comment: Comment) -> MarkedComment:
    """Cut the texts of a comment at what was marked, which was fetched with it."""
    hints = list(comment.hints.all())
    texts = [_text(Hint.WORDS, comment.language, comment.text, hints)]
    texts += [
        _text(language, language, comment.translation.text(language), hints)
        for language in comment.translation.entries
    ]
    if described := comment.submission.descriptor:
        texts.append(_text(Hint.SPEAKER, comment.language, described, hints))
    shown = [text for text in texts if not text.is_speaker or len(text.parts) > 1]
    return MarkedComment(comment, shown)


def _text(place: str, language: str, text: str, hints: Iterable[Hint]) -> MarkedText:
    """Cut a text into parts, those between the hints in it and those that are."""
    parts, at = [], 0
    for hint in sorted(
        (each for each in hints if each.place == place), key=lambda each: each.start
    ):
        if hint.start < at or hint.end > len(text):
            continue  # Two that lie over each other, or of words that were changed just now.
        parts.append(MarkedPart(text[at : hint.start], language))
        parts.append(MarkedPart(text[hint.start : hint.end], language, hint))
        at = hint.end
    parts.append(MarkedPart(text[at:], language))
    return MarkedText(
        language,
        text,
        parts,
        is_translation=place not in {Hint.WORDS, Hint.SPEAKER},
        is_speaker=place == Hint.SPEAKER,
    )
