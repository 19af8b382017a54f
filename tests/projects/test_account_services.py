"""Closing an account, opening it again, and deleting it: who may, what stays, what is told."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Letter, Membership, Project, Role, User
from coproduction.projects.services.account import (
    AddressOfAnother,
    InvitedMeanwhile,
    NotClosedByATeam,
    OnOtherTeams,
    StillCoordinates,
    close_account,
    close_members_account,
    close_own_account,
    delete_account,
    invite_from_elsewhere,
    reopen_members_account,
)
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.membership import (
    LastCoordinator,
    NoAddress,
    NotComeYet,
    add_member,
    resend_invitation,
)
from coproduction.projects.trail.verification import verify

ClientOf = Callable[[User], Client]
Deliver = Callable[[], list[EmailMessage]]

pytestmark = pytest.mark.django_db


def role_of(user: User) -> Membership:
    """Return somebody's one role."""
    return Membership.objects.select_related("user", "project").get(user=user)


def is_signed_in(client: Client) -> bool:
    """Open a page that is for the signed-in."""
    return client.get("/accounts/me/").status_code == 200


def test_a_team_closes_an_account_at_once_and_opens_it_again(
    project: Project, coordinator: User, analyst: User, client_of: ClientOf, deliver: Deliver
) -> None:
    browser = client_of(analyst)
    close_members_account(membership=role_of(analyst), by=coordinator)
    assert not is_signed_in(browser)
    assert User.objects.who_signs_in_at(analyst.email) is None
    assert "closed your account" in deliver()[-1].body
    reopen_members_account(membership=role_of(analyst), by=coordinator)
    assert User.objects.who_signs_in_at(analyst.email) == analyst
    assert "opened your account again" in deliver()[-1].body
    kept = AuditEntry.objects.filter(project=project, subject_id=str(analyst.uuid))
    assert [(each.verb, each.by) for each in kept.order_by("number")] == [
        ("projects.account_closed", coordinator),
        ("projects.account_reopened", coordinator),
    ]
    assert verify(project).fault is None


def test_who_is_on_another_team_is_not_theirs_to_close(
    other_project: Project, coordinator: User, other_coordinator: User, analyst: User
) -> None:
    add_member(project=other_project, user=analyst, role=Role.MEMBER, by=other_coordinator)
    here = Membership.objects.get(user=analyst, role=Role.ANALYST)
    with pytest.raises(OnOtherTeams):
        close_members_account(membership=here, by=coordinator)
    add_member(project=other_project, user=coordinator, role="coordinator", by=other_coordinator)
    close_members_account(membership=here, by=coordinator)
    assert not User.objects.get(pk=analyst.pk).is_active


def test_an_address_that_was_only_invited_is_nobodys_to_close(
    coordinator: User, analyst: User
) -> None:
    Membership.objects.filter(user=analyst).update(joined_at=None)
    with pytest.raises(NotComeYet):
        close_members_account(membership=role_of(analyst), by=coordinator)


def test_somebody_who_can_sign_in_always_manages_a_project(
    project: Project, coordinator: User, analyst: User
) -> None:
    add_member(project=project, user=analyst, role=Role.COORDINATOR, by=coordinator)
    close_members_account(membership=role_of(coordinator), by=analyst)
    theirs = Membership.objects.get(user=analyst, role=Role.COORDINATOR)
    with pytest.raises(LastCoordinator):
        close_members_account(membership=theirs, by=analyst)
    for leave in (close_own_account, delete_account):
        with pytest.raises(StillCoordinates):
            leave(user=analyst)


def test_what_somebody_or_an_operator_closed_no_team_opens(
    coordinator: User, analyst: User, editor: User
) -> None:
    close_own_account(user=analyst)
    close_account(user=editor)
    for user in (analyst, editor):
        with pytest.raises(NotClosedByATeam):
            reopen_members_account(membership=role_of(user), by=coordinator)


def test_a_deleted_account_leaves_no_name_no_address_and_a_whole_trail(
    project: Project, coordinator: User, analyst: User, client_of: ClientOf
) -> None:
    browser, email = client_of(analyst), analyst.email
    TOTP.activate(analyst, "a secret")
    write_letters(project=project, kind="x", drafts=[Draft(email, "Hello", "Words", "en")])
    delete_account(user=analyst)
    gone = User.objects.get(pk=analyst.pk)
    assert (gone.name, gone.is_active, gone.display_name) == ("", False, "Somebody who left")
    assert email not in str(User.objects.values_list()) + str(Letter.objects.values_list())
    assert not Membership.objects.filter(user=analyst).exists()
    assert not Authenticator.objects.filter(user=analyst).exists()
    assert not is_signed_in(browser)
    verbs = AuditEntry.objects.filter(project=project, by=analyst).order_by("number")
    assert [each.verb for each in verbs] == ["projects.member_removed", "projects.account_deleted"]
    assert verify(project).fault is None
    # Whoever has that address next is somebody else.
    assert User.objects.at_address(email) is None


def test_deleting_from_the_page_signs_out_and_says_so(
    coordinator: User, analyst: User, client_of: ClientOf
) -> None:
    client = client_of(analyst)
    page = client.get("/accounts/me/leave/").content.decode()
    assert "Nobody can undo this" in page
    client.post("/accounts/me/leave/")
    assert User.objects.get(pk=analyst.pk).deleted_at is None
    said = client.post("/accounts/me/leave/", {"what": "delete"}, follow=True).content.decode()
    assert "Your account is deleted." in said
    assert User.objects.get(pk=analyst.pk).deleted_at <= timezone.now()
    only = client_of(coordinator)
    said = only.post("/accounts/me/leave/", {"what": "close"}, follow=True).content.decode()
    assert "You are the only co-ordinator" in said
    assert is_signed_in(only)


def test_the_page_of_people_closes_and_opens(
    coordinator: User, analyst: User, client_of: ClientOf
) -> None:
    client, role = client_of(coordinator), role_of(analyst)
    people = f"/bryn/settings/people/{role.uuid}/"
    assert f"{people}close-account/" in client.get("/bryn/settings/people/").content.decode()
    assert "Close this account?" in client.get(f"{people}close-account/").content.decode()
    said = client.post(f"{people}close-account/", follow=True).content.decode()
    assert "The account of Anwen is closed." in said
    assert "Their account is closed" in said
    said = client.post(f"{people}reopen-account/", follow=True).content.decode()
    assert "is open again" in said


def came_without_address(user: User) -> Membership:
    """Let somebody have come in with a project from elsewhere, without an address."""
    User.objects.filter(pk=user.pk).update(
        email=f"{user.uuid}@people.invalid", name="Person 1", is_active=False, came_along=True
    )
    return role_of(user)


def test_who_came_from_elsewhere_without_an_address_is_given_one_and_invited(
    project: Project, coordinator: User, analyst: User, deliver: Deliver
) -> None:
    role = came_without_address(analyst)
    for _twice in range(2):
        invite_from_elsewhere(membership=role, email=" Anwen@Home.example", by=coordinator)
    # A second address is no sending twice: it is not swallowed.
    with pytest.raises(InvitedMeanwhile):
        invite_from_elsewhere(membership=role, email="other@home.example", by=coordinator)
    user = User.objects.get(pk=analyst.pk)
    assert (user.email, user.is_active, user.came_along) == ("anwen@home.example", True, False)
    assert [letter.to for letter in deliver()] == [["anwen@home.example"]]
    entry = AuditEntry.objects.get(verb="projects.member_invited_again")
    assert "anwen" not in f"{entry.was}{entry.now}"
    assert verify(project).faults == ()


def test_who_came_with_an_address_keeps_it(
    project: Project, coordinator: User, analyst: User, deliver: Deliver
) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False, came_along=True)
    role = role_of(analyst)
    invite_from_elsewhere(membership=role, email="another@home.example", by=coordinator)
    assert [letter.to for letter in deliver()] == [[analyst.email]]


def test_an_address_that_somebody_has_is_given_to_nobody_else(
    project: Project, coordinator: User, analyst: User, deliver: Deliver
) -> None:
    role = came_without_address(analyst)
    with pytest.raises(AddressOfAnother):
        invite_from_elsewhere(membership=role, email=coordinator.email.upper(), by=coordinator)
    assert User.objects.get(pk=analyst.pk).came_along
    assert deliver() == []


def test_who_is_on_another_team_too_is_given_an_address_by_nobody_who_manages_one_alone(
    project: Project, coordinator: User, analyst: User, other_project: Project, deliver: Deliver
) -> None:
    role = came_without_address(analyst)
    add_member(project=other_project, user=analyst, role=Role.COORDINATOR, by=coordinator)
    with pytest.raises(OnOtherTeams):
        invite_from_elsewhere(membership=role, email="mine@home.example", by=coordinator)
    assert not User.objects.get(pk=analyst.pk).has_address


def test_nobody_is_written_to_who_has_no_address(
    project: Project, coordinator: User, analyst: User, deliver: Deliver
) -> None:
    role = came_without_address(analyst)
    with pytest.raises(NoAddress):
        resend_invitation(membership=role, by=coordinator)
    there = [role.user.email, f"{analyst.uuid}@deleted.invalid", "mair@bryn.example"]
    drafts = [Draft(to=to, subject="Asked", text="Please", language="en") for to in there]
    assert len(write_letters(project=project, kind="a_kind", drafts=drafts)) == 1
    assert [letter.to for letter in deliver()] == [["mair@bryn.example"]]
