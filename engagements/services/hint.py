"""What a person decides about what the look has marked: it is taken out, or it is fine."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ChangedSince
from engagements.models import Comment, Hint, Look, Redaction
from engagements.services.withholding import redact_comment

# What stands where something was taken out, in whatever language.
TAKEN_OUT = "[…]"


class NothingMarked(Refusal):
    """A hint is decided about once."""

    sentence = _("Somebody has looked at this already. Nothing more was done.")


def let_hints_be(
    *,
    comment: Comment,
    by: User,
    shown: Collection[int] | None = None,
    version: int | None = None,
) -> int:
    """Say that what was marked in a comment may stay as it is; return how many places.

    ``version`` is the comment's as the page showed it, ``shown`` are the keys of its hints. Raises
    ChangedSince where its words, or what is marked in them, were changed since; NothingMarked.
    """
    with recorded(project=comment.project, by=by) as ledger:
        ledger.refresh(comment, version=version)
        if comment.look != Look.MARKED:
            raise NothingMarked
        # Each look marks anew: who spoke may be described otherwise since.
        if shown is not None and {*shown} != {*comment.hints.values_list("pk", flat=True)}:
            raise ChangedSince
        number, kinds = _settle(comment)
        ledger.record(
            "engagements.hints_let_be",
            subject=comment,
            was={"hints": number, "kinds": kinds},
            follow_up=False,
        )
    return number


def take_hints_out(
    *,
    comment: Comment,
    by: User,
    hints: Collection[int] | None = None,
    version: int | None = None,
) -> Redaction:
    """Take what was marked out of a comment for privacy; what it said before is kept apart.

    ``hints`` are the keys of those to take out, all unless told; the others may stay. ``version``
    is the comment's as the page showed it. Raises ChangedSince, NothingMarked, and what
    ``redact_comment`` does.
    """
    with recorded(project=comment.project, by=by) as ledger:
        ledger.refresh(comment, version=version)
        marked = comment.hints.exclude(kind=Hint.Kind.WORRY)
        chosen = list(marked if hints is None else marked.filter(pk__in=hints))
        if comment.look != Look.MARKED or not chosen:
            raise NothingMarked
        by_place: dict[str, list[Hint]] = defaultdict(list)
        for hint in chosen:
            by_place[hint.place].append(hint)
        beside = comment.translation
        redaction = redact_comment(
            comment=comment,
            text=_without(comment.text, by_place[Hint.WORDS]),
            translation={
                language: _without(beside.text(language), by_place[language])
                for language in beside.entries
            },
            descriptor=_without(comment.submission.descriptor, by_place[Hint.SPEAKER]),
            by=by,
        )
        # Who took some out has seen the others; a worry is settled in its own way, and what is too
        # long to be looked at here by the job.
        has_worry = comment.hints.filter(kind=Hint.Kind.WORRY).exists()
        if not has_worry and comment.look != Look.WAITING:
            _settle(comment)
    return redaction


def _settle(comment: Comment) -> tuple[int, list[str]]:
    """Leave nothing marked in a comment; return how much was, and of which kinds."""
    kinds = list(comment.hints.values_list("kind", flat=True))
    comment.hints.all().delete()
    comment.look = Look.DONE
    comment.save(update_fields=["look"])
    return len(kinds), sorted(set(kinds))


def _without(text: str, hints: Iterable[Hint]) -> str:
    """Return a text without some of its places, from the end to the beginning."""
    for hint in sorted(hints, key=lambda each: each.start, reverse=True):
        text = text[: hint.start] + TAKEN_OUT + text[hint.end :]
    return text
