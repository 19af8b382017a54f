"""The second step of signing in: who is led to it, setting one up, and being asked for it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry, Membership, Project, User
from coproduction.projects.services.person import change_person
from coproduction.projects.trail.verification import verify
from coproduction.projects.unsent import WRITER, sign_writer
from engagements.views.comment_lookup import comment_url
from overview.archive.shape import MAKE
from tests.cast import make_member
from tests.forms import drawn
from tests.second_step import app_code, let_time_pass, set_up_app, sign_in_by_code
from tests.themes.comments import make_comments

ClientOf = Callable[[User], Client]
Deliver = Callable[[], list[EmailMessage]]

pytestmark = pytest.mark.django_db

INDEX = "/accounts/me/second-step/"
APP = f"{INDEX}app/"
CODES = f"{INDEX}recovery-codes/"
STEP = "/accounts/login/second-step/"
AGAIN = "/accounts/again/"
PEOPLE = "/bryn/settings/people/"


def is_signed_in(client: Client) -> bool:
    """Open a page that is for the signed-in."""
    return client.get("/accounts/me/").status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "chair", "editor"])
def test_whose_role_asks_for_it_is_led_to_it_and_may_go_on_without_for_a_while(
    role: str, client: Client, deliver: Deliver, project: Project
) -> None:
    user = make_member(project, role)
    answer = sign_in_by_code(client, user, deliver)
    assert answer["Location"] == INDEX
    page = client.get(INDEX).content.decode()
    assert "You can go on without it until" in page
    assert "Not now" in page
    assert client.get("/bryn/team/").status_code == 200
    user.refresh_from_db()
    assert user.second_step_due is not None
    assert timedelta(days=13) < user.second_step_due - timezone.now() < timedelta(days=14)


def test_others_are_not_led_to_it(client: Client, analyst: User, deliver: Deliver) -> None:
    assert sign_in_by_code(client, analyst, deliver)["Location"] == "/projects/"
    analyst.refresh_from_db()
    assert analyst.second_step_due is None
    User.objects.update(second_step_due=timezone.now())
    assert client.get("/bryn/themes/").status_code == 200


def test_after_that_pages_of_the_team_lead_to_it_and_nothing_typed_is_lost(
    client: Client, coordinator: User, deliver: Deliver
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    sent = drawn(client.get("/bryn/settings/"), place="Bryn Fawr")
    User.objects.update(second_step_due=timezone.now())
    assert client.get("/bryn/team/")["Location"] == f"{INDEX}?next=/bryn/team/"
    there = client.post("/bryn/settings/", sent)["Location"]
    assert there == f"{INDEX}?next=/accounts/unsent/"
    page = client.get(there).content.decode()
    assert "Please set one up now" in page
    assert "Not now" not in page
    done = set_up_app(client, there)
    assert "I have them on paper" in done
    assert 'href="/accounts/unsent/"' in done
    unsent = client.get("/accounts/unsent/").content.decode()
    assert "Bryn Fawr" in unsent
    assert "You were asked for your second step. Nothing was lost: look, then send." in unsent
    assert "signed out" not in unsent
    assert client.get("/bryn/team/").status_code == 200


def test_a_new_projects_first_person_is_never_locked_out(
    client: Client, coordinator: User, deliver: Deliver, settings
) -> None:
    settings.SECOND_STEP_GRACE_DAYS = 0
    sign_in_by_code(client, coordinator, deliver)
    assert client.get("/bryn/team/").status_code == 302
    set_up_app(client, INDEX)
    assert client.get("/bryn/team/").status_code == 200


@pytest.mark.parametrize(("name", "value"), [("SECOND_STEP_IS_ASKED", False), ("DEMO", True)])
def test_an_operator_can_leave_it_to_each_and_demo_mode_asks_nobody(
    name: str, value: bool, client: Client, coordinator: User, deliver: Deliver, settings
) -> None:
    setattr(settings, name, value)
    assert sign_in_by_code(client, coordinator, deliver)["Location"] == "/projects/"
    User.objects.update(second_step_due=timezone.now())
    assert client.get("/bryn/team/").status_code == 200
    assert "Nobody is asked for it on this site" in client.get(INDEX).content.decode()


def test_an_app_is_set_up_told_and_asked_for(
    client: Client, coordinator: User, client_of: ClientOf, deliver: Deliver
) -> None:
    change_person(user=coordinator, name="Carys", language="cy")
    elsewhere = client_of(coordinator)
    sign_in_by_code(client, coordinator, deliver)
    assert is_signed_in(elsewhere)
    set_up_app(client, INDEX)
    letter = deliver()[-1]
    assert letter.to == [coordinator.email]
    assert "/cy/accounts/me/" in letter.body
    assert not is_signed_in(elsewhere)
    assert is_signed_in(client)
    other = Client()
    answer = sign_in_by_code(other, coordinator, deliver)
    assert answer["Location"] == STEP
    assert not is_signed_in(other)
    asked = other.get(STEP).content.decode()
    assert "Now the second step" in asked
    assert "no longer works" not in asked
    page = other.post(STEP, {"code": "000000"}).content.decode()
    assert "That is not the code" in page
    assert not is_signed_in(other)
    assert other.post(STEP, {"code": app_code(coordinator)})["Location"] == "/cy/projects/"
    assert is_signed_in(other)
    verbs = AuditEntry.objects.filter(project=None).order_by("number")
    assert [entry.verb.partition(".")[2] for entry in verbs] == [
        *("signed_in", "second_step_set_up", "second_step_wrong", "signed_in"),
    ]
    assert verify(None).faults == ()


def test_a_code_of_the_app_is_taken_once_for_as_long_as_it_would_be_right(
    client: Client, coordinator: User, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    code, start = app_code(coordinator), timezone.now().timestamp()
    for opened, seconds in ((True, 0), (False, 31)):
        other = Client()
        sign_in_by_code(other, coordinator, deliver)
        with monkeypatch.context() as patched:
            patched.setattr("time.time", lambda seconds=seconds: start + seconds)
            other.post(STEP, {"code": code})
        assert is_signed_in(other) is opened


def test_wrong_codes_are_stopped(client: Client, coordinator: User, deliver: Deliver) -> None:
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    other = Client()
    sign_in_by_code(other, coordinator, deliver)
    said = [other.post(STEP, {"code": "000000"}).content.decode() for _time in range(6)]
    assert ["too many tries" in page for page in said] == [False] * 5 + [True]
    other.post(STEP, {"code": app_code(coordinator)})
    assert not is_signed_in(other)


def test_recovery_codes_are_shown_once_and_each_works_once(
    client: Client, coordinator: User, deliver: Deliver
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    codes = re.findall(r"<li>(\d{8})</li>", set_up_app(client, INDEX))
    assert len(codes) == 10
    assert client.get(CODES)["Location"] == INDEX
    kept = str(Authenticator.objects.values_list("data", flat=True))
    assert not any(code in kept for code in codes)
    for opened in (True, False):
        other = Client()
        sign_in_by_code(other, coordinator, deliver)
        other.post(STEP, {"code": codes[0]})
        assert is_signed_in(other) is opened
    assert "9 codes on paper left" in client.get(INDEX).content.decode()
    page = client.post(INDEX, {"renew": "1"}, follow=True).content.decode()
    renewed = re.findall(r"<li>(\d{8})</li>", page)
    assert len(renewed) == 10
    assert not set(renewed) & set(codes)


def test_what_the_database_keeps_opens_nothing_with_another_key(
    client: Client, coordinator: User, deliver: Deliver, settings
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    code = app_code(coordinator)
    settings.SECRET_KEY = "another"
    other = Client()
    sign_in_by_code(other, coordinator, deliver)
    assert "That is not the code" in other.post(STEP, {"code": code}).content.decode()


def test_a_step_is_taken_away_and_with_the_last_its_codes(
    client: Client, analyst: User, coordinator: User, deliver: Deliver
) -> None:
    sign_in_by_code(client, analyst, deliver)
    set_up_app(client, INDEX)
    step = Authenticator.objects.get(user=analyst, type="totp")
    phone = Client()
    sign_in_by_code(phone, analyst, deliver)
    phone.post(STEP, {"code": app_code(analyst)})
    assert is_signed_in(phone)
    stranger = Client()
    sign_in_by_code(stranger, coordinator, deliver)
    stranger.post(INDEX, {"remove": step.pk})
    assert Authenticator.objects.filter(pk=step.pk).exists()
    client.post(INDEX, {"remove": step.pk})
    assert not Authenticator.objects.filter(user=analyst).exists()
    assert "taken away" in deliver()[-1].body
    assert is_signed_in(client)
    # Nothing asks for what is there no more, here or in a browser that was open.
    assert not is_signed_in(phone)
    assert client.get(INDEX).status_code == 200
    assert "account_authentication_methods" not in client.session


def test_what_cannot_be_undone_asks_again_and_keeps_what_was_typed(
    client: Client, project: Project, coordinator: User, analyst: User, deliver: Deliver
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    role = Membership.objects.get(user=analyst)
    page = f"{PEOPLE}{role.uuid}/remove/"
    assert client.get(page).status_code == 200  # Just taken.
    let_time_pass(client)
    answer = client.get(page)
    assert answer["Location"] == f"{AGAIN}?next={page}"
    assert client.post(page)["Location"].startswith(AGAIN)
    assert Membership.objects.filter(pk=role.pk).exists()
    assert "we ask once more" in client.get(answer["Location"]).content.decode()
    wrong = client.post(answer["Location"], {"code": "000000"})
    assert "That is not the code" in wrong.content.decode()
    assert client.post(answer["Location"], {"code": app_code(coordinator)})["Location"] == page
    client.post(page)
    assert not Membership.objects.filter(pk=role.pk).exists()


def test_what_is_taken_out_or_erased_is_asked_about_again(
    client: Client, project: Project, coordinator: User, deliver: Deliver
) -> None:
    (said,) = make_comments(project, "My neighbour shouts at night.")
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    archive = "/bryn/settings/archive/"
    of_comment = f"{comment_url(said)}erase/"
    comments = "/bryn/themes/comments/take-out/"
    pages = [archive, of_comment, comments]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    let_time_pass(client)
    for page in [*pages, f"{archive}make/", f"{archive}take/"]:
        assert client.post(page)["Location"].startswith(AGAIN), page
    said.refresh_from_db()
    assert said.text == "My neighbour shouts at night."
    assert not Job.objects.filter(task=MAKE).exists()
    assert not AuditEntry.objects.filter(verb="engagements.comments_taken_out").exists()


def test_publishing_asks_again_and_what_was_typed_comes_back(
    client: Client, editor: User, deliver: Deliver
) -> None:
    sign_in_by_code(client, editor, deliver)
    set_up_app(client, INDEX)
    sent = {"title_en": "What we shall do", WRITER: sign_writer(editor)}
    let_time_pass(client)
    there = client.post("/bryn/plan/edit/publish/", sent)["Location"]
    assert there == f"{AGAIN}?next=/accounts/unsent/"
    after = client.post(there, {"code": app_code(editor)}, follow=True).content.decode()
    assert "Nothing you wrote is lost" in after
    assert "You were asked for your second step. Nothing was lost: look, then send." in after
    assert "signed out" not in after
    assert "What we shall do" in after


def test_who_has_none_is_not_asked_again(client_of: ClientOf, coordinator: User) -> None:
    client = client_of(coordinator)
    assert client.get(AGAIN)["Location"] == "/projects/"
    assert client.get(STEP)["Location"] == "/projects/"
    assert Client().get(STEP)["Location"] == "/accounts/login/"


def test_where_a_browser_keeps_no_passkey_the_page_says_so(
    client_of: ClientOf, coordinator: User
) -> None:
    client = client_of(coordinator)
    here = client.get(INDEX, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "passkeys only for sites with a name" in here
    there = client.get(INDEX, headers={"host": "localhost:8000"}).content.decode()
    assert 'href="/accounts/me/second-step/passkey/"' in there
    page = client.get(f"{INDEX}passkey/", headers={"host": "127.0.0.1:8000"})
    assert page["Location"] == INDEX


@pytest.mark.parametrize("sent", ["", "[]", "{}", "null", '{"id": 1}', "no json", '"words"'])
def test_what_no_passkey_sends_is_refused_in_plain_words(
    sent: str, client_of: ClientOf, coordinator: User
) -> None:
    client = client_of(coordinator)
    url = f"{INDEX}passkey/"
    client.get(url, headers={"host": "localhost"})
    answer = client.post(url, {"credential": sent}, headers={"host": "localhost"})
    assert "That did not work. Try again" in answer.content.decode()
    assert not Authenticator.objects.exists()
