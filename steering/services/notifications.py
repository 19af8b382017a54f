"""Telling members by e-mail what they should know: that they are asked, and what was changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.jobs.services import FOR_A_DAY, enqueue
from coproduction.projects.access import allowed, roles_of
from coproduction.projects.models import Project, User
from coproduction.projects.services.letter import send_letters
from steering.models import Decision, Meeting, Response, Round, Seat, SeatQuerySet


def notify_later(task: str, project: Project, **arguments: object) -> None:
    """Have one of the group's tasks write its letters once what is being recorded is saved."""
    enqueue(task=task, scope=str(project.uuid), arguments=arguments, tries=FOR_A_DAY)


def notify_of_rounds(*, rounds: Sequence[str]) -> int:
    """Write to everybody who can answer these rounds and sign in to do it; return how many.

    Each gets one message, in their own language, however many rounds there are. It names the
    actions and when they close, and holds nothing anybody said about them. Rounds decided since
    are left out.
    """
    waiting = (
        Round.objects.filter(uuid__in=rounds)
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
    letters = []
    for user, theirs in asked.items():
        project, closes_at = theirs[0].project, min(round.closes_at for round in theirs)
        if _answers(user, project):
            about = {"rounds": theirs, "number": len(theirs), "closes_at": closes_at}
            letters.append(_letter("round_opened", user, project, about, "home"))
    # All at once: a worker that dies before this has told nobody, and tells everybody next time.
    return send_letters(letters)


def notify_of_replaced_answer(*, response: int) -> int:
    """Write to a member that somebody replaced the answer they had given; return how many.

    It names the action and who did it. What was answered stands on the page, for their eyes only.
    """
    new = Response.objects.select_related(
        "seat__user", "recorded_by", "round__project", "round__wording__action"
    ).get(pk=response)
    user, project = new.seat.user, new.round.project
    if user is None or not _answers(user, project):
        return 0
    about = {"round": new.round, "by": new.recorded_by}
    return send_letters(
        [_letter("answer_replaced", user, project, about, "round", uuid=new.round.uuid)]
    )


def notify_of_round_change(*, round: str, what: str) -> int:
    """Write to those a round asked what became of it: closed, longer or taken_back."""
    moved = Round.every.select_related("project", "wording__action").get(uuid=round)
    about = {"round": moved, "what": what}
    members = _sign_ins(moved.project, moved.electorate.all())
    return send_letters(
        [
            _letter("round_changed", each, moved.project, about, "round", uuid=round)
            for each in members
        ]
    )


def notify_of_meeting(*, meeting: str, what: str) -> int:
    """Write to everybody who holds a seat on its day that a meeting is called, moved or called_off.

    Nobody is called to a meeting that is over: the mail server may have been away that long. Of
    its ``minutes`` those are told who hold a seat now.
    """
    found = Meeting.objects.select_related("project").get(uuid=meeting)
    today = timezone.localdate()
    if found.date < today and what != "minutes":
        return 0
    project, about = found.project, {"meeting": found, "what": what}
    kind = {"called_off": "meeting_called_off", "minutes": "minutes_ready"}.get(what, "meeting")
    members = _sign_ins(
        project, Seat.objects.of(project).held_on(today if what == "minutes" else found.date)
    )
    return send_letters(
        [_letter(kind, each, project, about, "meeting", uuid=meeting) for each in members]
    )


def _sign_ins(project: Project, seats: SeatQuerySet) -> list[User]:
    """Return the people who hold these seats and can sign in to answer."""
    held = seats.not_ended().exclude(user=None).select_related("user").order_by("pk")
    return [user for user in dict.fromkeys(seat.user for seat in held) if _answers(user, project)]


def _answers(user: User, project: Project) -> bool:
    """Whether somebody may sign in and answer."""
    return allowed(roles_of(user, project), "rounds.respond")


def _letter(
    kind: str,
    user: User,
    project: Project,
    about: Mapping[str, object],
    page: str,
    **takes: object,
) -> EmailMessage:
    """Write a message of a kind to one person, in their language, with the address of a page."""
    with translation.override(user.language):
        path = reverse(f"steering:{page}", kwargs={"project": project.slug, **takes})
        url = f"{settings.SITE_URL}{path}"
        context = {"person": user, "project": project, "url": url, **about}
        return EmailMessage(
            subject=render_to_string(f"steering/email/{kind}_subject.txt", context).strip(),
            body=render_to_string(f"steering/email/{kind}_message.txt", context),
            to=[user.email],
        )
