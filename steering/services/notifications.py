"""Telling members by e-mail what they should know: that they are asked, and what was changed.

The letters are written in the transaction of the change they tell of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import PassScope, Project, Role, TrailHead, User
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.passes import give_pass
from steering.models import Decision, Meeting, Response, Round, Seat, SeatQuerySet
from steering.queries.agreement import status_of_action
from steering.queries.answer import answers_given, last_own_answer, waiting_answer
from workshops.models import Action

# After a round closes it may be a while until it is decided; until then it can be confirmed.
_TIME_TO_CONFIRM = timedelta(days=14)
_TIME_TO_RENEW = timedelta(days=90)


def notify_of_rounds(*, rounds: Sequence[Round]) -> int:
    """Write to everybody who can answer these rounds and sign in to do it; return how many.

    Each gets one message, in their own language, however many rounds there are. It names the
    actions and when they close, and holds nothing anybody said about them. Rounds decided since
    are left out.
    """
    waiting = (
        Round.objects.filter(pk__in=[round.pk for round in rounds])
        .exclude(pk__in=Decision.objects.values("round"))
        .select_related("project", "wording__action")
        .prefetch_related("electorate__user")
        .order_by("wording__action__number")
    )
    asked: dict[User, list[Round]] = defaultdict(list)
    for round in waiting:
        for seat in round.electorate.all():
            if seat.user is not None and not seat.has_ended:
                asked[seat.user].append(round)
    if not asked:
        return 0
    project = waiting[0].project
    drafts = []
    for user in _answering(project, asked):
        theirs = asked[user]
        closes_at = min(round.closes_at for round in theirs)
        about = {"rounds": theirs, "number": len(theirs), "closes_at": closes_at}
        page, takes = ("round", {"uuid": theirs[0].uuid}) if len(theirs) == 1 else ("home", {})
        drafts.append(_draft("round_opened", user, project, about, page, **takes))
    last = max(round.closes_at for round in waiting)
    return _write("round_opened", project, drafts, expires_at=last)


def notify_of_written_down_answer(*, response: Response) -> int:
    """Write to a member what was written down for them, and to whoever heard it; return how many.

    The member's letter holds a pass: with its link, or with its short code on the phone, they say
    that it is what they said, or put it right.
    """
    user, heard_by = response.seat.user, response.heard_by
    round, project = response.round, response.round.project
    given = answers_given(round, response.seat)
    is_asked = Round.objects.undecided().filter(pk=round.pk).exists()
    about = {"response": response, "round": round, "is_decided": not is_asked}
    about["own"], about["waits"] = last_own_answer(given), waiting_answer(given) is not None
    drafts = []
    ends_at = max(round.closes_at, timezone.now()) + _TIME_TO_CONFIRM
    if user is not None:
        passed = give_pass(
            project=project,
            scope=PassScope.ANSWER,
            subject=response.uuid,
            holder=response.seat.name,
            ends_at=ends_at,
            by=response.recorded_by,
            language=user.language,
        )
        about["code"] = f"{passed.code[:3]} {passed.code[3:]}"
        page, takes = "answer_by_pass", {"token": passed.token}
        drafts.append(_draft("answer_written_down", user, project, about, page, **takes))
    if heard_by is not None and about["waits"]:
        drafts.append(_draft("answer_heard", heard_by, project, about, "round", uuid=round.uuid))
    return _write("answer_written_down", project, drafts, expires_at=ends_at)


def notify_of_word_to_renew(*, action: Action, by: User) -> int:
    """Ask a lead again whose word was given to an earlier wording; return how many letters.

    The partner is asked where they left an address, with a pass; whoever recorded their word, and
    the chair, in any case. Their earlier word stands until then, as given to the earlier wording.
    Whoever decided gives the pass: the earlier word may have come by a pass, from nobody here.
    """
    status = status_of_action(action)
    earlier, agreed = status.earlier_commitment, status.agreed
    if earlier is None or agreed is None:
        return 0
    project = action.project
    chairs = User.objects.filter(
        memberships__project=project, memberships__role=Role.CHAIR, is_active=True
    )
    people = dict.fromkeys([*([earlier.by] if earlier.by else []), *chairs])
    about = {"action": action, "wording": agreed, "earlier": earlier, "is_partner": False}
    drafts = [
        _draft("word_to_renew", each, project, about, "action_status", uuid=action.uuid)
        for each in people
    ]
    if earlier.contact_email:
        passed = give_pass(
            project=project,
            scope=PassScope.COMMITMENT,
            subject=agreed.uuid,
            holder=str(earlier.organisation),
            ends_at=timezone.now() + _TIME_TO_RENEW,
            by=by,
            language=project.languages[0],
        )
        partner = User(email=earlier.contact_email, language=project.languages[0])
        takes = {"token": passed.token}
        asked = about | {"is_partner": True}
        drafts.append(
            _draft("word_to_renew", partner, project, asked, "commitment_by_pass", **takes)
        )
    return _write("word_to_renew", project, drafts)


def notify_of_round_change(*, round: Round, what: str) -> int:
    """Write to those a round asked what became of it: closed, longer or taken_back."""
    project, about = round.project, {"round": round, "what": what}
    drafts = [
        _draft("round_changed", each, project, about, "round", uuid=round.uuid)
        for each in _sign_ins(project, round.electorate.all())
    ]
    return _write("round_changed", project, drafts)


def notify_of_meeting(*, meeting: Meeting, what: str) -> int:
    """Write to everybody who holds a seat on its day that a meeting is called, moved or called_off.

    Nobody is called to a meeting that is over: the mail server may have been away that long. Of
    its ``minutes`` those are told who hold a seat now.
    """
    today = timezone.localdate()
    if meeting.date < today and what != "minutes":
        return 0
    project, about = meeting.project, {"meeting": meeting, "what": what}
    kind = {"called_off": "meeting_called_off", "minutes": "minutes_ready"}.get(what, "meeting")
    held_on, expires_at = (today, None) if what == "minutes" else (meeting.date, _end_of(meeting))
    drafts = [
        _draft(kind, each, project, about, "meeting", uuid=meeting.uuid)
        for each in _sign_ins(project, Seat.objects.of(project).held_on(held_on))
    ]
    return _write(kind, project, drafts, expires_at=expires_at)


def notify_of_sealed_minutes(*, meeting: Meeting, head: TrailHead) -> int:
    """Write to the chairs and co-ordinators that minutes are sealed; return how many letters.

    Each holds the end of the trail at that moment, so that it stands where nobody here can change
    it.
    """
    project = meeting.project
    people = User.objects.filter(
        memberships__project=project,
        memberships__role__in=[Role.CHAIR, Role.COORDINATOR],
        is_active=True,
    )
    path = reverse("projects:trail", kwargs={"project": project.slug})
    about = {"meeting": meeting, "head": head, "trail_url": f"{settings.SITE_URL}{path}"}
    drafts = [
        _draft("minutes_sealed", each, project, about, "meeting", uuid=meeting.uuid)
        for each in people.distinct().order_by("pk")
    ]
    return _write("minutes_sealed", project, drafts)


def _end_of(meeting: Meeting) -> datetime:
    """Return when the day of a meeting is over."""
    return timezone.make_aware(datetime.combine(meeting.date + timedelta(days=1), time()))


def _write(
    kind: str, project: Project, drafts: Sequence[Draft], *, expires_at: datetime | None = None
) -> int:
    """Write these letters, all of them or none; return how many."""
    return len(write_letters(project=project, kind=kind, drafts=drafts, expires_at=expires_at))


def _sign_ins(project: Project, seats: SeatQuerySet) -> list[User]:
    """Return the people who hold these seats and can sign in to answer."""
    held = seats.not_ended().exclude(user=None).select_related("user").order_by("pk")
    return _answering(project, [seat.user for seat in held if seat.user is not None])


def _answering(project: Project, users: Iterable[User]) -> list[User]:
    """Return those of some people, each once, who may sign in and answer."""
    able = set(
        User.objects.filter(
            memberships__project=project,
            memberships__role__in=CAPABILITIES["rounds.respond"],
            is_active=True,
        ).values_list("pk", flat=True)
    )
    return [user for user in dict.fromkeys(users) if user.pk in able]


def _draft(
    kind: str,
    user: User,
    project: Project,
    about: Mapping[str, object],
    page: str,
    **takes: object,
) -> Draft:
    """Write a message of a kind to one person, in their language, with the address of a page."""
    with translation.override(user.language):
        path = reverse(f"steering:{page}", kwargs={"project": project.slug, **takes})
        url = f"{settings.SITE_URL}{path}"
        context = {"person": user, "project": project, "url": url, **about}
        return Draft(
            to=user.email,
            subject=render_to_string(f"steering/email/{kind}_subject.txt", context),
            text=render_to_string(f"steering/email/{kind}_message.txt", context),
            language=user.language,
        )
