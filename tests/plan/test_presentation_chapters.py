"""The chapters of an edition as a reader meets them: partners by their names of then and now."""

import re
from html import unescape

import pytest
from django.test import Client

from coproduction.projects.services.organisation import add_organisation, change_organisation
from tests.plan.story import Story, both

pytestmark = pytest.mark.django_db


def words_of(client: Client, path: str) -> str:
    """Read a page's words, one space apart."""
    page = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
    return " ".join(unescape(page).split())


def test_a_partner_stands_as_it_was_agreed_and_by_its_name_of_now(story: Story, client: Client):
    lead = story.mend.wordings.get().lead
    bodies = [
        add_organisation(
            project=story.project, name=both(name), sector="charity", by=story.facilitator
        )
        for name in ("Bus Users", "Tidy Town")
    ]
    action = story.propose("Plant trees", lead=lead, supporting=bodies)
    story.agree(action.wordings.get())
    story.publish()
    pages = ("/bryn/plan/", f"/bryn/plan/actions/{action.number}/")
    for path in pages:
        assert "With Bus Users, Tidy Town" in words_of(client, path)
        assert "now called" not in words_of(client, path)
    for body, name in ((lead, both("Green Trust")), (bodies[0], {"en": "Bus Friends"})):
        change_organisation(organisation=body, name=name, sector=body.sector, by=story.facilitator)
    for path in pages:
        page = words_of(client, path)
        assert "Lead Parks Trust (now called Green Trust)" in page, path
        assert "With Bus Users (now called Bus Friends) , Tidy Town" in page, path
        welsh = words_of(client, f"/cy{path}")
        assert "Parks Trust (cy) (Green Trust (cy) yw'r enw nawr)" in welsh
    assert "now called" not in words_of(client, "/bryn/plan/print/")
