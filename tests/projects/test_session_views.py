"""Where one is signed in: what the page says, what its buttons end, and whose they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Membership, Project, Session, User
from coproduction.projects.queries.session import name_of_session, places_signed_in
from coproduction.projects.services.membership import remove_member
from coproduction.projects.services.person import change_person
from tests.forms import drawn

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db

HERE = "/accounts/me/signed-in/"
PEOPLE = "/bryn/settings/people/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A156B) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def phone(client_of: ClientOf, analyst: User) -> Client:
    """The analyst's phone."""
    client = client_of(analyst)
    client.get("/accounts/me/", headers={"user-agent": PHONE})
    return client


@pytest.fixture
def desk(client_of: ClientOf, analyst: User) -> Client:
    """The analyst's desk."""
    client = client_of(analyst)
    client.get("/accounts/me/", headers={"user-agent": DESK})
    return client


def key_of(client: Client) -> str:
    """Return the key of a browser's session."""
    return str(client.session.session_key)


def is_signed_in(client: Client) -> bool:
    """Open a page that is for the signed-in."""
    return client.get("/accounts/me/").status_code == 200


def test_it_says_where_in_plain_words_and_nothing_that_tells_one_from_another(
    phone: Client, desk: Client, analyst: User
) -> None:
    page = desk.get(HERE).content.decode()
    assert page.index("Firefox on Windows") < page.index("Chrome on Android")
    assert page.count("now: you are using it") == 1
    for browser in (phone, desk):
        assert key_of(browser) not in page
    kept = " ".join(
        str(dict(Session.objects.get(pk=key_of(each)).get_decoded())) for each in (phone, desk)
    )
    assert "127.0.0.1" not in kept
    assert "Mozilla" not in kept
    assert "SM-A156B" not in kept


def test_it_says_it_in_welsh(phone: Client) -> None:
    page = phone.get(f"/cy{HERE}").content.decode()
    assert "Ble rydych chi wedi mewngofnodi" in page
    assert "Chrome ar Android" in page


def test_what_is_over_is_not_shown(phone: Client, desk: Client) -> None:
    long_ago = timezone.now() - timedelta(days=15)
    Session.objects.filter(pk=key_of(phone)).update(seen_at=long_ago)
    assert "Android" not in desk.get(HERE).content.decode()


def test_signing_out_there_ends_it_there_alone(phone: Client, desk: Client) -> None:
    page = desk.post(HERE, {"place": name_of_session(key_of(phone))}, follow=True)
    assert "You are signed out there." in page.content.decode()
    assert not is_signed_in(phone)
    assert is_signed_in(desk)


def test_signing_out_everywhere_else_leaves_this_one(
    phone: Client, desk: Client, client_of: ClientOf, member: User
) -> None:
    other = client_of(member)
    desk.post(HERE)
    assert [is_signed_in(each) for each in (phone, desk, other)] == [False, True, True]


def test_nobody_ends_the_session_of_another(
    phone: Client, client_of: ClientOf, member: User
) -> None:
    client_of(member).post(HERE, {"place": name_of_session(key_of(phone))})
    assert is_signed_in(phone)


def test_the_page_costs_the_same_for_more_browsers(
    desk: Client, client_of: ClientOf, analyst: User, assert_same_queries
) -> None:
    assert_same_queries(desk, HERE, lambda n: client_of(analyst))


def test_words_sent_from_where_one_was_signed_out_come_back(
    phone: Client, desk: Client, analyst: User
) -> None:
    sent = drawn(phone.get("/accounts/me/"), name="Nia o'r Bryn")
    desk.post(HERE)
    assert phone.post("/accounts/me/", sent)["Location"].endswith("?next=/accounts/unsent/")
    phone.force_login(analyst)
    assert drawn(phone.get("/accounts/unsent/"))["name"] == ["Nia o'r Bryn"]


def test_a_coordinator_signs_somebody_out_everywhere(
    phone: Client, desk: Client, coordinator: User, analyst: User, client_of: ClientOf
) -> None:
    carys = client_of(coordinator)
    role = Membership.objects.filter(user=analyst).first()
    assert f"{role.uuid}/sign-out/" in carys.get(PEOPLE).content.decode()
    page = carys.post(f"{PEOPLE}{role.uuid}/sign-out/", follow=True).content.decode()
    assert "is signed out everywhere" in page
    assert [is_signed_in(each) for each in (phone, desk, carys)] == [False, False, True]
    entry = AuditEntry.objects.get(verb="projects.member_signed_out")
    assert (entry.by, entry.subject_id) == (coordinator, str(role.uuid))
    # In how many places somebody is at work is nothing that a project shows.
    assert entry.now == {"user": str(analyst.uuid)}


def test_inviting_an_address_signs_nobody_out(
    phone: Client, coordinator: User, analyst: User, client_of: ClientOf
) -> None:
    """Else a stranger to somebody, who begins a project, could sign her out of her own."""
    Membership.objects.filter(user=analyst).update(joined_at=None)
    role, carys = Membership.objects.get(user=analyst), client_of(coordinator)
    assert f"{role.uuid}/sign-out/" not in carys.get(PEOPLE).content.decode()
    page = carys.post(f"{PEOPLE}{role.uuid}/sign-out/", follow=True).content.decode()
    assert "They have not come to this project yet." in page
    assert is_signed_in(phone)


def test_whose_role_is_taken_away_is_signed_out_at_once_and_told(
    phone: Client,
    project: Project,
    coordinator: User,
    analyst: User,
    deliver: Callable[[], list[EmailMessage]],
) -> None:
    change_person(user=analyst, name="Anwen", language="cy")
    first = Membership.objects.get(user=analyst)
    Membership.objects.create(project=project, user=analyst, role="editor")
    remove_member(membership=first, by=coordinator)
    assert not is_signed_in(phone)
    assert places_signed_in(analyst, here="") == []
    letter = deliver()[-1]
    assert letter.to == [analyst.email]
    assert "Dadansoddwr" in letter.body
    assert "Golygydd" in letter.body


def test_who_gives_up_one_of_two_roles_stays_where_they_did_so(
    phone: Client, project: Project, analyst: User
) -> None:
    first = Membership.objects.get(user=analyst)
    second = Membership.objects.create(project=project, user=analyst, role="editor")
    remove_member(membership=first, by=analyst)
    assert is_signed_in(phone)
    remove_member(membership=second, by=analyst)
    assert not is_signed_in(phone)


def test_taking_an_invitation_back_signs_nobody_out(
    phone: Client, project: Project, coordinator: User, analyst: User
) -> None:
    here = Membership.objects.get(user=analyst)
    Membership.objects.create(project=project, user=analyst, role="editor")
    Membership.objects.filter(pk=here.pk).update(joined_at=None)
    here.refresh_from_db()
    remove_member(membership=here, by=coordinator)
    assert is_signed_in(phone)
