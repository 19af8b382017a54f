"""What every page does: lead somewhere, and say why a change was refused."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client

from coproduction.projects.models import Project, User
from coproduction.projects.pages import (
    apply_or_report,
    apply_or_warn,
    redirect_to,
    status_of,
    url_for,
)
from coproduction.projects.refusals import Refusal


class NameForm(forms.Form):
    """One word."""

    name = forms.CharField()


def refuse() -> None:
    raise Refusal("Choose another name.")


@pytest.fixture
def bryn() -> Project:
    return Project(slug="bryn")


@pytest.fixture
def request_with_messages() -> HttpRequest:
    request = HttpRequest()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said_to(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def test_an_address_takes_a_query(bryn) -> None:
    assert url_for(bryn, "themes:comment_list") == "/bryn/engagements/comments/"
    there = redirect_to(bryn, "themes:comment_list", query={"q": "bus & tŷ"})
    assert there.url == "/bryn/engagements/comments/?q=bus+%26+t%C5%B7"


def test_a_valid_form_is_applied() -> None:
    form = NameForm({"name": "Carys"})
    assert apply_or_report(form, lambda: str(form.cleaned_data["name"])) == "Carys"
    assert status_of(form) == 200


@pytest.mark.parametrize("data", [None, {"name": ""}])
def test_a_form_not_sent_or_not_valid_changes_nothing(data) -> None:
    made: list[str] = []
    assert apply_or_report(NameForm(data), lambda: made.append("made")) is None
    assert made == []


def test_a_refusal_is_said_on_the_form() -> None:
    form = NameForm({"name": "Carys"})
    assert apply_or_report(form, refuse) is None
    assert form.non_field_errors() == ["Choose another name."]
    assert status_of(form) == 409


def test_a_refusal_is_said_at_the_field_it_is_about() -> None:
    form = NameForm({"name": "Carys"})
    assert apply_or_report(form, refuse, field="name") is None
    assert form.errors == {"name": ["Choose another name."]}
    assert status_of(form) == 409


def test_what_the_record_does_not_take_is_said_without_its_fields() -> None:
    form = NameForm({"name": "Carys"})

    def change() -> None:
        raise ValidationError({"title": ["That is too long."]})

    assert apply_or_report(form, change) is None
    assert form.non_field_errors() == ["That is too long."]


def test_a_button_says_what_was_done_or_why_not(request_with_messages) -> None:
    assert apply_or_warn(request_with_messages, lambda: None, done="It is closed.")
    assert not apply_or_warn(request_with_messages, refuse, done="It is closed.")
    assert said_to(request_with_messages) == [
        ("success", "It is closed."),
        ("error", "Choose another name."),
    ]


def test_who_is_refused_is_logged_by_number_and_name_of_page(
    project: Project, analyst: User, client_of, caplog: pytest.LogCaptureFixture
) -> None:
    """No name, address or word; signed-out visitors and pages that are there say nothing."""
    client, nowhere = client_of(analyst), "00000000-0000-4000-8000-000000000000"
    stranger = User.objects.create_user("stranger@example.org", name="Strange Words")
    for page in ("/bryn/settings/", f"/bryn/themes/{nowhere}/", "/bryn/themes/"):
        client.get(page)
        Client().get(page)
    client_of(stranger).post("/bryn/settings/?q=typed", {"place": "typed"})
    said = [each.getMessage() for each in caplog.records if each.name == "coproduction.refused"]
    assert said == [
        f"person {analyst.pk}, GET projects:settings_page: role may not",
        f"person {analyst.pk}, GET themes:theme: not in the project",
        f"person {stranger.pk}, POST projects:settings_page: not on the team",
    ]
