"""Making a project, and changing what it says of itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import language_codes
from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditHead, Membership, Project, Role, Sending, User
from coproduction.projects.queries.slugs import is_slug_taken
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, Seen, SentForm, Ticked
from coproduction.projects.services.membership import add_member


class ProjectAddressTaken(Refusal):
    """The project's address is used already, or means something else."""

    sentence = _("That address is taken. Choose another.")


def create_project(
    *,
    slug: str,
    place: str,
    by: User,
    name: Mapping[str, str] | None = None,
    scope: Mapping[str, str] | None = None,
    languages: Sequence[str] = (),
    contact_email: str = "",
    safeguarding_lead: str = "",
    figures_are_public: bool = False,
    is_invented: bool = False,
    sending: SentForm | None = None,
) -> Project:
    """Make a project, with ``by`` as its first co-ordinator; in every language unless told which.

    ``sending`` is the form that asked for it: see ``project_begun_by``. Raises ProjectAddressTaken,
    and ValidationError for a slug that is not one.
    """
    languages = list(languages) or language_codes()
    with transaction.atomic():
        if is_slug_taken(slug):
            raise ProjectAddressTaken
        project = Project(
            slug=slug,
            place=place,
            name=Translated().changed(name or {languages[0]: place}),
            scope=Translated().changed(scope or {}),
            languages=Ticked(languages),
            contact_email=contact_email,
            safeguarding_lead=safeguarding_lead,
            figures_are_public=figures_are_public,
            is_invented=is_invented,
        )
        project.full_clean()
        try:
            with transaction.atomic():
                project.save()
        except IntegrityError as taken:
            # By somebody at this very moment: the database knows it first.
            raise ProjectAddressTaken from taken
        AuditHead.objects.create(project=project)
        with recorded(project=project, by=by) as ledger:
            ledger.record(
                "projects.project_created", subject=project, now={"slug": slug}, sending=sending
            )
            add_member(project=project, user=by, role=Role.COORDINATOR, by=by)
    return project


def project_begun_by(*, sending: SentForm | None, by: User) -> Project | None:
    """Return the project that this very sending of a form has made already; None when it is new.

    The ledger can't be asked, since it is a project's. Raises MadeAlready where the same page made
    one and says something else now. What one is no longer on the team of counts for nothing.
    """
    if sending is None:
        return None
    mine = Membership.objects.filter(user=by).values("project")
    made = Sending.objects.filter(
        project__in=mine, page=sending.page, subject_kind=Project._meta.label_lower
    )
    found = list(made.select_related("project").order_by("pk"))
    for each in found:
        if each.content == sending.content:
            return each.project
    if found:
        raise MadeAlready(found[-1].project)
    return None


def change_project(
    *,
    project: Project,
    place: str,
    name: Mapping[str, str],
    scope: Mapping[str, str],
    languages: Sequence[str],
    contact_email: str,
    safeguarding_lead: str,
    figures_are_public: bool,
    by: User,
    seen: Seen | None = None,
) -> Project:
    """Change what a project says of itself. Its address stays: others have linked to it.

    Raises ChangedMeanwhile where somebody else changed the same since ``seen``.
    """
    with recorded(project=project, by=by) as ledger:
        was = _told_of(ledger.refresh(project))
        ledger.change(
            project,
            seen=seen,
            place=place,
            name=name,
            scope=scope,
            languages=languages,
            contact_email=contact_email,
            safeguarding_lead=safeguarding_lead,
            figures_are_public=figures_are_public,
        )
        project.full_clean()
        project.save()
        ledger.record(
            "projects.project_changed",
            subject=project,
            was=was,
            now=_told_of(project),
        )
    return project


def _told_of(project: Project) -> dict[str, Any]:
    """Return what the trail tells of a project: nothing that somebody wrote."""
    return {
        "languages": project.languages,
        "figures_are_public": project.figures_are_public,
    }
