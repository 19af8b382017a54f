"""The plan's charts, as they are drawn in page and PDF."""

import pytest
from django.test import Client

from plan.services.rendering import html_of_edition
from tests.plan.story import Story
from themes.services.codebook import change_theme

pytestmark = pytest.mark.django_db


def test_a_name_that_runs_from_the_right_is_drawn_without_markup(story: Story, client: Client):
    name = "الحديث والانتماء"
    change_theme(theme=story.theme, name={"en": name, "cy": name}, by=story.analyst)
    edition = story.publish()
    addresses = ("plan/", "plan/print/", "plan/actions/1/", "plan/figures/?of=comments")
    pages = [client.get(f"/bryn/{address}").content.decode() for address in addresses]
    pages += [client.get("/cy/bryn/plan/").content.decode(), html_of_edition(edition, "en")]
    assert name in pages[0]
    for page in pages:
        assert "&lt;span" not in page
