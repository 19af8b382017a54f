"""Changes to answers: what members say to a wording, or have somebody write down for them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Actor, Pass, User
from coproduction.projects.refusals import Refusal
from steering.models import Response, Round, Seat, WrittenDown
from steering.queries.answer import answers_given, counting_answer, waiting_answer
from steering.services.notifications import notify_of_written_down_answer

_OF_THE_PAST = timedelta(hours=1)


class RoundNotOpenYet(Refusal):
    """An answer is dated before the question."""

    sentence = _("That is before the group was asked. Check the date.")


class RoundClosed(Refusal):
    """The time to answer is over."""

    sentence = _("The time to answer is over, so this answer was not kept. Tell the chair.")


class RoundEnded(RoundClosed):
    """The question was decided or taken back while somebody was answering."""

    def __init__(self, *, is_taken_back: bool) -> None:
        """Say which of the two it was."""
        if is_taken_back:
            words = _("This question was taken back meanwhile, so this answer was not kept.")
        else:
            words = _("This was decided meanwhile, so this answer was not kept. Tell the chair.")
        super().__init__(words)


class OutsideElectorate(Refusal):
    """Only those seated when the question was put may answer it."""

    sentence = _("Only people who held a seat when the group was asked can answer.")


class SeatEnded(Refusal):
    """Whoever has left the group can no longer answer, though the question was put to them."""

    sentence = _("This seat had ended by then, so this answer was not kept.")


class HeardByTwo(Refusal):
    """Two people heard it: the one who writes it down, and another, who isn't the member either."""

    sentence = _("Name somebody else who heard it in the room: not yourself, and not the member.")


def give_answer(
    *,
    round: Round,
    seat: Seat | None,
    answer: str,
    by: Actor,
    reason: str = "",
    how: str = WrittenDown.OTHER,
    heard_by: User | None = None,
    at: datetime | None = None,
) -> Response:
    """Keep an answer from a seat. A change of mind is another answer.

    A reason is asked for when the answer is "not yet" or "object", but never demanded: a person may
    tell the chair in private instead. The member gives it, signed in or with a pass; anybody else
    writes it down for them, and says ``how`` it was learnt of and who else heard it. That never
    takes the place of the member's own: see ``counting_answer``. The member is told by letter. The
    same sent twice is kept once. ``at`` is when it reached us, now unless told: whether it was in
    time is judged by that. Without a ``seat``, as for one the round does not ask, it is refused.

    Raises RoundNotOpenYet, RoundClosed, OutsideElectorate, SeatEnded, HeardByTwo, PassOver and
    ValidationError.
    """
    with recorded(project=round.project, by=by) as ledger:
        moment = at or timezone.now()
        seat = _check_asked(round, seat, moment)
        given = answers_given(round, seat)
        is_own = isinstance(by, Pass) or seat.user_id == by.pk
        _check_open(round, moment, puts_right=is_own and _is_to_be_put_right(given))
        response = Response(
            round=round,
            seat=seat,
            answer=answer,
            reason=reason.strip(),
            recorded_by=by if isinstance(by, User) else None,
            given_pass=by if isinstance(by, Pass) else None,
            how="" if is_own else how,
            heard_by=None if is_own or how != WrittenDown.ROOM else heard_by,
            at=moment,
        )
        if response.heard_by_id and response.heard_by_id in {response.recorded_by_id, seat.user_id}:
            raise HeardByTwo
        response.full_clean(exclude=["round", "seat", "recorded_by", "given_pass", "heard_by"])
        last = given[-1] if given else None
        if last is not None and _said(last) == _said(response):
            return last
        response.save()
        _record(ledger, response, counting_answer(given), waiting_answer([*given, response]))
    return response


def _is_to_be_put_right(given: list[Response]) -> bool:
    """Whether what counts for a member was written down, and the member never said it is right."""
    counting = counting_answer(given)
    return counting is not None and not counting.is_own and not counting.is_confirmed_by_member


def _check_open(round: Round, moment: datetime, *, puts_right: bool) -> None:
    """Refuse an answer that comes before the question, or after it is over.

    Read again, now that the chain is locked: it may have been closed, decided or taken back since.
    What others wrote down for a member they can put right until it is decided.
    """
    if moment < round.opened_at:
        raise RoundNotOpenYet
    asked: Round = Round.every.select_related("decision").get(pk=round.pk)
    if asked.taken_back_at is not None or hasattr(asked, "decision"):
        raise RoundEnded(is_taken_back=asked.taken_back_at is not None)
    if not (puts_right or asked.takes_answers_at(moment)):
        raise RoundClosed


def _record(
    ledger: Ledger, response: Response, before: Response | None, waiting: Response | None
) -> None:
    """Write the entry for an answer; have a member told what was written down for them."""
    seat = response.seat
    now: dict[str, UUID | str | bool] = {
        "seat": seat.uuid,
        "answer": response.answer,
        "for_someone_else": not response.is_own,
    }
    if not response.is_own:
        now |= {"how": response.how, "waits": waiting is not None}
    if response.heard_by is not None:
        now["heard_by"] = response.heard_by.uuid
    ledger.record(
        "steering.answer_given",
        subject=response.round,
        was={"answer": before.answer} if before else {},
        now=now,
        follow_up=False,
        attests=[response],
    )
    # Of the past nobody is told: it is how records from before are brought in.
    if not response.is_own and ledger.at - response.at < _OF_THE_PAST:
        notify_of_written_down_answer(response=response)


def _check_asked(round: Round, seat: Seat | None, moment: datetime) -> Seat:
    """Read a seat again, now that the chain is locked. Refuse one not asked, or ended by then."""
    rows = round.electorate.select_related("user")
    found: Seat | None = rows.filter(pk=seat.pk).first() if seat else None
    if found is None:
        raise OutsideElectorate
    if found.has_ended_by(timezone.localdate(moment)):
        raise SeatEnded
    return found


def _said(response: Response) -> tuple[object, ...]:
    """Return what makes an answer the same as the one before: what it says, and from whom."""
    by = (response.recorded_by_id, response.given_pass_id)
    return (response.answer, response.reason, *by, response.how, response.heard_by_id)
