"""The list of engagements, narrowed and in pages; copying one; saving one and adding another."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from engagements.models import Engagement
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.views import engagement as views
from tests.forms import drawn

HERE = "/bryn/engagements/"
PLAN = f"{HERE}plan/"


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def put_in(project, coordinator):
    """Put an engagement in the diary: ``put_in("Walk", date(2024, 5, 4), method="walkabout")``."""

    def put(title: str, day: date, **more) -> Engagement:
        about = {"method": "event", "status": "held"} | more
        return plan_engagement(project=project, title=title, date=day, by=coordinator, **about)

    return put


@pytest.fixture
def four(put_in, coordinator) -> None:
    """Four engagements, each of which stands elsewhere."""
    today = timezone.localdate()
    put_in("Fun day", date(2024, 5, 4), area="North", place="Tŷ Bach")
    put_in("Visit", today - timedelta(days=1), method="group", status="planned")
    put_in("Walk", today + timedelta(days=40), method="walkabout", status="planned")
    off = put_in("Stall", date(2024, 6, 9), area="South", status="planned")
    cancel_engagement(engagement=off, version=off.version, by=coordinator)


def listed(client, query: str, address: str = HERE) -> list[str]:
    """Return the titles of the engagements that the list shows."""
    return [each.title for each in client.get(f"{address}?{query}").context["page"]]


NARROWED = {
    "": ["Visit", "Walk", "Fun day", "Stall"],
    "q=fun": ["Fun day"],
    "q=ty+bach": ["Fun day"],
    "q=walk+OR+stall": ["Walk", "Stall"],
    "q=-walk": ["Visit", "Fun day", "Stall"],
    "method=group": ["Visit"],
    "area=South": ["Stall"],
    "month=2024-05": ["Fun day"],
    "state=to_log": ["Visit"],
    "state=to_come": ["Walk"],
    "state=held": ["Fun day"],
    "state=cancelled": ["Stall"],
    "state=held&area=South": [],
    # What can't be understood narrows nothing, and is said.
    "month=1066-10": ["Visit", "Walk", "Fun day", "Stall"],
    "state=x": ["Visit", "Walk", "Fun day", "Stall"],
}


@pytest.mark.parametrize("narrowed", NARROWED)
def test_the_list_is_narrowed(client, four, narrowed) -> None:
    assert listed(client, narrowed) == NARROWED[narrowed]
    assert listed(client, narrowed, "/cy/bryn/engagements/") == NARROWED[narrowed]


def test_what_cannot_be_understood_is_said(client, four) -> None:
    assert "Choose from the list." in client.get(f"{HERE}?month=x").content.decode()


def test_what_narrows_it_can_be_taken_away_and_nothing_found_leads_back(client, four) -> None:
    tree = html.fromstring(client.get(f"{HERE}?method=group&q=visit").content.decode())
    chips = {
        " ".join(each.text_content().split()): each.get("href")
        for each in tree.xpath("//ul[@aria-label='Narrowed by']//a")
    }
    assert chips == {
        "Title or place: visit × (take away)": f"{HERE}?method=group",
        "Method: Visit to a group × (take away)": f"{HERE}?q=visit",
        "Show all": HERE,
    }
    page = client.get(f"{HERE}?q=nowhere").content.decode()
    assert "No engagement fits" in page
    assert "No engagements yet" not in page


def test_many_are_shown_in_pages_that_stay_narrowed(client, put_in, monkeypatch) -> None:
    monkeypatch.setattr(views, "ENGAGEMENTS_PER_PAGE", 2)
    for day in range(1, 6):
        put_in(f"Walk {day}", date(2024, 5, day))
    put_in("Stall", date(2024, 5, 9))
    page = client.get(f"{HERE}?q=walk")
    assert [each.title for each in page.context["page"]] == ["Walk 5", "Walk 4"]
    assert 'href="?q=walk&amp;page=3"' in page.content.decode()
    assert listed(client, "q=walk&page=3") == ["Walk 1"]


def test_the_narrowed_list_costs_the_same(client, put_in, assert_same_queries) -> None:
    assert_same_queries(
        client,
        f"{HERE}?q=walk&method=event&area=North&month=2024-05&state=held",
        lambda n: put_in(f"Walk {n}", date(2024, 5, n), area="North"),
    )


def test_a_copy_begins_with_all_but_the_day(client, four) -> None:
    found = Engagement.objects.get(title="Fun day")
    shown = client.get(reverse("engagements:engagement", args=["bryn", found.uuid]))
    assert f'href="{PLAN}?like={found.uuid}"' in shown.content.decode()
    page = client.get(f"{PLAN}?like={found.uuid}")
    assert "Begun as a copy" in page.content.decode()
    sent = drawn(page)
    assert [sent[name] for name in ("title", "area", "place")] == [
        ["Fun day"],
        ["North"],
        ["Tŷ Bach"],
    ]
    assert "date" not in sent
    client.post(f"{PLAN}?like={found.uuid}", drawn(page, date="2030-05-04"))
    assert Engagement.objects.filter(title="Fun day", area="North").count() == 2


def test_another_projects_engagement_is_not_copied(client, four, other_project) -> None:
    Engagement.objects.filter(title="Fun day").update(project=other_project)
    uuid = Engagement.objects.get(title="Fun day").uuid
    for named in (uuid, "x", ""):
        page = client.get(f"{PLAN}?like={named}")
        assert page.status_code == 200
        assert "Begun as a copy" not in page.content.decode()


def test_one_is_saved_and_another_added(client) -> None:
    sent = drawn(client.get(PLAN), title="Fun day", method="event", date="2030-05-04", another="1")
    page = client.post(PLAN, sent, follow=True)
    assert page.redirect_chain[-1][0] == PLAN
    assert "“Fun day” is saved." in page.content.decode()
    assert "title" not in drawn(page)
    again = client.post(PLAN, drawn(page, title="Stall", method="event", date="2030-05-05"))
    assert again.status_code == 302
    assert Engagement.objects.count() == 2
