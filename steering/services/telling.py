"""Telling members that the group has something in front of it: by e-mail, one for all of it."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from coproduction.projects.access import allowed, roles_of
from coproduction.projects.models import Project, User
from steering.models import Decision, Round


def tell_members(*, rounds: Sequence[str]) -> int:
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
    return get_connection().send_messages(letters) or 0


def _letter(user: User, project: Project, rounds: list[Round]) -> EmailMessage:
    """Write the message to one person, in their language."""
    with translation.override(user.language):
        path = reverse("steering:home", kwargs={"project": project.slug})
        about = {
            "person": user,
            "project": project,
            "rounds": rounds,
            "number": len(rounds),
            "closes_at": min(round.closes_at for round in rounds),
            "url": f"{settings.SITE_URL}{path}",
        }
        return EmailMessage(
            subject=render_to_string("steering/email/asked_subject.txt", about).strip(),
            body=render_to_string("steering/email/asked_message.txt", about),
            to=[user.email],
        )
