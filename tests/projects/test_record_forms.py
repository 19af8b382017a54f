"""Two windows on one form, a form sent twice, and a session that ended in between."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.forms.record import CarryingForm, ChangingForm
from coproduction.projects.models import Organisation, Project, ReadTooEarly, Session, User
from coproduction.projects.seen import ChangedMeanwhile, Seen, SentForm, merge
from coproduction.projects.services.organisation import add_organisation
from tests.forms import drawn, drawn_forms

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
SETTINGS = "/bryn/settings/"
ADD = "/bryn/workshops/organisations/add/"


@pytest.fixture
def clients(project: Project, coordinator: User, client_of: ClientOf) -> tuple[Client, Client]:
    """Two windows in which the co-ordinator is signed in; the settings lack nothing."""
    Project.objects.update(scope=Translated.of("en", en="What can change"))
    return client_of(coordinator), client_of(coordinator)


def test_two_people_who_change_other_settings_keep_both(project: Project, clients):
    mine, theirs = clients
    first, second = mine.get(SETTINGS), theirs.get(SETTINGS)
    sent = drawn(second, safeguarding_lead="lead@bryn.example", scope_en="What can, and can't")
    assert theirs.post(SETTINGS, sent).status_code == 302
    assert mine.post(SETTINGS, drawn(first, place="Bryn y Môr")).status_code == 302
    project.refresh_from_db()
    assert project.place == "Bryn y Môr"
    assert project.safeguarding_lead == "lead@bryn.example"
    assert project.scope.text("en") == "What can, and can't"


def test_two_people_who_change_one_setting_see_both(project: Project, clients):
    mine, theirs = clients
    first, second = mine.get(SETTINGS), theirs.get(SETTINGS)
    theirs.post(SETTINGS, drawn(second, place="Bryn y Môr"))
    clash = mine.post(SETTINGS, drawn(first, place="Bryn y Coed", contact_email="a@bryn.example"))
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Bryn y Môr" in page
    # The box holds what I typed; what nobody else touched of mine is still there.
    again = drawn(clash)
    assert (again["place"], again["contact_email"]) == (["Bryn y Coed"], ["a@bryn.example"])
    project.refresh_from_db()
    assert (project.place, project.contact_email) == ("Bryn y Môr", "")
    assert mine.post(SETTINGS, again).status_code == 302
    project.refresh_from_db()
    assert (project.place, project.contact_email) == ("Bryn y Coed", "a@bryn.example")


def test_who_saw_both_can_keep_the_other_persons(project: Project, clients):
    mine, theirs = clients
    first, second = mine.get(SETTINGS), theirs.get(SETTINGS)
    theirs.post(SETTINGS, drawn(second, place="Bryn y Môr"))
    clash = mine.post(SETTINGS, drawn(first, place="Bryn y Coed", contact_email="a@bryn.example"))
    assert mine.post(SETTINGS, drawn(clash, theirs="place")).status_code == 302
    project.refresh_from_db()
    assert (project.place, project.contact_email) == ("Bryn y Môr", "a@bryn.example")


def test_what_they_chose_to_keep_stays_chosen_when_something_else_is_wrong(
    project: Project, clients
):
    mine, theirs = clients
    first, second = mine.get(SETTINGS), theirs.get(SETTINGS)
    theirs.post(SETTINGS, drawn(second, place="Bryn y Môr"))
    clash = mine.post(SETTINGS, drawn(first, place="Bryn y Coed"))
    wrong = mine.post(SETTINGS, drawn(clash, theirs="place", contact_email="nobody"))
    assert wrong.status_code == 200
    assert mine.post(SETTINGS, drawn(wrong, contact_email="a@bryn.example")).status_code == 302
    project.refresh_from_db()
    assert (project.place, project.contact_email) == ("Bryn y Môr", "a@bryn.example")


def test_what_the_service_does_not_merge_is_drawn_as_it_was_typed():
    class Form(ChangingForm):
        place = forms.CharField()
        day = forms.DateField()

    def form(sent: Any) -> Form:
        return Form(sent, initial={"place": "Hall", "day": date(2026, 5, 1)})

    drawn_from = Seen.of({"place": "Hall"}).as_text()
    bound = form({"seen": drawn_from, "place": "School", "day": "2026-06-02"})
    assert bound.is_valid()
    with pytest.raises(ChangedMeanwhile) as refusal:
        merge(bound.cleaned_data["seen"], now={"place": "Church"}, sent={"place": "School"})
    bound.show_clash(refusal.value)
    assert bound["place"].value() == "School"
    assert 'value="2026-06-02"' in str(bound["day"])


def test_a_form_sent_twice_adds_one(project: Project, facilitator: User, client_of: ClientOf):
    mine = client_of(facilitator)
    sent = drawn(mine.get(ADD), name_en="Council", sector="council")
    for _time in range(2):
        # The second time too it is saved, for all the person can see.
        assert mine.post(ADD, sent).status_code == 302
    assert Organisation.objects.count() == 1


def test_a_form_gone_back_to_and_filled_otherwise_asks_then_adds_another(
    project: Project, facilitator: User, client_of: ClientOf
):
    mine = client_of(facilitator)
    page = mine.get(ADD)
    mine.post(ADD, drawn(page, name_en="Council", sector="council"))
    asked = mine.post(ADD, drawn(page, name_en="School", sector="school"))
    assert asked.status_code == 409
    assert "Council" in asked.content.decode()
    assert Organisation.objects.count() == 1
    assert mine.post(ADD, drawn(asked)).status_code == 302
    assert Organisation.objects.count() == 2


def test_what_was_removed_since_is_made_anew(project: Project, coordinator: User):
    sending = SentForm.of(uuid4(), {"name": "Council"})

    def add() -> Organisation:
        return add_organisation(
            project=project,
            name={"en": "Council"},
            sector="council",
            by=coordinator,
            sending=sending,
        )

    first = add()
    assert add() == first
    first.delete()
    second = add()
    assert second.pk != first.pk
    assert add() == second


def test_what_was_sent_cannot_be_tried_out_without_our_key(
    project: Project, coordinator: User, settings
):
    """Somebody who has the rows, and guesses the name, can't see that it was right."""
    page = uuid4()
    content = SentForm.of(page, {"name": "Dai"}).content
    print_ = Seen.of({"name": "Dai"}).as_text()
    settings.SECRET_KEY = "another"
    assert SentForm.of(page, {"name": "Dai"}).content != content
    assert Seen.of({"name": "Dai"}).as_text() != print_


def test_what_somebody_sent_after_their_session_ended_comes_back(
    project: Project, coordinator: User, member: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr", scope_en="All of\nit")
    Session.objects.all().delete()
    to_sign_in = client.post(SETTINGS, sent)
    assert to_sign_in["Location"] == "/accounts/login/?next=/accounts/unsent/"
    client.force_login(coordinator)
    back = client.get("/accounts/unsent/")
    assert "You had been signed out before it reached us." in back.content.decode()
    assert "second step" not in back.content.decode()
    shown = client.post(SETTINGS, drawn(back))
    assert shown.status_code == 200
    filled = drawn(shown)
    assert (filled["place"], filled["scope_en"]) == (["Bryn y Môr"], ["All of\nit"])
    project.refresh_from_db()
    assert project.place == "Bryn"
    assert client.post(SETTINGS, filled).status_code == 302
    project.refresh_from_db()
    assert project.place == "Bryn y Môr"
    assert client.get("/accounts/unsent/").status_code == 302


def test_it_comes_back_to_nobody_else(
    project: Project, coordinator: User, member: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    Session.objects.all().delete()
    client.post(SETTINGS, sent)
    client.force_login(member)
    assert client.get("/accounts/unsent/").status_code == 302


def test_what_came_back_can_be_thrown_away(
    project: Project, coordinator: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    Session.objects.all().delete()
    client.post(SETTINGS, sent)
    client.force_login(coordinator)
    client.post("/accounts/unsent/", drawn_forms(client.get("/accounts/unsent/"))[1])
    assert client.get("/accounts/unsent/").status_code == 302


def test_two_windows_both_come_back(project: Project, coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    first = drawn(client.get(SETTINGS), place="Bryn y Môr")
    second = drawn(client.get("/accounts/me/"), name="Carys Ann")
    Session.objects.all().delete()
    client.post(SETTINGS, first)
    client.post("/accounts/me/", second)
    client.force_login(coordinator)
    page = client.get("/accounts/unsent/")
    mine, _throw, other, _throw_too = drawn_forms(page)
    assert (mine["place"], other["name"]) == (["Bryn y Môr"], ["Carys Ann"])
    client.post(SETTINGS, mine)
    [other, _throw] = drawn_forms(client.get("/accounts/unsent/"))
    assert other["name"] == ["Carys Ann"]


def test_it_comes_back_after_the_session_ended_twice(
    project: Project, coordinator: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    for _time in range(2):
        Session.objects.all().delete()
        client.post(SETTINGS, sent)
        client.force_login(coordinator)
        sent = drawn(client.get("/accounts/unsent/"))
    assert sent["place"] == ["Bryn y Môr"]


def test_it_is_kept_nowhere_but_in_a_session_that_ends_the_next_day(
    project: Project, coordinator: User, client_of: ClientOf
):
    client = client_of(coordinator)
    page = client.get(SETTINGS)
    Session.objects.all().delete()
    client.post(SETTINGS, drawn(page, place="Bryn y Môr"))
    [session] = Session.objects.all()
    assert session.expire_date < timezone.now() + timedelta(days=1, minutes=1)
    client.force_login(coordinator)
    back = client.get("/accounts/unsent/")
    assert "no-store" in back["Cache-Control"]
    assert client.session.get_expiry_age() > timedelta(days=2).total_seconds()


def test_nobody_fills_the_table_of_sessions(project: Project, client: Client):
    """Nothing is kept but of a page that we made for somebody."""
    for writer in ("", "a:b:c"):
        client.post(SETTINGS, {"place": "x" * 1000, "writer": writer})
    assert not Session.objects.exists()


def test_what_waits_for_somebody_else_is_let_go(
    project: Project, coordinator: User, member: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    Session.objects.all().delete()
    client.post(SETTINGS, sent)
    client.force_login(member)
    client.get("/accounts/unsent/")
    assert "unsent" not in client.session


def test_what_a_person_says_of_themselves_comes_back_too(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    sent = drawn(client.get("/accounts/me/"), name="Carys Ann")
    Session.objects.all().delete()
    client.post("/accounts/me/", sent)
    client.force_login(coordinator)
    assert drawn(client.get("/accounts/unsent/"))["name"] == ["Carys Ann"]


def test_a_page_from_before_signing_in_in_another_window_loses_nothing(
    project: Project, coordinator: User, member: User
):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    # What signing in does to the cookie.
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(SETTINGS, sent)
    assert answer["Location"] == "/accounts/unsent/"
    shown = client.post(SETTINGS, drawn(client.get("/accounts/unsent/")))
    assert drawn(shown)["place"] == ["Bryn y Môr"]
    project.refresh_from_db()
    assert project.place == "Bryn"
    # Nothing that others made comes into anybody's session.
    client.force_login(member)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(SETTINGS, sent).status_code == 403
    assert "unsent" not in client.session


def test_a_form_of_the_team_outlives_all_cookies(project: Project, coordinator: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    client.cookies.clear()
    assert client.post(SETTINGS, sent)["Location"] == "/accounts/login/?next=/accounts/unsent/"
    client.force_login(coordinator)
    shown = client.post(SETTINGS, drawn(client.get("/accounts/unsent/")))
    assert drawn(shown)["place"] == ["Bryn y Môr"]


def test_a_part_of_a_page_leads_to_signing_in_whole(project: Project, client: Client):
    page = "http://testserver/bryn/settings/people/?a=1"
    answer = client.post(
        "/bryn/settings/people/", headers={"HX-Request": "true", "HX-Current-URL": page}
    )
    assert answer["HX-Redirect"] == "/accounts/login/?next=/bryn/settings/people/%3Fa%3D1"


def test_a_button_leads_back_to_its_page(project: Project, client: Client):
    """Its own address has no page to come back to."""
    invite = f"/bryn/settings/people/{uuid4()}/invite/"
    page = "http://testserver/bryn/settings/people/?a=1"
    answer = client.post(invite, headers={"Referer": page})
    assert answer["Location"] == "/accounts/login/?next=/bryn/settings/people/%3Fa%3D1"
    for elsewhere in ("http://evil.example/a/", "http://testserver//evil.example/a/"):
        there = client.post(invite, headers={"Referer": elsewhere})["Location"]
        assert not there.startswith("/accounts/login/?next=//")
        assert "=http" not in there


def test_a_row_read_before_the_lock_is_never_saved(project: Project, coordinator: User):
    """The guard under it all: what a service did not read again, it can't write."""
    body = add_organisation(
        project=project, name={"en": "Council"}, sector="council", by=coordinator
    )
    with recorded(project=project, by=coordinator) as ledger:
        with pytest.raises(ReadTooEarly):
            body.save()
        before = ledger.refresh(body).version
        body.save()
    body.refresh_from_db()
    assert body.version == before + 1


def test_another_projects_lock_is_not_ones_own(
    project: Project, other_project: Project, coordinator: User
):
    """A row read while some other project is locked may have been changed since all the same."""
    body = add_organisation(
        project=project, name={"en": "Council"}, sector="council", by=coordinator
    )
    with recorded(project=other_project, by=coordinator):
        elsewhere = Organisation.objects.get(pk=body.pk)
        with pytest.raises(ReadTooEarly):
            elsewhere.save()
    with recorded(project=project, by=coordinator):
        mine = Organisation.objects.get(pk=body.pk)
        with recorded(project=other_project, by=coordinator):
            mine.save()


def test_rows_changed_many_at_once_are_a_version_on(project: Project, coordinator: User):
    body = add_organisation(
        project=project, name={"en": "Council"}, sector="council", by=coordinator
    )
    Organisation.objects.filter(pk=body.pk).update(sector="charity")
    Organisation.objects.bulk_update([body], ["sector"])
    assert Organisation.objects.get(pk=body.pk).version == body.version + 2


@pytest.mark.once
def test_two_people_who_tick_other_words_on_a_list_keep_both():
    class Ticking(ChangingForm):
        days = forms.MultipleChoiceField(choices=[(day, day) for day in ("mon", "tue", "wed")])

    before = ["mon", "tue"]
    page = Ticking(initial={"days": before})
    form = Ticking({"days": ["mon", "tue", "wed"], "seen": page["seen"].value()})
    assert form.is_valid()
    sent = {"days": form.cleaned_data["days"]}
    assert merge(form.cleaned_data["seen"], now={"days": ["tue"]}, sent=sent) == {
        "days": ["tue", "wed"]
    }


@pytest.mark.once
@pytest.mark.parametrize("prefix", ["", "decide"])
def test_a_form_carries_what_its_page_shows_from_then_on(prefix: str):
    class Pressed(CarryingForm):
        read = forms.CharField(widget=forms.HiddenInput)

    sent = Pressed({f"{prefix}-read" if prefix else "read": "3"}, prefix=prefix)
    assert sent.is_valid()
    sent.carry("read", 4)
    fresh = Pressed(prefix=prefix)
    fresh.carry("read", 4)
    assert (str(sent["read"].value()), fresh["read"].value()) == ("4", 4)
