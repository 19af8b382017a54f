"""The page that asks what becomes of what people said at an engagement that is called off."""

import pytest
from django.urls import reverse

from engagements.models import Comment
from tests.forms import drawn

pytestmark = pytest.mark.django_db


def test_it_is_called_off_with_its_comments_once_somebody_says_what_becomes_of_them(
    client_of, coordinator, facilitator, engagement, say
) -> None:
    say("Park")
    at = {"project": "bryn", "uuid": engagement.uuid}
    here = reverse("engagements:engagement", kwargs=at)
    page = reverse("engagements:engagement_call_off", kwargs=at)
    carys = client_of(coordinator)
    assert page in carys.get(here).content.decode()
    assert page not in client_of(facilitator).get(here).content.decode()
    asked = carys.get(page)
    assert "People said 1 thing here that counts." in asked.content.decode()
    refused = carys.post(page, drawn(asked)).content.decode()
    assert "Choose what becomes of it." in refused
    done = carys.post(page, drawn(asked, kind="withdrawal"), follow=True)
    assert "It is called off." in done.content.decode()
    assert not Comment.objects.visible().exists()


def test_the_plain_button_leads_there_where_somebody_spoke_meanwhile(
    client_of, coordinator, facilitator, engagement, say
) -> None:
    say("Park")
    at = {"project": "bryn", "uuid": engagement.uuid}
    cancel = reverse("engagements:engagement_cancel", kwargs=at)
    answer = client_of(coordinator).post(cancel)
    assert answer["Location"] == reverse("engagements:engagement_call_off", kwargs=at)
    told = client_of(facilitator).post(cancel, follow=True).content.decode()
    assert "A co-ordinator can move or withdraw" in told
