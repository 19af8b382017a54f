"""An engagement's page lists what was typed and pasted, and each can be undone from it."""

import pytest
from django.urls import reverse

from engagements.models import Comment
from engagements.services.submission import paste_lines

pytestmark = pytest.mark.django_db


def test_a_paste_of_before_is_undone_from_the_engagements_page(
    client_of, facilitator, coordinator, engagement, questions, analyst
) -> None:
    kept = paste_lines(
        engagement=engagement,
        question=questions["asset"],
        lines=["Park", "River"],
        by=coordinator,
    )
    at = {"project": "bryn", "uuid": engagement.uuid}
    here = reverse("engagements:engagement", kwargs=at)
    undo = reverse("engagements:run_undo", kwargs=at | {"run": kept[0].run})
    ffion = client_of(facilitator)
    assert undo in ffion.get(here).content.decode()
    assert undo not in client_of(analyst).get(here).content.decode()
    assert "2 entries are taken back" in ffion.get(undo).content.decode()
    assert Comment.objects.visible().count() == 2
    done = ffion.post(undo, follow=True).content.decode()
    assert "2 entries were undone." in done
    assert not Comment.objects.visible().exists()
    for again in (ffion.get(undo, follow=True), ffion.post(undo, follow=True)):
        assert "undone already" in again.content.decode()


def test_the_engagements_page_costs_the_same_with_one_run_and_three(
    client_of, coordinator, engagement, questions, assert_same_queries
) -> None:
    def paste(number: int) -> None:
        paste_lines(
            engagement=engagement,
            question=questions["asset"],
            lines=[f"Park {number}"],
            by=coordinator,
        )

    url = reverse("engagements:engagement", kwargs={"project": "bryn", "uuid": engagement.uuid})
    assert_same_queries(client_of(coordinator), url, paste, 25)
