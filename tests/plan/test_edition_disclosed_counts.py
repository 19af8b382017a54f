"""Small numbers: an edition tells of no few people, alone or by taking one number from another."""

import json
import re
from itertools import product
from typing import Any

import pytest
from django.test import Client

from engagements.disclosure.over_time import Line, settle_line
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Engagement
from plan.edition.disclosed_counts import FEWEST_SEATS, disclose_answers, thread_line
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
    line = thread_line(places, by_question, None, 10, asked=Line())
    return {
        "comments": write(line.whole),
        "by_question": write(line.told),
        "places": len(places),
    }


def test_a_thread_names_its_places_and_never_says_how_many_at_each(busy: Story) -> None:
    *_others, mend = sorted(snapshot_of(busy.project).actions, key=lambda one: -one.number)
    assert len(mend.thread.engagements) == 4
    # Of all forty comments; that three are not in it is not to be worked out.
    assert mend.thread.comments == PublicCount(None)
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


def test_that_a_thread_has_nearly_all_there_is_is_not_told() -> None:
    """Forty of forty-three: the three that are not in it would be told too."""
    asked = settle_line({"asset": 20, "need": 23}, None, 10)
    line = thread_line([20, 20], {"asset": 20, "need": 20}, None, 10, asked=asked)
    assert line.whole == PublicCount(None)
    assert not any(count.is_number for count in line.told.values())


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
    assert snapshot.figures.comments == PublicCount(40)
    assert snapshot.figures.people == PublicCount(99)


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
    assert "Comments led to this" in " ".join(action.split())
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


@pytest.mark.parametrize("seats", [1, 3, FEWEST_SEATS - 1, FEWEST_SEATS, 12])
def test_a_small_groups_answers_are_not_told(seats: int) -> None:
    for agree in {0, 1, seats - 1, seats}:
        answers = {"agreeing": agree, "agree": agree, "object": seats - agree}
        told = disclose_answers(answers, seats)
        few = seats < FEWEST_SEATS
        assert {kind: count.value for kind, count in told.items()} == (
            dict.fromkeys(answers) if few else answers
        )


def test_a_small_groups_answers_are_on_no_page_and_in_no_file(story: Story, client: Client) -> None:
    """Three seats: two agreed, one stood aside; all three agreed; one of each said otherwise."""
    story.publish()
    paths = ["plan/", "plan/print/", "plan/figures/?of=actions", f"follow/{story.receipt}/"]
    paths += [f"plan/actions/{number}/" for number in (1, 2, 3)]
    for prefix in ("", "/cy"):
        for path in paths:
            page = text_of(client, f"{prefix}/bryn/{path}")
            # How many is said before an answer's name, and as "2 of 3" or "all 3".
            for told in (r"of 3", r"o'r 3", r"all 3", r"\d (Agree|Object|Stand aside)\b"):
                assert not re.search(told, page), (path, told)
    assert "so how many said what stays private" in text_of(client, "/bryn/plan/actions/3/")
    data = json.loads(client.get("/bryn/plan/plan.json").content)
    tallies = [row["tally"] for idea in data["actions"] for row in [idea, *idea["rounds"]]]
    tallies += [row["tally"] for idea in data["not_taken_forward"] for row in idea["rounds"]]
    assert len(tallies) == 5
    for tally in tallies:
        assert set(tally.values()) == {3, "consent", None}


def test_an_older_edition_tells_no_small_groups_answers_either(
    story: Story, client: Client
) -> None:
    """It was frozen when they were told: what is stored stays, what is read of it is masked."""
    edition = story.publish()
    frozen = json.loads(json.dumps(edition.snapshot))
    frozen |= {"shape": 4, "figures": frozen["figures"] | {"people": 40, "comments": 4}}
    for idea in [*frozen["actions"], *frozen["not_taken_forward"]]:
        for row in [idea, *idea["rounds"]]:
            if "tally" in row:
                row["tally"] |= {"agreeing": 3, "agree": 3, "object": 0}
    type(edition).objects.filter(pk=edition.pk).update(snapshot=frozen)
    assert "all 3" not in text_of(client, "/bryn/plan/actions/1/")
    data = json.loads(client.get("/bryn/plan/plan.json").content)
    assert [row["tally"]["agreeing"] for row in data["actions"]] == [None, None]
