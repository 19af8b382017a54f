"""Changes to projects, people, memberships and organisations."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import FOR_A_DAY, enqueue
from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import (
    AuditHead,
    Membership,
    Organisation,
    Project,
    Role,
    User,
)
from coproduction.projects.queries.slugs import reserved_slugs
from coproduction.projects.refusals import Refusal


class ProjectAddressTaken(Refusal):
    """The project's address is used already, or means something else."""

    sentence = _("That address is taken. Choose another.")


class LastCoordinator(Refusal):
    """A project always keeps someone who can manage it."""

    sentence = _("A project needs a co-ordinator. Add another one first.")


class HasRole(Refusal):
    """Somebody is given a role once."""

    sentence = _("They have that role already. Choose another one, or leave it as it is.")


def person(*, email: str, name: str = "", language: str = "en", is_sample: bool = False) -> User:
    """Find a person by e-mail address, or add them. Their name is theirs: it is never changed."""
    found = User.objects.filter(email__iexact=email.strip()).first()
    if found is not None:
        return found
    return User.objects.create_user(
        email.strip(), name=name, language=language, is_sample=is_sample
    )


def create_project(
    *,
    slug: str,
    place: str,
    by: User,
    name: Mapping[str, str] | None = None,
    scope: Mapping[str, str] | None = None,
    languages: Sequence[str] = ("en", "cy"),
    is_invented: bool = False,
) -> Project:
    """Make a project, with ``by`` as its first co-ordinator.

    Raises AddressTaken, and ValidationError for a slug that is not one.
    """
    if slug in reserved_slugs() or Project.objects.filter(slug=slug).exists():
        raise ProjectAddressTaken
    first = languages[0]
    with transaction.atomic():
        project = Project(
            slug=slug,
            place=place,
            name=Translated().changed(name or {first: place}),
            scope=Translated().changed(scope or {}),
            languages=list(languages),
            is_invented=is_invented,
        )
        project.full_clean()
        project.save()
        AuditHead.objects.create(project=project)
        with recorded(project=project, by=by) as ledger:
            ledger.record("projects.project_created", subject=project, now={"slug": slug})
            add_member(project=project, user=by, role=Role.COORDINATOR, by=by)
    return project


def change_project(
    *,
    project: Project,
    place: str,
    name: Mapping[str, str],
    scope: Mapping[str, str],
    languages: Sequence[str],
    contact_email: str,
    safeguarding_lead: str,
    by: User,
) -> Project:
    """Change what a project says of itself. Its address stays: others have linked to it."""
    with recorded(project=project, by=by) as ledger:
        was = {"languages": project.languages}
        project.place = place
        project.name = project.name.changed(name)
        project.scope = project.scope.changed(scope)
        project.languages = list(languages)
        project.contact_email = contact_email
        project.safeguarding_lead = safeguarding_lead
        project.full_clean()
        project.save()
        ledger.record(
            "projects.project_changed",
            subject=project,
            was=was,
            now={"languages": project.languages},
        )
    return project


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
    *, project: Project, email: str, role: str, by: User, name: str = "", language: str = "en"
) -> Membership:
    """Give somebody a role by their e-mail address, and have them told.

    Raises HasRole for a role they have already, and ValidationError.
    """
    with recorded(project=project, by=by):
        user = person(email=email, name=name, language=language)
        if Membership.objects.filter(project=project, user=user, role=role).exists():
            raise HasRole
        membership = add_member(project=project, user=user, role=role, by=by)
        _write_to(membership)
    return membership


def resend_invitation(*, membership: Membership, by: User) -> Membership:
    """Have the invitation written once more, when the first did not arrive."""
    with recorded(project=membership.project, by=by) as ledger:
        _write_to(membership)
        ledger.record("projects.member_invited_again", subject=membership)
    return membership


def _write_to(membership: Membership) -> None:
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


def add_organisation(
    *, project: Project, name: Mapping[str, str], sector: str, by: User
) -> Organisation:
    """Add an organisation that can lead or support actions. Raises ValidationError."""
    with recorded(project=project, by=by) as ledger:
        organisation = Organisation(project=project, name=Translated().changed(name), sector=sector)
        organisation.full_clean()
        organisation.save()
        ledger.record("projects.organisation_added", subject=organisation, now={"sector": sector})
    return organisation


def change_organisation(
    *, organisation: Organisation, name: Mapping[str, str], sector: str, by: User
) -> Organisation:
    """Put right an organisation's name or sector. Raises ValidationError."""
    with recorded(project=organisation.project, by=by) as ledger:
        was = {"sector": organisation.sector}
        organisation.name = organisation.name.changed(name)
        organisation.sector = sector
        organisation.full_clean()
        organisation.save()
        ledger.record(
            "projects.organisation_changed",
            subject=organisation,
            was=was,
            now={"sector": sector},
        )
    return organisation


def change_person(*, user: User, name: str, language: str) -> User:
    """Change what a person is called and the language they prefer; their own choice."""
    user.name, user.language = name, language
    user.full_clean()
    user.save(update_fields=["name", "language"])
    return user
