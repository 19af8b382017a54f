"""Giving roles and taking them away; invitations."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from coproduction.projects.access import roles_of
from coproduction.projects.models import AuditEntry, Letter, Membership, Project, Role, User
from coproduction.projects.queries.letter import LetterState, letter_states
from coproduction.projects.services.membership import (
    LastCoordinator,
    add_member,
    invite_member,
    remove_member,
    resend_invitation,
    stand_in_for_others,
)
from coproduction.projects.trail.verification import verify
from tests.cast import make_person

pytestmark = pytest.mark.django_db
Deliver = Callable[[], list[EmailMessage]]


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


def test_an_invitation_gives_the_role_and_writes_one_letter_in_their_language(
    project: Project, coordinator: User, deliver: Deliver
) -> None:
    membership = invite_member(
        project=project, email="Nia@Example.org", role=Role.ANALYST, language="cy", by=coordinator
    )
    assert membership.user.email == "nia@example.org"
    (letter,) = deliver()
    assert letter.to == ["nia@example.org"]
    assert "/cy/accounts/login/" in str(letter.body)


def test_an_invitation_says_who_invites_and_whom_to_ask(
    project: Project, coordinator: User, deliver: Deliver
) -> None:
    invite_member(project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator)
    (letter,) = deliver()
    assert "Carys invited you." in letter.body
    assert "answer this e-mail" not in letter.body  # Nobody would read it.
    Project.objects.update(contact_email="hello@bryn.example")
    project.refresh_from_db()
    invite_member(project=project, email="dai@example.org", role=Role.ANALYST, by=coordinator)
    letter = deliver()[1]
    assert letter.reply_to == ["hello@bryn.example"]
    assert "If you have a question, answer this e-mail." in letter.body


def test_an_invitation_taken_back_sends_no_letter(
    project: Project, coordinator: User, deliver: Deliver
) -> None:
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator
    )
    remove_member(membership=membership, by=coordinator)
    assert deliver() == []
    assert Letter.objects.get().why == Letter.Why.WITHDRAWN


def test_two_who_take_the_same_role_away_leave_one_entry(
    project: Project, analyst: User, coordinator: User
) -> None:
    first = Membership.objects.get(project=project, user=analyst)
    second = Membership.objects.get(pk=first.pk)
    remove_member(membership=first, by=coordinator)
    before = verify(project).entries
    remove_member(membership=second, by=coordinator)
    assert verify(project).entries == before


def test_an_invitation_that_went_can_be_written_again_and_one_on_its_way_is_not(
    project: Project, coordinator: User, deliver: Deliver
) -> None:
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator
    )
    first = membership.letter
    resend_invitation(membership=membership, by=coordinator)
    assert membership.letter == first
    assert len(deliver()) == 1
    resend_invitation(membership=membership, by=coordinator)
    resend_invitation(membership=membership, by=coordinator)
    assert membership.letter != first
    assert [letter.to for letter in deliver()] == [["nia@example.org"]] * 2
    assert letter_states([membership.letter]) == {membership.letter: LetterState.GONE}


@pytest.mark.parametrize("state", [Letter.State.REFUSED, Letter.State.UNCERTAIN])
def test_an_invitation_that_did_not_go_is_sent_again_as_the_same_letter(
    state: str, project: Project, coordinator: User, deliver: Deliver
) -> None:
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=coordinator
    )
    Letter.objects.update(state=state)
    resend_invitation(membership=membership, by=coordinator)
    (letter,) = deliver()
    assert letter.extra_headers["Message-ID"] == Letter.objects.get().message_id


def test_who_came_in_with_an_archive_can_sign_in_once_invited(
    project: Project, analyst: User, coordinator: User, deliver: Deliver
) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False, came_along=True)
    invited = invite_member(project=project, email=analyst.email, role=Role.ANALYST, by=coordinator)
    assert invited == Membership.objects.get(project=project, user=analyst)
    analyst.refresh_from_db()
    assert (analyst.is_active, analyst.came_along) == (True, False)
    assert [letter.to for letter in deliver()] == [[analyst.email]]


def test_the_first_person_does_everything_until_somebody_else_is_given_it(
    project: Project, coordinator: User, stranger: User
) -> None:
    stand_in_for_others(project=project, user=coordinator)
    assert roles_of(coordinator, project) == {
        *("coordinator", "analyst", "facilitator", "chair", "editor")
    }
    add_member(project=project, user=stranger, role="analyst", by=coordinator)
    assert "analyst" not in roles_of(coordinator, project)
    assert {"chair", "editor"} <= roles_of(coordinator, project)
    entry = AuditEntry.objects.filter(verb="projects.member_removed").get()
    assert entry.was["role"] == "analyst"
    # What she is given in so many words stays hers, beside others.
    invite_member(project=project, email=coordinator.email, role="editor", by=coordinator)
    add_member(project=project, user=make_person("dai", "bryn"), role="editor", by=coordinator)
    assert "editor" in roles_of(coordinator, project)


def test_nobody_stands_in_for_somebody_who_is_there(
    project: Project, coordinator: User, analyst: User
) -> None:
    for _twice in range(2):
        stand_in_for_others(project=project, user=coordinator)
    assert roles_of(coordinator, project) == {*("coordinator", "facilitator", "chair", "editor")}
    assert roles_of(analyst, project) == {"analyst"}
