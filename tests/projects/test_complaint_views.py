"""Pages of complaints about data: everybody's form, and the co-ordinator's list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import DataComplaint
from coproduction.projects.services.complaint import make_complaint

pytestmark = pytest.mark.django_db
FORM = "/bryn/privacy/complaint/"
LIST = "/bryn/settings/complaints/"
SAID = {"name": "Nia", "email": "nia@bryn.example", "text": "You kept my name."}


def test_somebody_finds_the_form_from_the_page_about_privacy(project) -> None:
    for language in ("", "/cy"):
        page = Client().get(f"{language}/bryn/privacy/").content.decode()
        assert f'href="{language}{FORM}"' in page


def test_somebody_complains_and_reads_what_happens_next(project) -> None:
    assert "Tell us what went wrong." in Client().post(FORM, {}).content.decode()
    answer = Client().post(f"/cy{FORM}", SAID, follow=True)
    assert "Mae eich cwyn gyda ni" in answer.content.decode()
    kept = DataComplaint.objects.get()
    assert (kept.text, kept.email, kept.language) == (SAID["text"], SAID["email"], "cy")


def test_whoever_sends_very_many_is_told_to_wait(project) -> None:
    statuses = [Client().post(FORM, SAID).status_code for _time in range(11)]
    assert statuses == [302] * 10 + [429]


def test_a_coordinator_answers_from_the_list(project, coordinator, client_of) -> None:
    complaint = make_complaint(project=project, language="en", **SAID)
    client = client_of(coordinator)
    page = client.get(LIST).content.decode()
    assert "30 days left to say that it came" in page
    DataComplaint.objects.update(received_at=timezone.now() - timedelta(days=31))
    assert "1 day too late to say that it came" in client.get(LIST).content.decode()
    one = f"{LIST}{complaint.uuid}/"
    assert SAID["text"] in client.get(one).content.decode()
    page = client.post(f"{one}acknowledge/", follow=True).content.decode()
    assert "A letter tells them that their complaint came." in page
    page = client.post(one, {"reply": "We took it out."}, follow=True).content.decode()
    assert "Your answer is on its way to them." in page
    assert "Answered on" in page
    assert "We took it out." in client.get(one).content.decode()
    again = client.post(one, {"reply": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.content.decode()


def test_only_a_coordinator_reads_complaints(project, analyst, editor, chair, client_of) -> None:
    complaint = make_complaint(project=project, language="en", **SAID)
    for user in (analyst, editor, chair):
        for address in (LIST, f"{LIST}{complaint.uuid}/"):
            assert client_of(user).get(address).status_code == 403


def test_the_list_asks_the_same_however_many_there_are(
    project, coordinator, client_of, assert_same_queries
) -> None:
    def more(_number: int) -> None:
        make_complaint(project=project, language="en", **SAID)

    assert_same_queries(client_of(coordinator), LIST, more)
