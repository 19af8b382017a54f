"""Changes to answers: what members say to a wording, or have somebody write down for them."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from steering.models import Answer, Response, Round, Seat
from steering.services.notifications import notify_of_replaced_answer


class RoundNotOpenYet(Refusal):
    """An answer is dated before the question."""

    sentence = _("That is before the group was asked. Check the date.")


class RoundClosed(Refusal):
    """The time to answer is over."""

    sentence = _("The time to answer is over, so this answer was not kept. Tell the chair.")


class OutsideElectorate(Refusal):
    """Only those seated when the question was put may answer it."""

    sentence = _("Only people who held a seat when the group was asked can answer.")


class SeatEnded(Refusal):
    """Whoever has left the group answers no more, though the question was put to them."""

    sentence = _("This seat had ended by then, so this answer was not kept.")


class AnsweredThemselves(Refusal):
    """A member's own answer is theirs: nobody replaces it without meaning to.

    ``own`` is the answer that would be replaced.
    """

    def __init__(self, own: Response) -> None:
        """Say whose it is, and what it says."""
        about = {"name": own.seat.name, "answer": Answer(own.answer).label}
        super().__init__(
            _(
                "%(name)s has answered already: %(answer)s. "
                "Replace that answer? %(name)s will be told that you did."
            )
            % about
        )
        self.own = own


def give_answer(
    *,
    round: Round,
    seat: Seat | None,
    answer: str,
    by: User,
    reason: str = "",
    replacing: Response | None = None,
    at: datetime | None = None,
) -> Response:
    """Keep an answer from a seat. A change of mind is another answer, and the last counts.

    A reason is asked for when the answer is "not yet" or "object", but never demanded: a person may
    tell the chair in private instead. Who gave it is kept: the member, or somebody who wrote it
    down. An answer that the member gave is replaced by somebody else only when ``replacing`` names
    it, and the member is told. The same answer sent twice is kept once. ``at`` is when it reached
    us, now unless told: whether it was in time is judged by that, and the last by that counts.
    Without a ``seat``, as for one the round does not ask, it is refused.

    Raises RoundNotOpenYet, RoundClosed, OutsideElectorate, SeatEnded, AnsweredThemselves and
    ValidationError.
    """
    with recorded(project=round.project, by=by) as ledger:
        moment = at or timezone.now()
        _check_open(round, moment)
        seat = _check_asked(round, seat, moment)
        response = Response(
            round=round,
            seat=seat,
            answer=answer,
            reason=reason.strip(),
            recorded_by=by,
            at=moment,
        )
        response.full_clean(exclude=["round", "seat", "recorded_by"])
        last = round.responses.filter(seat=seat).select_related("seat").last()
        if last is not None and _same(last, response):
            return last
        theirs = last if last is not None and last.is_own and seat.user_id != by.pk else None
        if theirs is not None and theirs != replacing:
            raise AnsweredThemselves(theirs)
        response.save()
        _record(ledger, response, last, replaces=theirs is not None)
    return response


def _check_open(round: Round, moment: datetime) -> None:
    """Refuse an answer that comes before the question, or after it is over.

    Read anew, now that the chain is locked: it may have been closed, decided or taken back since.
    """
    if moment < round.opened_at:
        raise RoundNotOpenYet
    asked: Round | None = Round.objects.undecided().filter(pk=round.pk).first()
    if asked is None or not asked.takes_answers_at(moment):
        raise RoundClosed


def _record(ledger: Ledger, response: Response, last: Response | None, *, replaces: bool) -> None:
    """Write the entry for an answer; have a member told whose own answer it replaces."""
    seat = response.seat
    ledger.record(
        "steering.answer_given",
        subject=response.round,
        was={"answer": last.answer} if last else {},
        now={
            "seat": seat.uuid,
            "answer": response.answer,
            "for_someone_else": seat.user_id != response.recorded_by_id,
            "replaces_their_own": replaces,
        },
        follow_up=False,
    )
    if replaces:
        notify_of_replaced_answer(response=response)


def _check_asked(round: Round, seat: Seat | None, moment: datetime) -> Seat:
    """Read a seat afresh, now that the chain is locked. Refuse one not asked, or ended by then."""
    found: Seat | None = round.electorate.filter(pk=seat.pk).first() if seat else None
    if found is None:
        raise OutsideElectorate
    if found.has_ended_by(timezone.localdate(moment)):
        raise SeatEnded
    return found


def _same(last: Response, new: Response) -> bool:
    """Whether an answer says again what the seat's last one said."""
    return (last.answer, last.reason, last.recorded_by_id) == (
        new.answer,
        new.reason,
        new.recorded_by_id,
    )
