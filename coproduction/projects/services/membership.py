"""Giving people roles in a project and taking them away, and inviting them."""

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Membership, Project, Role, User
from coproduction.projects.queries.letter import ON_ITS_WAY, state_of_letter
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, SentForm
from coproduction.projects.services.letter import (
    Draft,
    drop_letter,
    requeue_letter,
    write_letters,
)
from coproduction.projects.services.person import find_or_add_person, welcome
from coproduction.projects.services.session import end_sessions


class LastCoordinator(Refusal):
    """A project always keeps someone who can manage it."""

    sentence = _("A project needs a co-ordinator. Add another one first.")


class NotComeYet(Refusal):
    """Whoever can invite an address can't sign its owner out."""

    sentence = _("They have not come to this project yet. Take the role away if they should not.")


class NoAddress(Refusal):
    """Nobody can be written to whose address did not come along."""

    sentence = _('We have no address of theirs. Give one first: choose "Invite them".')


class HasRole(Refusal):
    """Somebody is given a role once."""

    sentence = _("They have that role already. Choose another one, or leave it as it is.")


# What the first person of a project does beside co-ordinating it, until somebody else is to. A seat
# on the group is no role of hers, and whoever co-ordinates may do all that a helper may.
STOOD_IN = (Role.ANALYST, Role.FACILITATOR, Role.CHAIR, Role.EDITOR)


def stand_in_for_others(*, project: Project, user: User) -> None:
    """Give the first person of a project every role that nobody has, until somebody has it."""
    with recorded(project=project, by=user):
        given = set(Membership.objects.filter(project=project).values_list("role", flat=True))
        for role in STOOD_IN:
            if role not in given:
                membership = add_member(project=project, user=user, role=role, by=user)
                membership.stands_in = True
                membership.save(update_fields=["stands_in"])


def _hand_over(membership: Membership, ledger: Ledger) -> None:
    """Take a role that somebody else was given from who held it until then."""
    role = Membership.objects.filter(project=membership.project, role=membership.role)
    for held in role.filter(stands_in=True).exclude(pk=membership.pk):
        was = {"user": held.user.uuid, "role": held.role}
        ledger.record("projects.member_removed", subject=held, was=was)
        held.delete()


def add_member(
    *, project: Project, user: User, role: str, by: User, sending: SentForm | None = None
) -> Membership:
    """Give a person a role in a project; giving it twice changes nothing.

    Whoever held it only until somebody else had it has it no more.
    """
    with recorded(project=project, by=by) as ledger:
        existing = Membership.objects.filter(project=project, user=user, role=role).first()
        if existing is not None and not existing.stands_in:
            return existing
        membership = existing or Membership(project=project, user=user, role=role)
        # Given in so many words, it stays theirs.
        membership.stands_in = False
        membership.full_clean()
        membership.save()
        ledger.record(
            "projects.member_added",
            subject=membership,
            now={"user": user.uuid, "role": role},
            sending=sending,
        )
        _hand_over(membership, ledger)
    return membership


def invite_member(
    *,
    project: Project,
    email: str,
    role: str,
    by: User,
    also: Sequence[str] = (),
    name: str = "",
    language: str = "",
    sending: SentForm | None = None,
) -> Membership:
    """Give somebody a role by their e-mail address, and have them told; return the first given.

    Further roles may be given ``also``, in one letter; of several, those they have already stay. By
    one ``sending`` of a form once; with another address it is another invitation. Raises HasRole
    where they have all of it already, and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        with suppress(MadeAlready):
            if (made := ledger.made_before(sending, Membership)) is not None:
                return made
        user = find_or_add_person(email=email, name=name, language=language or project.languages[0])
        here = Membership.objects.filter(project=project, user=user)
        roles = list(dict.fromkeys([role, *also]))
        known = list(here.filter(role__in=roles, stands_in=False).order_by("pk"))
        new = [each for each in roles if each not in {one.role for one in known}]
        if user.came_along:
            welcome(user=user)
            if not new:
                write_invitation(known[0], by=by, also=known[1:])
                ledger.record("projects.member_invited_again", subject=known[0])
                return known[0]
        if not new:
            raise HasRole
        # Of whoever has come the day they did, whichever role they came for.
        first = here.order_by(F("joined_at").asc(nulls_last=True)).first()
        given: list[Membership] = []
        for each in new:
            # The sending made the first of them, and the others with it.
            own = sending if not given else None
            membership = add_member(project=project, user=user, role=each, by=by, sending=own)
            membership.joined_at = first.joined_at if first else None
            membership.invited_as = (first.invited_as if first else "") or name.strip()
            membership.save(update_fields=["joined_at", "invited_as"])
            given.append(membership)
        write_invitation(given[0], by=by, also=given[1:])
    return given[0]


def resend_invitation(*, membership: Membership, by: User) -> Membership:
    """Have the invitation sent once more, when the first did not arrive.

    The same letter where it did not go, else another; nothing while it is on its way. Raises
    NoAddress.
    """
    with recorded(project=membership.project, by=by) as ledger:
        membership.refresh_from_db(fields=["letter"])
        if not membership.user.has_address:
            raise NoAddress
        if state_of_letter(membership.letter) in ON_ITS_WAY:
            return membership
        if not requeue_letter(uuid=membership.letter, to=membership.user.email):
            write_invitation(membership, by=by)
        ledger.record("projects.member_invited_again", subject=membership)
    return membership


def write_invitation(
    membership: Membership, *, by: User | None = None, also: Sequence[Membership] = ()
) -> None:
    """Write to somebody who was given a role, in their language, with the way to sign in.

    The letter tells of those given ``also``, and is the first one's: so it is sent again once.
    """
    user = membership.user
    with translation.override(user.language):
        about = {
            "project": membership.project,
            "roles": ", ".join(str(each.get_role_display()) for each in (membership, *also)),
            "by": by,
            "sign_in_url": f"{settings.SITE_URL}{reverse('account_login')}",
        }
        draft = Draft(
            to=user.email,
            subject=render_to_string("projects/email/invited_subject.txt", about),
            text=render_to_string("projects/email/invited_message.txt", about),
            language=user.language,
        )
    (letter,) = write_letters(project=membership.project, kind="invitation", drafts=[draft])
    membership.letter = letter.uuid
    membership.save(update_fields=["letter"])


def remove_member(*, membership: Membership, by: User) -> None:
    """Take a role away and have them told; one taken away before is left.

    They are signed out at once, wherever they are: who has a page open should not go on with what
    it offers. Not who was only invited, since anybody may invite an address; and not from the
    browser in which they gave a role up themselves, while they have another. Raises LastCoordinator
    for the only one who can sign in.
    """
    project = membership.project
    with recorded(project=project, by=by) as ledger:
        if not Membership.objects.filter(pk=membership.pk).exists():
            # Somebody else did it while we waited for our turn.
            return
        if membership.role == Role.COORDINATOR:
            keep_a_coordinator(project, without=membership.user)
        ledger.record(
            "projects.member_removed",
            subject=membership,
            was={"user": membership.user.uuid, "role": membership.role},
        )
        was_told = not drop_letter(uuid=membership.letter)
        user, has_come = membership.user, membership.joined_at is not None
        if was_told and user.is_active:
            _tell_of_removal(membership)
        membership.delete()
        if not was_told:
            _invite_to_the_rest(membership, by=by)
        has_none_left = not Membership.objects.filter(user=user).exists()
        if has_none_left or (has_come and user != by):
            end_sessions(user=user)


def keep_a_coordinator(project: Project, *, without: User) -> None:
    """Raise LastCoordinator unless somebody else, who can sign in, manages a project."""
    others = Membership.objects.filter(project=project, role=Role.COORDINATOR, user__is_active=True)
    if not others.exclude(user=without).exists():
        raise LastCoordinator


def _invite_to_the_rest(removed: Membership, *, by: User) -> None:
    """Write anew of what somebody is still invited to: the letter that said so was dropped."""
    here = Membership.objects.filter(project=removed.project, user=removed.user)
    untold = list(here.filter(letter=None, joined_at=None).order_by("pk"))
    if untold:
        write_invitation(untold[0], by=by, also=untold[1:])


def _tell_of_removal(membership: Membership) -> None:
    """Write to somebody which role they no longer have, in their language."""
    user, project = membership.user, membership.project
    left = Membership.objects.filter(project=project, user=user).exclude(pk=membership.pk)
    with translation.override(user.language):
        about = {
            "project": project,
            "membership": membership,
            "left": [each.get_role_display() for each in left.order_by("role")],
        }
        draft = Draft(
            to=user.email,
            subject=render_to_string("projects/email/role_removed_subject.txt", about),
            text=render_to_string("projects/email/role_removed_message.txt", about),
            language=user.language,
        )
    write_letters(project=project, kind="role_removed", drafts=[draft])


def sign_out_member(*, membership: Membership, by: User) -> None:
    """Sign somebody on the team out wherever they are signed in.

    How many places that were is not said: they may be at work elsewhere. Raises NotComeYet for
    somebody who was only invited, who is no more than an address to this project.
    """
    with recorded(project=membership.project, by=by) as ledger:
        if membership.joined_at is None:
            raise NotComeYet
        end_sessions(user=membership.user)
        ledger.record(
            "projects.member_signed_out",
            subject=membership,
            now={"user": membership.user.uuid},
            follow_up=False,
        )
