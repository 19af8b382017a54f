"""Telling members by e-mail what they should know: that they are asked, and what was changed."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.projects.access import allowed, roles_of
from coproduction.projects.models import Project, User
from coproduction.projects.services.letter import send_letters
from steering.models import Decision, Meeting, Response, Round, Seat, SeatQuerySet


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
    letters = [
        _letter(user, theirs[0].project, theirs)
        for user, theirs in asked.items()
        if allowed(roles_of(user, theirs[0].project), "rounds.respond")
    ]
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
    if user is None or not allowed(roles_of(user, project), "rounds.respond"):
        return 0
    with translation.override(user.language):
        takes = {"project": project.slug, "uuid": new.round.uuid}
        about = {
            "project": project,
            "round": new.round,
            "by": new.recorded_by,
            "url": f"{settings.SITE_URL}{reverse('steering:round', kwargs=takes)}",
        }
        letter = _written("replaced", user, about)
    return send_letters([letter])


def notify_of_round_change(*, round: str, what: str) -> int:
    """Write to those a round asked what became of it: closed, longer or taken_back."""
    moved = Round.every.select_related("project", "wording__action").get(uuid=round)
    path = {"project": moved.project.slug, "uuid": moved.uuid}
    letters = []
    for user in _sign_ins(moved.project, moved.electorate.all()):
        with translation.override(user.language):
            about = {
                "project": moved.project,
                "round": moved,
                "what": what,
                "url": f"{settings.SITE_URL}{reverse('steering:round', kwargs=path)}",
            }
            letters.append(_written("moved", user, about))
    return send_letters(letters)


def notify_of_meeting(*, meeting: str, what: str) -> int:
    """Write to everybody who holds a seat on its day that a meeting is called, or moved.

    Nobody is called to a meeting that is over: the mail server may have been away that long.
    """
    found = Meeting.objects.select_related("project").get(uuid=meeting)
    if found.date < timezone.localdate():
        return 0
    path = {"project": found.project.slug, "uuid": found.uuid}
    letters = []
    for user in _sign_ins(found.project, Seat.objects.of(found.project).held_on(found.date)):
        with translation.override(user.language):
            about = {
                "project": found.project,
                "meeting": found,
                "what": what,
                "url": f"{settings.SITE_URL}{reverse('steering:meeting', kwargs=path)}",
            }
            letters.append(_written("meeting", user, about))
    return send_letters(letters)


def _sign_ins(project: Project, seats: SeatQuerySet) -> list[User]:
    """Return the people who hold these seats and can sign in to answer."""
    holders = {
        seat.user: None
        for seat in seats.not_ended().select_related("user").order_by("pk")
        if seat.user is not None
    }
    return [user for user in holders if allowed(roles_of(user, project), "rounds.respond")]


def _letter(user: User, project: Project, rounds: list[Round]) -> EmailMessage:
    """Write the message to one person, in their language."""
    with translation.override(user.language):
        path = reverse("steering:home", kwargs={"project": project.slug})
        about = {
            "project": project,
            "rounds": rounds,
            "number": len(rounds),
            "closes_at": min(round.closes_at for round in rounds),
            "url": f"{settings.SITE_URL}{path}",
        }
        return _written("asked", user, about)


def _written(kind: str, user: User, about: dict[str, object]) -> EmailMessage:
    """Put a message of a kind into words, in the language that is active."""
    about = {"person": user, **about}
    return EmailMessage(
        subject=render_to_string(f"steering/email/{kind}_subject.txt", about).strip(),
        body=render_to_string(f"steering/email/{kind}_message.txt", about),
        to=[user.email],
    )
