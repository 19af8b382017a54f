"""Giving people roles in a project and taking them away, and inviting them."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import FOR_A_DAY, enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.models import Membership, Project, Role, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.person import find_or_add_person


class LastCoordinator(Refusal):
    """A project always keeps someone who can manage it."""

    sentence = _("A project needs a co-ordinator. Add another one first.")


class HasRole(Refusal):
    """Somebody is given a role once."""

    sentence = _("They have that role already. Choose another one, or leave it as it is.")


def add_member(*, project: Project, user: User, role: str, by: User) -> Membership:
    """Give a person a role in a project; giving it twice changes nothing."""
    with recorded(project=project, by=by) as ledger:
        existing = Membership.objects.filter(project=project, user=user, role=role).first()
        if existing is not None:
            return existing
        membership = Membership(project=project, user=user, role=role)
        membership.full_clean()
        membership.save()
        ledger.record(
            "projects.member_added", subject=membership, now={"user": user.uuid, "role": role}
        )
    return membership


def invite_member(
    *, project: Project, email: str, role: str, by: User, name: str = "", language: str = ""
) -> Membership:
    """Give somebody a role by their e-mail address, and have them told.

    Raises HasRole for a role they have already, and ValidationError.
    """
    with recorded(project=project, by=by):
        user = find_or_add_person(email=email, name=name, language=language or project.languages[0])
        if Membership.objects.filter(project=project, user=user, role=role).exists():
            raise HasRole
        membership = add_member(project=project, user=user, role=role, by=by)
        _queue_invitation(membership)
    return membership


def resend_invitation(*, membership: Membership, by: User) -> Membership:
    """Have the invitation written once more, when the first did not arrive."""
    with recorded(project=membership.project, by=by) as ledger:
        _queue_invitation(membership)
        ledger.record("projects.member_invited_again", subject=membership)
    return membership


def _queue_invitation(membership: Membership) -> None:
    """Ask for the invitation to be written, by a job that keeps trying for a day."""
    membership.letter = enqueue(
        task="projects.tell_invited",
        scope=str(membership.project.uuid),
        arguments={"membership": membership.uuid},
        tries=FOR_A_DAY,
    ).uuid
    membership.save(update_fields=["letter"])


def remove_member(*, membership: Membership, by: User) -> None:
    """Take a role away; one taken away before is left. Raises LastCoordinator for the only one."""
    project = membership.project
    with recorded(project=project, by=by) as ledger:
        if not Membership.objects.filter(pk=membership.pk).exists():
            # Somebody else did it while we waited for our turn.
            return
        others = Membership.objects.filter(project=project, role=Role.COORDINATOR)
        if (
            membership.role == Role.COORDINATOR
            and not others.exclude(user=membership.user).exists()
        ):
            raise LastCoordinator
        ledger.record(
            "projects.member_removed",
            subject=membership,
            was={"user": membership.user.uuid, "role": membership.role},
        )
        membership.delete()
