"""The pages of people on a team: what they say, what they cost."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from coproduction.projects.models import Letter, Membership, Project, User
from coproduction.projects.services.membership import add_member, invite_member, remove_member
from coproduction.projects.services.person import change_person
from tests.forms import drawn

pytestmark = pytest.mark.django_db
PEOPLE = "/bryn/settings/people/"
LONG = "a" * 260 + "@example.org"


@pytest.fixture
def carys(client_of, coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def test_an_invitation_to_an_address_longer_than_any_is_refused(carys: Client, project) -> None:
    page = carys.post(PEOPLE, {"email": LONG, "roles": "analyst", "language": "en"})
    assert "254 characters or fewer" in str(page.context["form"].errors["email"])


def test_the_people_page_says_when_an_invitation_did_not_go(
    carys: Client, project: Project, coordinator: User
) -> None:
    invite_member(project=project, email="nia@example.org", role="analyst", by=coordinator)
    assert "did not go" not in carys.get(PEOPLE).content.decode()
    Letter.objects.update(tries=2)
    assert "The invitation has not gone yet." in carys.get(PEOPLE).content.decode()
    Letter.objects.update(state="uncertain")
    assert "We can't tell whether the invitation arrived." in carys.get(PEOPLE).content.decode()
    Letter.objects.update(state="refused")
    assert "The invitation did not go." in carys.get(PEOPLE).content.decode()
    membership = Membership.objects.get(user__email="nia@example.org")
    again = carys.post(f"{PEOPLE}{membership.uuid}/invite/", follow=True).content.decode()
    assert "the invitation again" in again
    assert "did not go" not in again


def test_the_people_page_asks_the_same_for_more_people(
    carys: Client, project: Project, coordinator: User, assert_same_queries
) -> None:
    assert_same_queries(
        carys,
        PEOPLE,
        lambda n: invite_member(
            project=project, email=f"person-{n}@example.org", role="analyst", by=coordinator
        ),
    )


def removing(user: User) -> str:
    """Return where a person's only role is taken away."""
    return f"{PEOPLE}{Membership.objects.get(user=user, project__slug='bryn').uuid}/remove/"


def test_leaving_the_team_is_asked_once_and_ends_where_one_may_be(
    carys: Client, project: Project, coordinator: User, analyst: User
) -> None:
    add_member(project=project, user=analyst, role="coordinator", by=coordinator)
    asked = carys.get(removing(coordinator)).content.decode()
    assert "You will no longer be able to open Bryn." in asked
    assert Membership.objects.filter(user=coordinator).exists()
    after = carys.post(removing(coordinator), follow=True)
    # Who is on no team has no session left.
    assert [to for to, _status in after.redirect_chain][-1] == "/accounts/login/?next=/projects/"
    assert after.status_code == 200
    assert "no longer on the team" in after.content.decode()


def test_the_last_coordinator_stays(carys: Client, project: Project, coordinator: User) -> None:
    after = carys.post(removing(coordinator), follow=True)
    assert after.redirect_chain == [(PEOPLE, 302)]
    assert "needs a co-ordinator" in after.content.decode()
    assert Membership.objects.filter(user=coordinator).exists()


def test_taking_somebody_else_off_asks_too(carys: Client, project: Project, analyst: User) -> None:
    asked = carys.get(removing(analyst)).content.decode()
    assert "will no longer be able to open Bryn" in asked
    after = carys.post(removing(analyst), follow=True)
    assert after.redirect_chain == [(PEOPLE, 302)]
    assert not Membership.objects.filter(user=analyst).exists()


def test_one_person_is_one_row_with_each_role(
    carys: Client, project: Project, coordinator: User, analyst: User
) -> None:
    more = add_member(project=project, user=analyst, role="editor", by=coordinator)
    page = carys.get(PEOPLE)
    rows = {
        user: [each.role for each, _letter in roles] for user, _name, roles in page.context["team"]
    }
    assert rows[analyst] == ["analyst", "editor"]
    html = page.content.decode()
    assert html.count(analyst.email) == 1
    assert f"{PEOPLE}{more.uuid}/remove/" in html
    asked = carys.get(f"{PEOPLE}{more.uuid}/remove/").content.decode()
    assert "What is left: Analyst." in asked


def test_an_invitation_says_what_it_added(carys: Client, project: Project, analyst: User) -> None:
    sent = {"email": "nia@example.org", "name": "Nia", "roles": "editor", "language": "en"}
    first = carys.post(PEOPLE, sent, follow=True).content.decode()
    assert "Nia is invited as Plan editor." in first
    also = carys.post(PEOPLE, sent | {"roles": "facilitator"}, follow=True).content.decode()
    assert "Nia was on the team already (Plan editor) and is now Facilitator as well." in also
    letters = Letter.objects.count()
    twice = carys.post(PEOPLE, sent)
    assert "They have that role already." in str(twice.context["form"].errors["email"])
    assert Membership.objects.filter(user__email="nia@example.org").count() == 2
    assert Letter.objects.count() == letters


def test_several_roles_are_given_at_once_in_one_letter(
    carys: Client, project: Project, deliver
) -> None:
    sent = drawn(carys.get(PEOPLE), email="nia@example.org", name="Nia")
    sent["roles"] = ["analyst", "editor"]
    for _twice in range(2):
        page = carys.post(PEOPLE, sent, follow=True).text
        assert "Nia is invited as Analyst, Plan editor." in page
    assert Membership.objects.filter(user__email="nia@example.org").count() == 2
    (letter,) = deliver()
    assert "Your part: Analyst, Plan editor" in letter.body
    more = {"email": "nia@example.org", "roles": ["facilitator", "helper"], "language": "en"}
    also = carys.post(PEOPLE, more, follow=True).text
    also_said = "Nia was on the team already (Analyst, Plan editor) and is now"
    assert f"{also_said} Facilitator, Helper who types as well." in also
    assert "Choose what they will do." in carys.post(PEOPLE, {**more, "roles": []}).text
    assert "Choose what they will do." in carys.post(PEOPLE, {**more, "roles": ["king"]}).text


def test_taking_one_of_several_away_before_the_letter_went_tells_of_the_others(
    carys: Client, project: Project, coordinator: User, deliver
) -> None:
    about = {"project": project, "email": "nia@example.org", "by": coordinator}
    first = invite_member(role="analyst", also=["editor", "helper"], **about)
    remove_member(membership=first, by=coordinator)
    (letter,) = deliver()
    assert "Your part: Plan editor, Helper who types" in letter.body


def test_an_invitation_sent_twice_is_one_and_to_another_address_another(
    carys: Client, project: Project
) -> None:
    sent = drawn(carys.get(PEOPLE), email="nia@example.org", roles="analyst")
    told = [carys.post(PEOPLE, sent, follow=True).content.decode() for _twice in range(2)]
    assert ["is invited as Analyst" in page for page in told] == [True, True]
    assert Letter.objects.count() == 1
    carys.post(PEOPLE, {**sent, "email": ["sian@example.org"]})
    assert Letter.objects.count() == 2
    # Somebody who was taken off since can be invited from the same page again.
    role = Membership.objects.get(user__email="nia@example.org")
    carys.post(f"{PEOPLE}{role.uuid}/remove/")
    again = carys.post(f"{PEOPLE}{role.uuid}/remove/", follow=True)
    assert again.redirect_chain == [(PEOPLE, 302)]
    assert "You have removed this already." in again.text
    carys.post(PEOPLE, sent)
    assert Membership.objects.filter(user__email="nia@example.org").exists()


def test_a_role_given_already_is_said_by_the_status_too(carys: Client, project: Project) -> None:
    for _twice in range(2):
        sent = drawn(carys.get(PEOPLE), email="nia@example.org", roles="analyst")
        answer = carys.post(PEOPLE, sent)
    assert answer.status_code == 409
    assert "They have that role already." in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    ["POST@BÜCHER.EXAMPLE", "post@xn--bcher-kva.example", "post@bu\u0308cher.example\u200b"],
)
def test_an_address_written_otherwise_is_the_same_persons(
    carys: Client, project: Project, typed: str
) -> None:
    sent = {"roles": "analyst", "language": "en"}
    carys.post(PEOPLE, sent | {"email": "post@bücher.example"})
    page = carys.post(PEOPLE, sent | {"email": typed})
    assert page.status_code == 409
    assert "They have that role already." in page.content.decode()
    assert User.objects.filter(email="post@bücher.example").count() == 1


def test_an_invitation_shows_nothing_of_what_other_projects_know(
    carys: Client, project: Project, other_coordinator: User, client_of: Callable[[User], Client]
) -> None:
    """Somebody with an account and a name elsewhere is shown like somebody nobody knows."""
    change_person(user=other_coordinator, name="Gwenllian Elsewhere", language="cy")
    pages = []
    for email in (other_coordinator.email, "somebody.new@example.org"):
        sent = {"email": email, "name": "Gwen", "roles": "analyst", "language": "en"}
        told = carys.post(PEOPLE, sent, follow=True).content.decode()
        role = Membership.objects.get(user__email=email, project=project)
        told += carys.get(f"{PEOPLE}{role.uuid}/remove/").content.decode()
        told += carys.get("/bryn/steering/seats/new/").content.decode()
        told += carys.get(f"/bryn/steering/seats/held-by/{role.user.uuid}/").content.decode()
        pages.append(told)
    assert all("Gwen is invited as Analyst" in page for page in pages)
    assert not any("Elsewhere" in page for page in pages)
    # When they come, they are called what they call themselves.
    client_of(other_coordinator).get("/bryn/team/")
    assert "Gwenllian Elsewhere" in carys.get(PEOPLE).content.decode()


def test_somebody_without_a_typed_name_is_called_by_their_address_until_they_come(
    carys: Client, other_coordinator: User
) -> None:
    change_person(user=other_coordinator, name="Gwenllian Elsewhere", language="cy")
    sent = {"email": other_coordinator.email, "roles": "analyst", "language": "en"}
    told = carys.post(PEOPLE, sent, follow=True).content.decode()
    assert f"{other_coordinator.email.split('@')[0]} is invited as Analyst" in told
    assert "Elsewhere" not in told


def test_who_came_from_elsewhere_without_an_address_is_invited_from_the_page_of_people(
    carys: Client, project: Project, analyst: User, deliver
) -> None:
    nowhere = f"{analyst.uuid}@people.invalid"
    User.objects.filter(pk=analyst.pk).update(
        email=nowhere, name="Person 1", is_active=False, came_along=True
    )
    page = carys.get("/bryn/settings/people/").content.decode()
    assert "None came along" in page
    assert "They came from elsewhere with this project, and can't sign in yet." in unescape(page)
    assert nowhere not in page
    assert "Their account is closed" not in page
    role = Membership.objects.get(user=analyst)
    address = f"/bryn/settings/people/{role.uuid}/from-elsewhere/"
    assert f'href="{address}"' in page
    form = carys.get(address).content.decode()
    assert "Invite Person 1" in form
    assert nowhere not in form
    taken = carys.post(address, {"email": "coordinator@bryn.example"})
    assert "Somebody here has that address already." in taken.content.decode()
    said = carys.post(address, {"email": "anwen@home.example"}, follow=True).content.decode()
    assert "We are sending Person 1 the invitation." in said
    assert "anwen@home.example" in said
    assert [letter.to for letter in deliver()] == [["anwen@home.example"]]
    # It is a page for those alone.
    assert carys.get(address)["Location"] == "/bryn/settings/people/"
