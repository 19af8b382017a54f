"""What a change to many comments does to a piece of them, in few statements however many they are.

Each function is part of the caller's ``recorded``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max
from django.db.models.functions import Coalesce

from coproduction.database import insert_rows
from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger
from coproduction.projects.models import AuditEntry
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    Redaction,
    Submission,
    Withdrawal,
    Withheld,
)
from engagements.services.look import look_at

Kind, Outcome = BulkChange.Kind, BulkChangedComment.Outcome
# What entries say of a comment that does not change how it is kept.
_NO_CHANGE = (
    *("engagements.original_read", "engagements.lead_told_again"),
    *("engagements.erasure_finished", "engagements.hints_let_be"),
)
# What of a comment a piece has to know; its words only where a redaction keeps them.
_KNOWN = (
    *("project", "submission", "engagement", "question", "language", "quote_consent"),
    *("consent_taken_back", "withheld", "erased_at", "version"),
)
_KNOWN_OF_SITTING = ("descriptor", "engagement", "language", "language_is_guess", "source_id")


@dataclass
class Piece:
    """Some of the comments that a change means, sorted by what becomes of each."""

    changed: list[Comment] = field(default_factory=list)
    # Of the same sittings, though they were not chosen.
    along: list[Comment] = field(default_factory=list)
    left: dict[str, list[Comment]] = field(default_factory=dict)
    # How many are as the change would make them already.
    same: int = 0

    def leave(self, comment: Comment, why: str) -> None:
        """Note that a comment stays as it is."""
        self.left.setdefault(why, []).append(comment)

    @property
    def sittings(self) -> set[int]:
        """The keys of the sittings that are changed."""
        return {comment.submission_id for comment in self.changed}

    @property
    def touched(self) -> list[Comment]:
        """All whose rows are changed."""
        return [*self.changed, *self.along]


def sort_piece(bulk: BulkChange, keys: Iterable[int], *, since: int, whatever: bool) -> Piece:
    """Read comments by their keys, and say what becomes of each.

    ``since`` is the newest entry of the trail when the page was drawn: what was changed after it is
    left as it is. ``whatever`` means comments that something withholds too.
    """
    rows = list(_read(bulk).filter(pk__in=keys).order_by("pk"))
    earlier = BulkChangedComment.objects.filter(bulk=bulk, comment__in=[each.pk for each in rows])
    done = set(earlier.values_list("comment_id", flat=True)) if bulk.done else set()
    changed_since = _sittings_changed_since(bulk, since, {each.submission_id for each in rows})
    piece, taken = Piece(), ids_taken(bulk, rows)
    for comment in rows:
        if comment.pk in done or _is_so(bulk, comment):
            piece.same += 1
        elif comment.withheld and not whatever:
            piece.leave(comment, Outcome.LEFT_WITHHELD)
        elif comment.submission_id in changed_since:
            piece.leave(comment, Outcome.LEFT_CHANGED)
        elif bulk.kind == Kind.CONSENT and bulk.consent and comment.consent_taken_back:
            piece.leave(comment, Outcome.LEFT_TAKEN_BACK)
        elif comment.submission_id in taken:
            piece.leave(comment, Outcome.LEFT_SAME_ID)
        else:
            piece.changed.append(comment)
    if bulk.is_of_sittings:
        others = _read(bulk).filter(submission__in=piece.sittings)
        chosen = {comment.pk for comment in piece.changed}
        piece.along = [each for each in others.order_by("pk") if each.pk not in chosen | done]
    return piece


def ids_taken(bulk: BulkChange, comments: Iterable[Comment]) -> set[int]:
    """Return those sittings that can't move, since an answer with their table's ID is there.

    One query; of two that would meet there, the later stays.
    """
    ids = {each.submission_id: each.submission.source_id for each in comments}
    ids = {sitting: own for sitting, own in sorted(ids.items()) if own}
    if bulk.kind != Kind.ENGAGEMENT or not ids:
        return set()
    there = Submission.objects.not_undone().filter(engagement=bulk.engagement)
    met = set(there.filter(source_id__in={*ids.values()}).values_list("source_id", flat=True))
    taken = set()
    for sitting, own in ids.items():
        if own in met:
            taken.add(sitting)
        met.add(own)
    return taken


def _read(bulk: BulkChange) -> Any:
    """Return a project's comments, read no further than the change needs."""
    known: tuple[str, ...] = (*_KNOWN, "translation") if bulk.kind == Kind.LANGUAGE else _KNOWN
    if bulk.kind == Kind.DESCRIPTOR:
        known = (*_KNOWN, "translation", "text")
    sitting = tuple(f"submission__{name}" for name in _KNOWN_OF_SITTING)
    rows = Comment.objects.of(bulk.project).select_related("submission")
    return rows.only(*known, *sitting)


def _sittings_changed_since(bulk: BulkChange, since: int, sittings: set[int]) -> set[int]:
    """Return those sittings of which something was changed after an entry of the trail."""
    entries = AuditEntry.objects.filter(
        project=bulk.project,
        number__gt=since,
        subject_kind=Comment._meta.label_lower,
        verb__startswith="engagements.",
    ).exclude(verb__in=_NO_CHANGE)
    keys = {int(key) for key in entries.values_list("subject_key", flat=True).distinct() if key}
    single = Comment.objects.filter(pk__in=keys).values_list("submission_id", flat=True)
    later = BulkChange.objects.of(bulk.project).filter(entry__gt=since).exclude(pk=bulk.pk)
    many = BulkChangedComment.objects.filter(
        bulk__in=later, outcome__in=(Outcome.CHANGED, Outcome.ALONG, Outcome.PUT_BACK)
    ).values_list("submission_id", flat=True)
    return sittings.intersection({*single, *many.distinct()})


def _is_so(bulk: BulkChange, comment: Comment) -> bool:
    """Say whether a comment is as the change would make it already."""
    match bulk.kind:
        case Kind.QUESTION:
            return comment.question_id == bulk.question_id
        case Kind.ENGAGEMENT:
            return comment.submission.engagement_id == bulk.engagement_id
        case Kind.LANGUAGE:
            known = not comment.submission.language_is_guess
            return comment.submission.language == bulk.language and known
        case Kind.CONSENT:
            return comment.quote_consent == bulk.consent
        case Kind.DESCRIPTOR:
            return comment.submission.descriptor == bulk.descriptor
    return comment.withheld == Withheld.WITHDRAWN


def change_piece(bulk: BulkChange, piece: Piece, ledger: Ledger) -> None:
    """Keep what each comment of a piece was, and change it. Some ten statements."""
    redactions = _keep_descriptions(bulk, piece, ledger) if bulk.kind == Kind.DESCRIPTOR else {}
    withdrawals = _withdraw(piece, ledger) if bulk.kind == Kind.WITHDRAWAL else {}
    _keep_what_was(bulk, piece, redactions, withdrawals)
    rows = Comment.objects.filter(pk__in=[each.pk for each in piece.touched])
    sittings = Submission.objects.filter(pk__in=piece.sittings)
    match bulk.kind:
        case Kind.QUESTION:
            first = Coalesce(F("first_question"), F("question"))
            rows.update(first_question=first, question=bulk.question)
        case Kind.ENGAGEMENT:
            sittings.update(engagement=bulk.engagement)
            rows.update(engagement=bulk.engagement)
        case Kind.LANGUAGE:
            sittings.update(language=bulk.language, language_is_guess=False)
            rows.update(language=bulk.language)
            _drop_own_translations(bulk, piece)
        case Kind.CONSENT if bulk.consent:
            rows.update(quote_consent=True)
        case Kind.CONSENT:
            rows.update(quote_consent=False, consent_taken_back=F("consent_taken_back") + 1)
        case Kind.DESCRIPTOR:
            sittings.update(descriptor=bulk.descriptor)
            look_at(list(_still_said(rows)), ledger=ledger)
        case Kind.WITHDRAWAL:
            # What somebody is worried about stays hidden for that.
            rows.not_hidden_by_concern().update(withheld=Withheld.WITHDRAWN)


def _still_said(comments: Any) -> Any:
    """Return those of some comments whose words are there still, as they are kept now."""
    return comments.filter(erased_at__isnull=True).select_related("submission")


def _keep_descriptions(bulk: BulkChange, piece: Piece, ledger: Ledger) -> Mapping[int, int]:
    """Keep how the speakers were described; return the key of each comment's redaction.

    As when one is changed: quotes of any comment of the sitting are to be looked at again.
    """
    last = Redaction.objects.aggregate(last=Max("pk"))["last"] or 0
    kept = [each for each in piece.touched if not each.is_erased]
    insert_rows(
        Redaction,
        ("comment_id", "original", "original_translation", "original_descriptor"),
        [(each.pk, each.text, each.translation, each.submission.descriptor) for each in kept],
        by_id=bulk.by_id,
        at=ledger.at,
    )
    made = Redaction.objects.filter(pk__gt=last, comment__in=[each.pk for each in kept])
    return dict(made.values_list("comment_id", "pk"))


def _withdraw(piece: Piece, ledger: Ledger) -> Mapping[int, int]:
    """Withdraw the comments of a piece; return the key of each one's withdrawal."""
    keys = [each.pk for each in piece.changed]
    standing = Withdrawal.objects.filter(comment__in=keys, lifted_at__isnull=True)
    already = set(standing.values_list("comment_id", flat=True))
    new = [key for key in keys if key not in already]
    by = None if ledger.by is None else ledger.by.pk
    insert_rows(Withdrawal, ("comment_id",), [(key,) for key in new], by_id=by, at=ledger.at)
    made = Withdrawal.objects.filter(comment__in=new, lifted_at__isnull=True)
    return dict(made.values_list("comment_id", "pk"))


def _keep_what_was(
    bulk: BulkChange, piece: Piece, redactions: Mapping[int, int], withdrawals: Mapping[int, int]
) -> None:
    """Keep what each comment was, by which it can be put back; and which were left, and why."""
    sorted_out: list[tuple[Comment, str]] = [(each, Outcome.CHANGED) for each in piece.changed]
    sorted_out += [(each, Outcome.ALONG) for each in piece.along]
    sorted_out += [(each, why) for why, some in piece.left.items() for each in some]
    taken = 1 if bulk.kind == Kind.CONSENT and not bulk.consent else 0
    rows: Sequence[tuple[Any, ...]] = [
        (
            *(each.pk, each.submission_id, str(outcome), *_value_of(bulk, each)),
            *(_own_translation(bulk, each), each.consent_taken_back + taken),
            *(redactions.get(each.pk), withdrawals.get(each.pk)),
        )
        for each, outcome in sorted_out
    ]
    insert_rows(
        BulkChangedComment,
        (
            *("comment_id", "submission_id", "outcome", "was_question_id", "was_engagement_id"),
            *("was_language", "was_guess", "was_translation", "taken_back", "redaction_id"),
            "withdrawal_id",
        ),
        rows,
        bulk_id=bulk.pk,
    )


def _value_of(bulk: BulkChange, comment: Comment) -> tuple[int | None, int | None, str, bool]:
    """Return the question, engagement and language to put back: only what the change is about.

    With the language goes whether it was a guess.
    """
    is_of_language = bulk.kind == Kind.LANGUAGE
    return (
        comment.question_id if bulk.kind == Kind.QUESTION else None,
        comment.engagement_id if bulk.kind == Kind.ENGAGEMENT else None,
        comment.language if is_of_language else "",
        is_of_language and comment.submission.language_is_guess,
    )


def _own_translation(bulk: BulkChange, comment: Comment) -> Translated:
    """Return a comment's translation into what becomes its own language, if it has one."""
    if bulk.kind != Kind.LANGUAGE or bulk.language not in comment.translation.entries:
        return Translated()
    return Translated({bulk.language: comment.translation.entries[bulk.language]})


def _drop_own_translations(bulk: BulkChange, piece: Piece) -> None:
    """Take translations away that are into the comments' own language now."""
    had = [each for each in piece.touched if bulk.language in each.translation.entries]
    for comment in had:
        comment.translation.entries.pop(bulk.language)
    if had:
        Comment.objects.bulk_update(had, ["translation"])
