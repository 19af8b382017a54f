"""Changes to decisions: what the group decided on a wording, why, and when to look again."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.arrival import UNDER_WAY
from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from steering.models import Decision, Round
from steering.queries.agreement import is_reworded
from steering.queries.answer import RoundAnswers, answers_of_round
from steering.services.notifications import notify_of_word_to_renew
from steering.services.refusals import AnswersWait, InTheFuture


class DecidedAlready(Refusal):
    """Someone else recorded the decision first; theirs stands."""

    sentence = _("A decision on this has been recorded already. Read it before you go on.")


class RoundTakenBack(Refusal):
    """What is not asked any more can't be decided."""

    sentence = _("This was taken back, so the group is not asked any more. Put it to them again.")


class StillOpen(Refusal):
    """Some members still have time to answer."""

    sentence = _("Members can still answer. Wait until it closes, or until everyone has answered.")


class StillComingIn(Refusal):
    """What was sent in the last moment may not have been kept yet."""

    sentence = _(
        "It has only just closed, and answers sent in time may still be coming in. "
        "Wait half a minute, then record the decision."
    )


class NoQuorum(Refusal):
    """Too few have answered for the group to have agreed anything, or turned it down."""

    sentence = _(
        "Not enough people have answered for the group to decide this. "
        "Give more time, or send it back."
    )


class AnswersDoNotSupport(Refusal):
    """By the group's own way of deciding, this was not agreed."""

    sentence = _("The answers do not come to an agreement, by the way this group decides.")


class ReasonMissing(Refusal):
    """A decision is to be recorded without saying why."""

    sentence = _("Say why. Residents will read it.")


class DecidedBeforeAsked(Refusal):
    """A decision is dated before the question."""

    sentence = _("The group was asked later than that. Check the date.")


class ReviewTooSoon(Refusal):
    """A review comes after the decision."""

    sentence = _("The day to look again must be later than the day it was decided.")


def record_decision(
    *,
    round: Round,
    outcome: str,
    reason: Mapping[str, str],
    by: User,
    review_on: date | None = None,
    decided_on: date | None = None,
) -> Decision:
    """Record what the group decided on a round's wording. Once: the first to record it stands.

    ``decided_on`` is for records of the past; pages leave it out. Raises DecidedAlready,
    RoundTakenBack, StillOpen, AnswersWait, StillComingIn, NoQuorum, AnswersDoNotSupport,
    ReasonMissing, InTheFuture, DecidedBeforeAsked, ReviewTooSoon and ValidationError.
    """
    with recorded(project=round.project, by=by) as ledger:
        round = _to_decide(round)
        if not any(text.strip() for text in reason.values()):
            raise ReasonMissing
        day = decided_on or timezone.localdate()
        _check_dates(round, day, review_on)
        answers = answers_of_round(round)
        _check_answers(round, outcome, answers)
        decision = Decision(
            project=round.project,
            round=round,
            outcome=outcome,
            reason=Translated().changed(reason),
            review_on=review_on,
            decided_on=day,
            written_down=answers.writers,
            by=by,
        )
        decision.full_clean()
        decision.save()
        facts = {"answered": answers.answered, "agreeing": answers.agreeing}
        facts |= {"seats": answers.seats, "written_down": answers.written_down}
        days = {"decided_on": day, "review_on": review_on}
        ledger.record(
            "steering.decision_recorded",
            subject=decision,
            now={"round": round.uuid, "outcome": outcome, **facts, **days},
        )
        if outcome == Decision.Outcome.AGREED and decided_on is None:
            notify_of_word_to_renew(action=round.wording.action, by=by)
    return decision


def _to_decide(round: Round) -> Round:
    """Read a round again, now that the chain is locked: of two chairs, the second finds the first.

    Raises DecidedAlready and RoundTakenBack.
    """
    found: Round = Round.every.select_related("project", "wording__action", "decision").get(
        pk=round.pk
    )
    if hasattr(found, "decision"):
        raise DecidedAlready
    if found.taken_back_at is not None:
        raise RoundTakenBack
    return found


def _check_dates(round: Round, day: date, review_on: date | None) -> None:
    """Refuse days that can't be right."""
    if day > timezone.localdate():
        raise InTheFuture
    if day < timezone.localdate(round.opened_at):
        raise DecidedBeforeAsked
    if review_on is not None and review_on <= day:
        raise ReviewTooSoon


def _check_answers(round: Round, outcome: str, answers: RoundAnswers) -> None:
    """Refuse a decision that comes too early, or that the answers don't support."""
    if timedelta(0) <= timezone.now() - round.closes_at < UNDER_WAY:
        raise StillComingIn
    if not round.is_closed and not answers.everyone_answered:
        # A wording that has been replaced needs nobody's answer any more: it may go back at once,
        # so that the newer one can be put to the group.
        if outcome != Decision.Outcome.SENT_BACK or not is_reworded(round.wording):
            raise StillOpen
    elif not round.is_closed and answers.waiting:
        raise AnswersWait(len(answers.waiting))
    if outcome != Decision.Outcome.SENT_BACK and not answers.quorum_met:
        raise NoQuorum
    if outcome == Decision.Outcome.AGREED and not answers.supports_agreement:
        raise AnswersDoNotSupport


def translate_reason(
    *, decision: Decision, text: Mapping[str, str], by: User, seen: Seen | None = None
) -> Decision:
    """Add or correct a translation of a decision's reason. What was written first stays as it was.

    Raises ChangedMeanwhile.
    """
    with recorded(project=decision.project, by=by) as ledger:
        kept = Decision.objects.get(pk=decision.pk)
        source = kept.reason.source
        texts = {language: words for language, words in text.items() if language != source}
        found = ledger.merged(kept, seen=seen, now={"text": kept.reason}, text=texts)
        kept.reason = kept.reason.changed(found["text"])
        kept.full_clean()
        kept.save(update_fields=["reason"])
        ledger.record("steering.reason_translated", subject=kept, now={"languages": sorted(texts)})
    return kept
