"""Answers that are here already: by the ID of their table, or by what they say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from coproduction.languages.folding import fold
from engagements.imports.sameness import SittingsHere, by_what_they_say, each_by_what_it_says
from engagements.models import (
    Comment,
    ErasedComment,
    ImportBatch,
    Redaction,
    Submission,
    fingerprint_of_source_id,
    fingerprint_of_words,
)

# SQLite takes this many values in one statement whatever it was built with.
_AT_ONCE = 400


def sittings_here(batch: ImportBatch, engagements: Collection[int]) -> SittingsHere:
    """Return the sittings that engagements have, without those that came with this import.

    Each as it came in: what was redacted, put right or erased since is known again. One that has an
    ID of its table meets no row by its words.
    """
    erased, originals = _erased(batch), _originals(Q(comment__engagement__in=engagements))
    rows = (
        _said_here(batch, engagements)
        .filter(submission__source_id="")
        .annotate(asked=F("first_question_id"))
        .order_by("submission_id", "position")
        .values_list("pk", "submission_id", "engagement_id", "asked", "question_id", "folded")
    )

    def compared() -> Iterator[tuple[int, int, int, str]]:
        for pk, sitting, engagement, first, question, folded in rows.iterator():
            words = erased.get(pk) or fold(originals.get(pk, "")) or folded
            yield sitting, engagement, first or question, words

    here = by_what_they_say(compared()) if engagements else {}
    return SittingsHere(here, frozenset(erased.values()), fingerprint_of_words)


def comments_here(batch: ImportBatch, engagements: Collection[int]) -> SittingsHere:
    """Return the comments that engagements have, each by itself, to be met by rows of our files.

    Such a file was taken out before or after words were put right or taken out, and before or after
    a comment was moved to another question: each is known by either.
    """
    erased, originals = _erased(batch), _originals(Q(comment__engagement__in=engagements))
    rows = (
        _said_here(batch, engagements)
        .order_by("pk")
        .values_list("pk", "engagement_id", "first_question_id", "question_id", "folded")
    )
    sittings = dict(rows.values_list("pk", "submission_id")) if engagements else {}

    def compared() -> Iterator[tuple[int, int, int, str]]:
        for pk, engagement, first, question, folded in rows.iterator():
            words = {erased.get(pk) or folded, fold(originals.get(pk, "")) or folded}
            for asked in {question, first or question}:
                for each in words:
                    yield pk, engagement, asked, each

    here = each_by_what_it_says(compared()) if engagements else {}
    return SittingsHere(here, frozenset(erased.values()), fingerprint_of_words, sittings)


def _said_here(batch: ImportBatch, engagements: Collection[int]) -> "QuerySet[Comment]":
    """Return the comments of engagements that stand, without those that came with this import."""
    standing = Comment.objects.filter(
        engagement__in=engagements, submission__undone_at__isnull=True
    )
    return standing.exclude(submission__batch=batch)


def _erased(batch: ImportBatch) -> dict[int, str]:
    """Return what tells the words of a project's erased comments, by comment."""
    of_project = ErasedComment.objects.filter(comment__project=batch.project_id)
    return dict(of_project.values_list("comment_id", "words"))


def _originals(which: Q) -> dict[int, str]:
    """Return what comments said before the first redaction, where that is still kept."""
    rows = Redaction.objects.filter(which).order_by("-pk").values_list("comment_id", "original")
    return dict(rows)


class AnswerHere(NamedTuple):
    """An answer that is here by an ID: its key, and its words as they came in."""

    submission: int
    # (fold of the words, or the fingerprint of those erased)
    words: tuple[str, ...]

    def says(self, texts: Iterable[str]) -> bool:
        """Whether a row's texts are what it said, in any order; an empty one was not kept."""
        said = sorted(self.words)
        texts = list(texts)
        if len(said) != len(texts):
            return False
        if said == sorted(fold(text) for text in texts):
            return True
        erased = {fingerprint_of_words(text): text for text in texts}
        known = [(erased.get(word, "") and fold(erased[word])) or word for word in said]
        return sorted(known) == sorted(fold(text) for text in texts)


def answers_by_id(
    engagements: Collection[int], ids: Collection[str]
) -> dict[tuple[int, str], AnswerHere]:
    """Return the answers at engagements that have one of these IDs, by engagement and ID."""
    found: dict[tuple[int, str], AnswerHere] = {}
    names = {fingerprint_of_source_id(each): each for each in ids} | {each: each for each in ids}
    every = sorted(names)
    for start in range(0, len(every), _AT_ONCE):
        sittings = Submission.objects.not_undone().filter(
            engagement__in=engagements, source_id__in=every[start : start + _AT_ONCE]
        )
        keys = {
            pk: (engagement, names[source_id])
            for pk, engagement, source_id in sittings.values_list(
                "pk", "engagement_id", "source_id"
            )
        }
        words = _words_of(list(keys))
        found |= {key: AnswerHere(pk, tuple(words[pk])) for pk, key in keys.items()}
    return found


def _words_of(submissions: Collection[int]) -> dict[int, list[str]]:
    """Return what sittings said as it came in, in the form in which it is compared."""
    originals = _originals(Q(comment__submission__in=submissions))
    rows = Comment.objects.filter(submission__in=submissions).values_list(
        "pk", "submission_id", "folded", "erasure__words"
    )
    words: dict[int, list[str]] = defaultdict(list)
    for pk, submission, folded, erased in rows:
        words[submission].append(erased or fold(originals.get(pk, "")) or folded)
    return words
