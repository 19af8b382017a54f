"""The page that says from how many places erased words are gone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from engagements.models import ErasedComment
from engagements.services.erasure import erase_comment
from plan.queries.erasure import PLACES
from plan.services.erasure import clear_erased_words
from tests.plan.story import Story

pytestmark = pytest.mark.django_db


def test_the_page_counts_the_places_until_all_are_clear(story: Story, files, client_of) -> None:
    erasure = erase_comment(comment=story.swings, by=story.coordinator)
    sitting = story.swings.submission.uuid
    address, client = f"/bryn/plan/erasures/{sitting}/0/", client_of(story.coordinator)
    page = client.get(address).content.decode()
    assert "Gone from 3 of 11 places" in page
    assert f'hx-get="{address}"' in page
    clear_erased_words(project=story.project)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Gone from 9 of 11 places" in part
    assert "<html" not in part
    ErasedComment.objects.filter(pk=erasure.pk).update(
        gone_from=list(PLACES), finished_at=timezone.now()
    )
    page = client.get(address).content.decode()
    assert "Gone from 11 of 11 places" in page
    assert "hx-get" not in page.partition('id="erasure"')[2].partition("<h2")[0]
    last = timezone.localdate() + timedelta(days=35)
    assert date_format(last) in page


def test_what_was_finished_before_there_was_a_place_more_is_finished(
    story: Story, files, client_of
) -> None:
    erasure = erase_comment(comment=story.swings, by=story.coordinator)
    ErasedComment.objects.filter(pk=erasure.pk).update(
        gone_from=[place for place in PLACES if place != "archives"], finished_at=timezone.now()
    )
    address = f"/bryn/plan/erasures/{story.swings.submission.uuid}/0/"
    page = client_of(story.coordinator).get(address).content.decode()
    assert "Gone from 11 of 11 places" in page


def test_a_comment_that_was_not_erased_has_no_such_page(story: Story, client_of) -> None:
    sitting = story.swings.submission.uuid
    client = client_of(story.coordinator)
    assert client.get(f"/bryn/plan/erasures/{sitting}/0/").status_code == 404
