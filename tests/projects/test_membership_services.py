"""Giving roles and taking them away; invitations."""

import pytest
from django.core.mail import EmailMessage

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.jobs.services import FOR_A_DAY
from coproduction.projects.audit import verify
from coproduction.projects.models import Membership, Project, Role, User
from coproduction.projects.queries.letter import LetterState, letter_states
from coproduction.projects.services.membership import (
    LastCoordinator,
    add_member,
    invite_member,
    remove_member,
    resend_invitation,
)
from coproduction.projects.tasks import tell_invited

pytestmark = pytest.mark.django_db


def test_a_project_keeps_its_last_coordinator(project: Project, coordinator: User) -> None:
    only = Membership.objects.get(project=project, role=Role.COORDINATOR)
    with pytest.raises(LastCoordinator):
        remove_member(membership=only, by=coordinator)
    assert Membership.objects.filter(pk=only.pk).exists()


def test_giving_a_role_twice_changes_nothing(
    project: Project, analyst: User, coordinator: User
) -> None:
    before = verify(project).entries
    add_member(project=project, user=analyst, role=Role.ANALYST, by=coordinator)
    assert project.memberships.filter(user=analyst).count() == 1
    assert verify(project).entries == before


def test_an_invitation_gives_the_role_and_asks_for_one_mail_in_their_language(
    project: Project, coordinator: User, mailoutbox: list[EmailMessage]
) -> None:
    membership = invite_member(
        project=project, email="Nia@Example.org", role=Role.ANALYST, language="cy", by=coordinator
    )
    assert membership.user.email == "nia@example.org"
    job = Job.objects.get(task="projects.tell_invited")
    run(tell_invited, job=job.uuid)
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]]
    assert "/cy/accounts/login/" in str(mailoutbox[0].body)


def test_an_invitation_taken_back_sends_no_mail(
    project: Project, coordinator: User, mailoutbox: list[EmailMessage]
) -> None:
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator
    )
    remove_member(membership=membership, by=coordinator)
    run(tell_invited, job=Job.objects.get(task="projects.tell_invited").uuid)
    assert mailoutbox == []


def test_two_who_take_the_same_role_away_leave_one_entry(
    project: Project, analyst: User, coordinator: User
) -> None:
    first = Membership.objects.get(project=project, user=analyst)
    second = Membership.objects.get(pk=first.pk)
    remove_member(membership=first, by=coordinator)
    before = verify(project).entries
    remove_member(membership=second, by=coordinator)
    assert verify(project).entries == before


def test_an_invitation_is_tried_for_a_day_and_can_be_sent_again(
    project: Project, coordinator: User, mailoutbox: list[EmailMessage]
) -> None:
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator
    )
    job = Job.objects.get(uuid=membership.letter)
    assert job.max_attempts == FOR_A_DAY.most
    resend_invitation(membership=membership, by=coordinator)
    assert membership.letter != job.uuid
    run(tell_invited, job=membership.letter)
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]]
    assert letter_states([membership.letter]) == {membership.letter: LetterState.GONE}
