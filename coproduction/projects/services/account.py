"""Closing somebody's account, opening it again, and deleting it for good."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coproduction.languages.typed_text import clean_address
from coproduction.projects.audit import recorded
from coproduction.projects.models import Letter, Membership, Project, Role, User
from coproduction.projects.models.person import DELETED
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from coproduction.projects.services.letter import NO_WORDS, Draft, drop_letter, write_letters
from coproduction.projects.services.membership import (
    NotComeYet,
    keep_a_coordinator,
    write_invitation,
)
from coproduction.projects.services.person import welcome
from coproduction.projects.services.session import end_sessions


class OnOtherTeams(Refusal):
    """An account is everywhere: who manages one project decides nothing about another's people."""

    sentence = _(
        "They are on the team of a project that you don't manage. "
        "Ask the person who looks after this site."
    )


class NotClosedByATeam(Refusal):
    """What somebody did for themselves, or for everybody, no team undoes."""

    sentence = _(
        "They closed it themselves, or the person who looks after this site did. "
        "Only that person can open it again."
    )


class InvitedMeanwhile(Refusal):
    """They have another address by now, by which they were invited."""

    sentence = _(
        "They were invited meanwhile, by another address. Look at the people on the team, and send "
        "the invitation again from there if it did not arrive."
    )


class AddressOfAnother(Refusal):
    """An address is one person's, and nobody takes over another's."""

    sentence = _(
        "Somebody here has that address already. Give another one, or go back and invite that "
        "address to the team."
    )


class StillCoordinates(Refusal):
    """Nobody leaves a project behind that nobody can manage."""

    sentence = _("You are the only co-ordinator of a project. Add another one there first.")


def close_account(*, user: User) -> int:
    """Let somebody sign in no more, and sign them out at once; return in how many places.

    Their roles and seats stay until somebody takes them away, and so does all they did.
    """
    with transaction.atomic():
        _set_active(user, is_active=False, by=None)
        return end_sessions(user=user)


def reopen_account(*, user: User) -> None:
    """Let somebody sign in again whose account was closed."""
    with transaction.atomic():
        _set_active(user, is_active=True, by=None)


def close_own_account(*, user: User) -> None:
    """Close somebody's account at their own wish. Raises StillCoordinates."""
    with transaction.atomic():
        _set_active(user, is_active=False, by=user, allowed=lambda each: _may_leave(user, each))
        end_sessions(user=user)


def close_members_account(*, membership: Membership, by: User) -> None:
    """Close the account of somebody on the team, and have them told.

    Raises NotComeYet for somebody who was only invited, OnOtherTeams, and LastCoordinator.
    """
    user = membership.user
    with transaction.atomic():
        if membership.joined_at is None:
            raise NotComeYet
        _manage_all(user, by)
        _set_active(
            user,
            is_active=False,
            by=by,
            allowed=lambda each: _leaves_a_coordinator(user, each),
        )
        end_sessions(user=user)
        _tell(membership, "closed")


def reopen_members_account(*, membership: Membership, by: User) -> None:
    """Open an account again that a team closed. Raises NotClosedByATeam, OnOtherTeams."""
    user = User.objects.get(pk=membership.user_id)
    with transaction.atomic():
        _manage_all(user, by)
        if not user.is_active:
            if user.closed_by_id is None:
                raise NotClosedByATeam
            _set_active(user, is_active=True, by=by)
            _tell(membership, "reopened")


def invite_from_elsewhere(
    *, membership: Membership, by: User, email: str = "", sending: SentForm | None = None
) -> Membership:
    """Let somebody sign in who came in with a project from elsewhere, and write to them.

    ``email`` is where they read mail, of somebody whose own address did not come along; whose did
    keeps it. Whoever was invited meanwhile by that address is left. Raises InvitedMeanwhile,
    AddressOfAnother, ValidationError, and OnOtherTeams: with an address goes all that its owner
    may do anywhere.
    """
    with recorded(project=membership.project, by=by) as ledger:
        user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
        if not user.came_along:
            if email and clean_address(email) != user.email:
                raise InvitedMeanwhile
            return membership
        if not user.has_address:
            _manage_all(user, by)
            if User.objects.at_address(email) is not None:
                raise AddressOfAnother
            user.email = clean_address(email)
            user.full_clean(exclude=["password"])
            user.save(update_fields=["email"])
        welcome(user=user)
        membership.user = user
        write_invitation(membership, by=by)
        ledger.record("projects.member_invited_again", subject=membership, sending=sending)
    return membership


def delete_account(*, user: User) -> None:
    """Forget who somebody was, at their own wish: their name, their address, all ways to sign in.

    What they did stays, and who did it is one whose name nobody knows any more. What is frozen (a
    seat's name, sealed minutes, an edition) says what it said. The trail is as it was, and goes on:
    it never held a name. Raises StillCoordinates.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        theirs = Membership.objects.filter(user=user).select_related("project", "user")
        roles: dict[Project, list[Membership]] = {}
        for each in theirs.order_by("project", "pk"):
            roles.setdefault(each.project, []).append(each)
        for project, given in roles.items():
            with recorded(project=project, by=user) as ledger:
                _may_leave(user, project)
                for role in given:
                    was = {"user": user.uuid, "role": role.role}
                    ledger.record("projects.member_removed", subject=role, was=was)
                    drop_letter(uuid=role.letter)
                    role.delete()
                ledger.record("projects.account_deleted", subject=user, follow_up=False)
        waiting = Letter.objects.filter(to=user.email).exclude(state=Letter.State.SENDING)
        waiting.update(state=Letter.State.DROPPED, why=Letter.Why.WITHDRAWN, **NO_WORDS)
        for kept in (Authenticator, SocialAccount, EmailAddress):
            kept.objects.filter(user=user).delete()
        user.email, user.name = f"{user.uuid}{DELETED}", ""
        user.is_active, user.deleted_at = False, timezone.now()
        user.closed_by, user.second_step_due = None, None
        user.save()
        end_sessions(user=user)


def _may_leave(user: User, project: Project) -> None:
    """Raise StillCoordinates where nobody could manage a project without somebody."""
    if not _others_manage(user, project):
        raise StillCoordinates


def _leaves_a_coordinator(user: User, project: Project) -> None:
    """Raise LastCoordinator where nobody could manage a project without somebody."""
    if not _others_manage(user, project):
        keep_a_coordinator(project, without=user)


def _others_manage(user: User, project: Project) -> bool:
    """Say whether a project doesn't need somebody to manage it."""
    managers = Membership.objects.filter(project=project, role=Role.COORDINATOR)
    return (
        not managers.filter(user=user).exists()
        or managers.exclude(user=user).filter(user__is_active=True).exists()
    )


def _manage_all(user: User, by: User) -> None:
    """Raise OnOtherTeams unless one person manages every project that another is on."""
    managed = Membership.objects.filter(user=by, role=Role.COORDINATOR).values("project")
    if Membership.objects.filter(user=user).exclude(project__in=managed).exists():
        raise OnOtherTeams


def _set_active(
    user: User,
    *,
    is_active: bool,
    by: User | None,
    allowed: Callable[[Project], None] = lambda _project: None,
) -> None:
    """Say whether somebody may sign in, and write it in the trail of each of their projects.

    What ``allowed`` raises of a project is asked with its trail locked.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active == is_active:
        return
    theirs = Membership.objects.filter(user=user).select_related("project")
    # One of each project, and in one order, since each project's trail is locked until the end.
    projects = {each.project_id: each.project for each in theirs.order_by("project")}
    for project in projects.values():
        with recorded(project=project, by=by) as ledger:
            allowed(project)
            if is_active:
                ledger.record("projects.account_reopened", subject=user, follow_up=False)
            else:
                ledger.record("projects.account_closed", subject=user, follow_up=False)
    user.is_active = is_active
    user.closed_by = by if by != user and not is_active else None
    user.save(update_fields=["is_active", "closed_by"])


def _tell(membership: Membership, what: str) -> None:
    """Write to somebody that their account was closed or opened again, in their language."""
    user, project = membership.user, membership.project
    with translation.override(user.language):
        about = {"project": project, "what": what}
        draft = Draft(
            to=user.email,
            subject=render_to_string("projects/email/account_subject.txt", about),
            text=render_to_string("projects/email/account_message.txt", about),
            language=user.language,
        )
    write_letters(project=project, kind="account", drafts=[draft])
