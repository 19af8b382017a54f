"""Changes to seats: who sits on the steering group, for which sector, from when until when."""

from datetime import date

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Membership, Organisation, Project, Role, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from coproduction.projects.services.membership import add_member
from steering.models import Meeting, Response, Round, Seat
from steering.queries.group import was_seat_used
from steering.services.refusals import NotOfThisProject


class NotOnTheTeam(Refusal):
    """The person can't open this project's pages yet."""

    sentence = _("This person can't sign in to this project yet. Invite them first.")


class AlreadySeated(Refusal):
    """One person, one seat: two would be two votes."""

    sentence = _("This person holds a seat already. End that seat first, or choose someone else.")


class SeatHasAnswered(Refusal):
    """Its answers were one person's: they can't become another's."""

    sentence = _("This seat has answered the group's questions. End it, and add a new seat.")


class SeatIsAnswering(Refusal):
    """Who may answer a question was fixed when it was put: it is that person's to answer."""

    sentence = _(
        "The group has a question in front of it that was put to the person in this seat. "
        "Decide that first, or end this seat and add a new one."
    )


class NobodySignsIn(Refusal):
    """A role is a person's."""

    sentence = _("Nobody signs in for this seat. Say first who does.")


class LeavesBeforeAsked(Refusal):
    """A seat in a round's electorate was held on the day the round opened."""

    sentence = _(
        "The group was asked something later than that, with this person among those asked. "
        "Decide that first, or choose a later day."
    )


class LeavesBeforeAnswering(Refusal):
    """An answer was given from the seat, so it was held that day."""

    sentence = _(
        "This person gave an answer later than that. Choose the day of it, or a later one."
    )


class LeavesBeforeMeeting(Refusal):
    """Who came to a meeting as a member was a member on that day."""

    sentence = _("This person came to a meeting on that day, or later. Choose a later day.")


class SeatHasEnded(Refusal):
    """The seat was given up before."""

    sentence = _("This seat has ended already. Add a new seat if the person comes back.")


class SeatInUse(Refusal):
    """What the group did from a seat holds it in place."""

    sentence = _(
        "The group has asked this person something, or written down that they came. End the seat "
        "instead: what was said from it stays."
    )


class LeavesBeforeSeated(Refusal):
    """Nobody leaves before they came."""

    sentence = _("The last day can't be before the first day. Check the date.")


def _check_person(
    project: Project, user: User | None, from_day: date, until: date | None, but: Seat | None
) -> None:
    """Refuse a person who can't open the project, or who holds another seat at the time."""
    if user is None:
        return
    if not Membership.objects.filter(project=project, user=user).exists():
        raise NotOnTheTeam
    held = Seat.objects.of(project).filter(user=user)
    held = held.filter(Q(left_on__isnull=True) | Q(left_on__gt=from_day))
    if until is not None:
        held = held.filter(seated_on__lt=until)
    if but is not None:
        held = held.exclude(pk=but.pk)
    if held.exists():
        raise AlreadySeated


def _check_organisation(project: Project, organisation: Organisation | None) -> None:
    """Refuse another project's organisation."""
    if organisation is not None and organisation.project_id != project.pk:
        raise NotOfThisProject


def seat_member(
    *,
    project: Project,
    name: str,
    sector: str,
    seated_on: date,
    by: User,
    user: User | None = None,
    organisation: Organisation | None = None,
    sending: SentForm | None = None,
) -> Seat:
    """Give someone a seat; one ``sending`` of a form gives one.

    Without a ``user`` others record their answers for them. Raises NotOnTheTeam, AlreadySeated,
    NotOfThisProject, MadeAlready and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Seat)) is not None:
            return made
        _check_person(project, user, seated_on, None, None)
        _check_organisation(project, organisation)
        seat = Seat(
            project=project,
            name=name.strip(),
            sector=sector,
            user=user,
            organisation=organisation,
            seated_on=seated_on,
        )
        seat.full_clean()
        seat.save()
        ledger.record("steering.member_seated", subject=seat, now=_facts(seat), sending=sending)
    return seat


def change_seat(
    *,
    seat: Seat,
    name: str,
    sector: str,
    user: User | None,
    organisation: Organisation | None,
    by: User,
    seen: Seen | None = None,
) -> Seat:
    """Put right what a seat says; a seat that nobody signs in to may be given a sign-in.

    Taking a sign-in off counts as changing hands, since the next step could give it to another.
    Raises SeatHasAnswered, SeatIsAnswering, NotOnTheTeam, AlreadySeated, NotOfThisProject and
    ChangedMeanwhile.
    """
    project = seat.project
    with recorded(project=project, by=by) as ledger:
        kept = Seat.objects.get(pk=seat.pk)
        was, before = _facts(kept), kept.user
        person = {"name": name.strip(), "user": user}
        ledger.change(
            kept, seen=seen, together=[person], sector=sector, organisation=organisation, **person
        )
        if kept.user != before:
            if before is not None:
                _check_keeps_hands(kept)
            _check_person(project, kept.user, kept.seated_on, kept.left_on, kept)
        _check_organisation(project, kept.organisation)
        kept.full_clean()
        kept.save()
        ledger.record("steering.seat_changed", subject=kept, was=was, now=_facts(kept))
    return kept


def let_holder_answer(*, seat: Seat, by: User) -> Membership:
    """Give the holder of a seat the role that lets members answer; who has it keeps it.

    Raises NobodySignsIn.
    """
    with recorded(project=seat.project, by=by) as ledger:
        holder = ledger.refresh(seat).user
        if holder is None:
            raise NobodySignsIn
        return add_member(project=seat.project, user=holder, role=Role.MEMBER, by=by)


def end_seat(*, seat: Seat, left_on: date, by: User) -> Seat:
    """End a seat on a day: from then on nobody answers from it.

    Rounds opened before keep it among those asked, with the answer it gave. Raises SeatHasEnded,
    LeavesBeforeSeated, LeavesBeforeAsked, LeavesBeforeAnswering and LeavesBeforeMeeting.
    """
    with recorded(project=seat.project, by=by) as ledger:
        kept = Seat.objects.get(pk=seat.pk)
        if kept.left_on is not None:
            raise SeatHasEnded
        if left_on < kept.seated_on:
            raise LeavesBeforeSeated
        _check_was_held(kept, left_on)
        kept.left_on = left_on
        kept.full_clean()
        kept.save(update_fields=["left_on"])
        ledger.record("steering.seat_left", subject=kept, now={"left_on": left_on})
    return kept


def remove_seat(*, seat: Seat, by: User) -> None:
    """Take away a seat that was made by mistake; one taken away before is left. Raises SeatInUse.

    Only one from which nothing was ever asked, said or attended: any other ends on a day.
    """
    with recorded(project=seat.project, by=by) as ledger:
        kept = Seat.objects.filter(pk=seat.pk).first()
        if kept is None:
            return
        if was_seat_used(kept):
            raise SeatInUse
        ledger.record("steering.seat_removed", subject=kept, was=_facts(kept))
        kept.delete()


def _check_keeps_hands(seat: Seat) -> None:
    """Refuse to take a seat from a person whose answers, or whose question, it holds."""
    if Response.objects.filter(seat=seat).exists():
        raise SeatHasAnswered
    if Round.objects.undecided().filter(electorate=seat).exists():
        raise SeatIsAnswering


def _check_was_held(seat: Seat, left_on: date) -> None:
    """Refuse a last day that what the seat was asked, or said, contradicts."""
    asked = Round.objects.undecided().filter(electorate=seat).aggregate(last=Max("opened_at"))
    if asked["last"] is not None and left_on < timezone.localdate(asked["last"]):
        raise LeavesBeforeAsked
    answered = Response.objects.filter(seat=seat).aggregate(last=Max("at"))
    if answered["last"] is not None and left_on < timezone.localdate(answered["last"]):
        raise LeavesBeforeAnswering
    if Meeting.objects.filter(attended=seat, date__gte=left_on).exists():
        raise LeavesBeforeMeeting


def _facts(seat: Seat) -> dict[str, object]:
    """What the audit trail keeps of a seat: never the name."""
    return {
        "sector": seat.sector,
        "user": seat.user.uuid if seat.user else None,
        "organisation": seat.organisation.uuid if seat.organisation else None,
        "seated_on": seat.seated_on,
        "left_on": seat.left_on,
    }
