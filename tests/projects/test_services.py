"""Projects, people and roles: made, changed and refused."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

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
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import (
    ProjectAddressTaken,
    change_project,
    create_project,
)
from coproduction.projects.tasks import tell_invited

pytestmark = pytest.mark.django_db


def test_creating_a_project_makes_its_owner_a_coordinator_and_begins_the_chain(
    stranger: User,
) -> None:
    project = create_project(slug="cwm", place="Cwm", by=stranger)
    assert list(project.memberships.values_list("user", "role")) == [
        (stranger.pk, Role.COORDINATOR)
    ]
    assert verify(project).entries == 2
    assert (str(project.name), project.languages) == ("Cwm", ["en", "cy"])


@pytest.mark.parametrize("slug", ["bryn", "accounts", "cy", "healthz", "static"])
def test_an_address_that_is_taken_or_means_something_else_is_refused(
    project: Project, stranger: User, slug: str
) -> None:
    assert project.slug == "bryn"
    with pytest.raises(ProjectAddressTaken):
        create_project(slug=slug, place="Elsewhere", by=stranger)
    assert Project.objects.count() == 1


@pytest.mark.parametrize("slug", ["Bryn", "a b", "-a", "a--b", "", "a/b", "café"])
def test_an_address_that_is_not_one_is_refused(stranger: User, slug: str) -> None:
    with pytest.raises(ValidationError):
        create_project(slug=slug, place="Elsewhere", by=stranger)
    assert not Project.objects.exists()


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


def test_a_person_is_found_whatever_the_case_of_their_address(stranger: User) -> None:
    assert find_or_add_person(email=stranger.email.upper()) == stranger
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email=stranger.email.upper()).save()


def test_an_unknown_role_cannot_be_kept(project: Project, stranger: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership(project=project, user=stranger, role="king").save()


def test_changing_a_project_leaves_its_translation_visibly_out_of_date(
    project: Project, coordinator: User
) -> None:
    def change(scope: dict[str, str]) -> None:
        change_project(
            project=project,
            place="Bryn",
            name={"en": "Bryn together", "cy": "Bryn gyda'n gilydd"},
            scope=scope,
            languages=["en", "cy"],
            contact_email="",
            safeguarding_lead="",
            by=coordinator,
        )

    change({"en": "We can change the park.", "cy": "Gallwn newid y parc."})
    assert project.scope.out_of_date(["en", "cy"]) == []
    change({"en": "We can change the park and the road.", "cy": "Gallwn newid y parc."})
    project.refresh_from_db()
    assert project.scope.out_of_date(["en", "cy"]) == ["cy"]


def test_create_project_command_makes_a_project_its_owner_can_open() -> None:
    out = StringIO()
    call_command("create_project", "cwm", place="Cwm", owner="owner@example.org", stdout=out)
    assert Membership.objects.get(project__slug="cwm").user.email == "owner@example.org"
    assert "/cwm/team/" in out.getvalue()


@pytest.mark.parametrize(
    ("slug", "owner", "says"),
    [
        ("cwm", "not an address", "valid email"),
        ("accounts", "owner@example.org", "Choose another"),
        ("Cwm!", "owner@example.org", "small letters"),
    ],
)
def test_create_project_command_says_what_is_wrong_and_makes_nothing(
    slug: str, owner: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("create_project", slug, place="Cwm", owner=owner, stdout=StringIO())
    assert not Project.objects.exists()


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


def test_a_place_is_one_line_however_it_was_typed(
    stranger: User, mailoutbox: list[EmailMessage]
) -> None:
    project = create_project(slug="cwm", place=" Cwm\r\nBcc: x@y.example", by=stranger)
    assert project.place == "Cwm Bcc: x@y.example"
    Project.objects.update(place="Cwm\nBcc: x@y.example")  # As it may stand from before.
    membership = invite_member(
        project=project, email="nia@example.org", role=Role.ANALYST, by=stranger
    )
    run(tell_invited, job=membership.letter)
    assert mailoutbox[0].recipients() == ["nia@example.org"]
    assert "\n" not in mailoutbox[0].subject
