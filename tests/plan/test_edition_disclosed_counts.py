"""Small numbers: an edition tells of no few people, alone or by taking one number from another."""

import json
import re
from itertools import product
from typing import Any

import pytest
from django.test import Client

from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Engagement
from plan.edition.disclosed_counts import thread_counts
from plan.edition.format import write
from plan.queries.freezing import snapshot_of
from tests.plan.story import Story
from tests.plan.test_public_views import text_of
from tests.themes.comments import make_comments, make_engagement
from themes.services.coding import code_comments

pytestmark = pytest.mark.django_db
FEWER = "fewer than 10"
# Which of the two says why a number is missing is for the rule itself to decide.
HIDDEN = "(fewer than 10|not shown)"


def thread_of(places: list[int], by_question: dict[str, int]) -> dict[str, Any]:
    """Say in JSON what may be published of a thread with so many comments at each place."""
    comments, by_question, quotable = thread_counts(places, by_question, (0, sum(places)), 10)
    return {
        "comments": write(comments),
        "by_question": write(by_question),
        "quotable": write(quotable),
        "places": len(places),
    }


def test_a_thread_names_its_places_and_never_says_how_many_at_each(busy: Story) -> None:
    *_others, mend = sorted(snapshot_of(busy.project).actions, key=lambda one: -one.number)
    assert len(mend.thread.engagements) == 4
    assert mend.thread.comments == PublicCount(37)
    assert not any(isinstance(each, int) for each in write(mend.thread)["engagements"])


def test_where_the_sum_would_tell_that_each_place_brought_one_it_is_kept_back() -> None:
    for places in ([1] * 9, [1] * 14, [2] + [1] * 13):
        thread = thread_of(places, {"need": sum(places)})
        assert thread["comments"] is None
        assert thread["by_question"] == {"need": None}
    assert thread_of([3] + [1] * 13, {"need": 16})["comments"] == 16


def test_no_place_can_be_worked_out_from_the_sum_of_a_thread() -> None:
    """Over all small threads: what is published always leaves two answers for each place."""
    looked_at = 0
    published: dict[str, list[tuple[int, ...]]] = {}
    for length in (2, 3, 9, 10, 11):
        for places in product((1, 2, 3), repeat=length) if length < 4 else _nearly_ones(length):
            thread = thread_of(list(places), {"need": sum(places)})
            published.setdefault(json.dumps(thread), []).append(places)
            looked_at += 1
    for answers in published.values():
        for at in range(len(answers[0])):
            assert len({places[at] for places in answers}) > 1
    assert looked_at > 60
    print(f"{looked_at} threads, {len(published)} ways to publish them")


def _nearly_ones(length: int) -> list[tuple[int, ...]]:
    """List every way to have one comment at each place, and up to two more somewhere."""
    ones = (1,) * length
    more = [tuple(2 if at == here else 1 for at in range(length)) for here in range(length)]
    most = [tuple(3 if at == here else 1 for at in range(length)) for here in range(length)]
    return [ones, *more, *most]


@pytest.mark.parametrize(
    ("quotable", "silent", "told"), [(12, 31, 12), (0, 43, 0), (40, 3, None), (3, 40, None)]
)
def test_how_many_more_may_be_quoted_does_not_tell_that_a_few_would_not(
    quotable: int, silent: int, told: int | None
) -> None:
    *_counts, kept = thread_counts([43], {"need": 43}, (quotable, silent), 10)
    assert kept.value == told


def test_counts_by_question_do_not_give_a_small_one_away() -> None:
    told = thread_of([20, 23], {"asset": 12, "need": 28, "change": 3})["by_question"]
    assert told.keys() == {"asset", "need", "change"}
    assert {kind: count for kind, count in told.items() if isinstance(count, int)} == {"need": 28}


def test_a_whole_that_is_small_keeps_its_parts_back() -> None:
    thread = thread_of([3, 4], {"asset": 3, "need": 4})
    assert thread["comments"] == "<10"
    assert thread["by_question"] == {"asset": "<10", "need": "<10"}


@pytest.fixture
def busy(story: Story) -> Story:
    """Two busy events and a quiet one, all on the theme; the third action rests on all three."""
    for title, people, number in (("Fair", 30, 20), ("School", 25, 14), ("Doorstep", 4, 2)):
        event = make_engagement(story.project, title, people)
        texts = [f"{title} {turn}." for turn in range(number)]
        comments = make_comments(story.project, *texts, engagement=event)
        pairs = [(comment, story.code) for comment in comments]
        code_comments(project=story.project, pairs=pairs, by=story.analyst)
        story.cite(story.mend, *comments)
    return story


def test_events_are_counted_along_one_line_only(busy: Story) -> None:
    snapshot = snapshot_of(busy.project)
    told = {row.title: (row.people, row.comments) for row in snapshot.engagements}
    assert not any(count.is_number for count in told["Doorstep"])
    assert told["Fair"] == (PublicCount(30), PublicCount(20))
    # Four comments at the open day and two on the doorstep: together they are six.
    assert not told["Open day"][1].is_number
    assert not told["School"][0].is_number
    assert snapshot.figures.comments == 40
    assert snapshot.figures.people == 99


def test_pages_and_data_say_that_a_number_is_small(busy: Story, client: Client) -> None:
    busy.publish()
    for path in ("plan/figures/?of=comments", "plan/figures/?of=people", "plan/figures/?of=themes"):
        page = text_of(client, f"/bryn/{path}")
        assert FEWER in page
        assert "A small number could show who somebody is." in page
    action = client.get("/bryn/plan/actions/1/").content.decode()
    where = action[action.index('id="where"') :]
    for title in ("Fair", "School", "Doorstep", "Open day"):
        assert title in where
    assert '<td role="cell" data-label="Comments"' not in where
    assert "37 comments led to this" in " ".join(action.split())
    event = Engagement.objects.get(project=busy.project, title="Doorstep")
    page = text_of(client, f"/bryn/plan/events/{event.uuid}/")
    assert re.search(f"Comments {HIDDEN} A small number", page)
    plan = text_of(client, "/bryn/plan/")
    # The table beside the chart.
    assert re.search(f"Places to play, What we need: {HIDDEN} ", plan)
    assert "Places to play, All: 40" in plan
    assert "Events whose number is not shown are left out." in plan
    data = json.loads(client.get("/bryn/plan/plan.json").content)
    told = {row["title"]: row["comments"] for row in data["engagements"]}
    assert told["Doorstep"] in {"<10", None}


def test_a_project_may_show_every_number(busy: Story) -> None:
    type(busy.project).objects.update(small_number=1)
    busy.project.refresh_from_db()
    snapshot = snapshot_of(busy.project)
    assert [row.comments.value for row in snapshot.engagements] == [4, 20, 14, 2]
    assert snapshot.actions[1].thread.comments == PublicCount(1)
