"""The list of comments, narrowed: list, change to many and file mean the same; and one by one."""

import csv
from datetime import date
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import Membership, Project, User
from engagements.models import BulkChange, Comment, Engagement, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.withholding import raise_concern, withdraw_comment
from tests.forms import drawn
from tests.themes.comments import make_questions
from themes.queries import comment_counts
from themes.queries.coded_selection import CodedSelection
from themes.services.coding import code_comment
from themes.tasks import change_listed_comments

pytestmark = pytest.mark.django_db

HERE = "/bryn/engagements/comments/"
FILTERS = f"{HERE}filters/"
TAKE_OUT = "/bryn/themes/comments/take-out/"


@pytest.fixture
def carys(client_of, coordinator) -> Client:
    """A window in which the co-ordinator is signed in."""
    return client_of(coordinator)


@pytest.fixture
def said(project: Project, coordinator: User, facilitator: User, book, analyst: User) -> None:
    """Four comments, of which any two differ in much of what is known of them."""
    questions = make_questions(project)

    def held(title: str, method: str, area: str, day: date) -> Engagement:
        return plan_engagement(
            project=project,
            title=title,
            method=method,
            area=area,
            date=day,
            status=Engagement.Status.HELD,
            by=coordinator,
        )

    fun_day = held("Fun day", "event", "North", date(2024, 5, 4))
    visit = held("Visit", "group", "South", date(2024, 7, 9))

    def keep(text: str, at: Engagement, kind: str, by: User, age: str, **more: Any) -> Comment:
        draft = CommentDraft(questions[kind], text)
        home = "Cwm" if text == PARK else "Bryn" if text == BUS else ""
        kept = add_submission(engagement=at, comments=[draft], by=by, area=home, **more)
        Submission.objects.filter(pk=kept.pk).update(age_band=age)
        return Comment.objects.get(submission=kept)

    keep("A park", fun_day, "asset", coordinator, "")
    bus = keep("A bus", fun_day, "need", facilitator, "45-64", quote_consent=True)
    pool = keep("Pwll nofio", visit, "need", coordinator, "45-64", language="cy", channel="pasted")
    keep("A park bench", visit, "change", facilitator, "Under 18", channel="import")
    code_comment(comment=bus, codes=[book.traffic], by=analyst)
    code_comment(comment=pool, codes=[book.parks, book.litter], by=analyst)


def listed(client: Client, query: str, address: str = HERE) -> list[str]:
    """Return the words of the comments that the list shows."""
    page = client.get(f"{address}?{query}")
    assert page.status_code == 200
    return [each.text for each in page.context["page"]]


def changed(client: Client, query: str) -> list[str]:
    """Return the words of those that a change to all that match means."""
    tree = html.fromstring(client.get(f"{HERE}?{query}").content.decode())
    if not (ticks := tree.xpath("//form[@id='ticks']")):
        return []
    kept = [(each.get("name"), each.get("value")) for each in ticks[0].xpath(".//input")]
    page = client.get(f"{HERE}change/?{urlencode([*kept, ('every', '1')])}")
    return [each.text for each in page.context["some"]]


def taken_out(client: Client, query: str) -> list[str]:
    """Return the words of those that go into a file."""
    response = client.post(f"{TAKE_OUT}?{query}", {"file": "csv"})
    if not response.streaming:
        assert "There is no comment here" in response.content.decode()
        return []
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [row["Comment"] for row in csv.DictReader(StringIO(text, newline=""))]


def member_of(project: Project, user: User) -> str:
    """Return by what an address names somebody on the team."""
    return str(Membership.objects.get(project=project, user=user).uuid)


PARK, BUS, POOL, BENCH = "A park", "A bus", "Pwll nofio", "A park bench"
NARROWED = {
    "": [PARK, BUS, POOL, BENCH],
    "q=park": [PARK, BENCH],
    "q=park+-bench": [PARK],
    "q=bus+OR+pwll": [BUS, POOL],
    "engagement=visit": [POOL, BENCH],
    "method=group": [POOL, BENCH],
    "area=North": [PARK, BUS],
    "area=Nowhere": [],
    "since=2024-06-01": [POOL, BENCH],
    "until=2024-05-04": [PARK, BUS],
    "since=2024-05-05&until=2024-07-08": [],
    "age=45-64": [BUS, POOL],
    "home=Cwm": [PARK],
    "home=Nowhere": [],
    "area=North&home=Bryn": [BUS],
    "language=cy": [POOL],
    "channel=typed": [PARK, BUS],
    "channel=pasted": [POOL],
    "channel=import": [BENCH],
    "channel=survey": [],
    "consent=yes": [BUS],
    "consent=no": [PARK, POOL, BENCH],
    "coded=yes": [BUS, POOL],
    "coded=no": [PARK, BENCH],
    "question=need": [BUS, POOL],
    "theme=spaces": [POOL],
    "theme=traffic": [BUS],
    "theme=police": [],
    "by=facilitator": [BUS, BENCH],
    "by=somebody-who-is-not-here": [],
    "area=South&coded=no&q=park": [BENCH],
    "age=45-64&language=cy&channel=pasted&consent=no": [POOL],
}


@pytest.mark.parametrize("narrowed", NARROWED)
def test_list_change_and_file_mean_the_same_comments(
    carys, project, book, facilitator, said, narrowed
) -> None:
    query = narrowed.replace("by=facilitator", f"by={member_of(project, facilitator)}")
    for name in ("spaces", "traffic", "police"):
        query = query.replace(f"theme={name}", f"theme={getattr(book, name).uuid}")
    query = query.replace("question=need", f"question={make_questions(project)['need'].uuid}")
    wanted = NARROWED[narrowed]
    assert listed(carys, query) == wanted[::-1]
    assert listed(carys, f"{query}&sort=oldest") == wanted
    assert changed(carys, query) == wanted
    assert taken_out(carys, query) == wanted


def test_what_is_withheld_is_listed_and_neither_changed_nor_taken_out(
    carys, said, coordinator
) -> None:
    withdraw_comment(comment=Comment.objects.get(text=BUS), by=coordinator)
    raise_concern(comment=Comment.objects.get(text=PARK), by=coordinator)
    shown = {"withheld=withdrawn": [BUS], "withheld=undone": [], "": [BENCH, POOL]}
    for query, wanted in shown.items():
        assert listed(carys, query) == wanted
    assert changed(carys, "withheld=withdrawn") == []
    assert carys.get(f"{HERE}change/?withheld=withdrawn&every=1&newest=99999").status_code == 302
    assert taken_out(carys, "withheld=withdrawn") == []


def test_what_cannot_be_understood_narrows_nothing_and_gives_no_file(carys, said) -> None:
    wrong = 0
    for query in ("method=x", "since=x", "channel=x", "consent=x", "coded=x", "theme=x"):
        page = carys.get(f"{HERE}?{query}")
        assert len(page.context["page"]) == 4
        assert "govuk-error-message" in page.content.decode()
        assert carys.post(f"{TAKE_OUT}?{query}", {"file": "csv"}).status_code == 302
        wrong += 1
    assert wrong == 6


def test_what_narrows_the_list_is_said_and_can_be_taken_away(carys, said, book) -> None:
    query = f"q=pwll&method=group&language=cy&theme={book.spaces.uuid}&since=2024-06-01"
    tree = html.fromstring(carys.get(f"{HERE}?{query}").content.decode())
    chips = {
        " ".join(each.text_content().split()): each.get("href")
        for each in tree.xpath("//ul[@aria-label='Narrowed by']//a")
    }
    assert list(chips) == [
        "Words, or somebody's code: pwll × (take away)",
        "Theme or code: Spaces × (take away)",
        "Method: Visit to a group × (take away)",
        "From: 1 June 2024 × (take away)",
        "Said in: Welsh × (take away)",
        "Show all",
    ]
    without = chips["Method: Visit to a group × (take away)"]
    assert "method" not in without
    assert f"theme={book.spaces.uuid}" in without
    assert chips["Show all"] == HERE


def test_an_address_is_the_same_in_welsh(carys, said) -> None:
    query = "area=South&until=2024-12-31&sort=oldest"
    assert listed(carys, query, f"/cy{HERE}") == listed(carys, query) == [POOL, BENCH]


def test_the_list_costs_the_same_narrowed_by_much(
    carys, project, said, book, facilitator, assert_same_queries, coordinator
) -> None:
    question = make_questions(project)["need"]
    fun_day = Engagement.objects.get(title="Fun day")
    query = urlencode(
        {
            "question": question.uuid,
            "method": "event",
            "area": "North",
            "language": "en",
            "channel": "typed",
            "consent": "no",
            "coded": "no",
            "since": "2024-01-01",
            "by": member_of(project, facilitator),
        }
    )

    def another(number: int) -> None:
        draft = CommentDraft(question, f"A tree, {number}")
        add_submission(engagement=fun_day, comments=[draft], by=facilitator)

    assert_same_queries(carys, f"{HERE}?{query}", another)


def choices(client: Client, query: str = "") -> dict[str, list[str]]:
    """Return what the list can be narrowed by, as the page with numbers says."""
    tree = html.fromstring(client.get(f"{FILTERS}?{query}").content.decode())
    return {
        each.get("name"): [" ".join(option.text_content().split()) for option in each]
        for each in tree.xpath("//main//select")
    }


def test_beside_each_choice_stands_how_many_comments_it_would_leave(
    carys, said, coordinator
) -> None:
    withdraw_comment(comment=Comment.objects.get(text=PARK), by=coordinator)
    shown = choices(carys)
    assert shown["withheld"] == [
        "Comments in use (3)",
        "Withdrawn comments (1)",
        "Undone comments (0)",
        "Comments on hold (0)",
    ]
    assert shown["method"][:3] == ["Any method", "Event (1)", "Visit to a group (2)"]
    assert shown["area"] == ["Any area", "North (1)", "South (2)"]
    assert shown["age"] == ["Any age", "45-64 (2)", "Under 18 (1)"]
    assert shown["language"] == ["Any language", "English (2)", "Welsh (1)"]
    assert shown["consent"] == ["Either", "Yes (1)", "No (2)"]
    assert shown["coded"] == ["Either", "Coded (2)", "Not coded yet (1)"]
    assert "Spaces (1)" in shown["theme"]
    assert "Police (0)" in shown["theme"]
    assert "What we need (2)" in shown["question"]
    assert "Carys (1)" in shown["by"]
    assert "Ffion (2)" in shown["by"]


def test_a_choice_is_counted_with_all_else_as_it_is_chosen(carys, said) -> None:
    shown = choices(carys, "method=group&language=cy")
    assert shown["language"] == ["Any language", "English (1)", "Welsh (1)"]
    assert shown["method"][:3] == ["Any method", "Event (0)", "Visit to a group (1)"]
    assert shown["consent"] == ["Either", "Yes (0)", "No (1)"]
    assert choices(carys, "q=park")["channel"][1:] == [
        "Survey (0)",
        "Typed in (1)",
        "Pasted in (0)",
        "Import (1)",
    ]


def test_of_very_many_the_newest_are_counted_but_where_the_number_is_kept(
    carys, said, monkeypatch
) -> None:
    monkeypatch.setattr(comment_counts, "COUNTED", 2)
    shown = choices(carys)
    # Of what was not among them nothing is said.
    assert shown["consent"] == ["Either", "Yes", "No (2 or more)"]
    assert shown["coded"] == ["Either", "Coded (2)", "Not coded yet (2)"]
    assert shown["area"] == ["Any area", "North (2)", "South (2)"]
    assert "What we need (2)" in shown["question"]
    shown = choices(carys, "consent=no")
    assert shown["area"] == ["Any area", "North", "South (2 or more)"]
    assert shown["consent"] == ["Either", "Yes", "No (2 or more)"]


def test_the_counts_take_few_queries_however_much_is_chosen(
    carys, project, said, count_queries, facilitator
) -> None:
    many = f"method=event&area=North&by={member_of(project, facilitator)}&consent=yes"
    carys.get(f"{FILTERS}?{many}")
    asked = 0
    for query, most in {"": 22, many: 25}.items():
        with count_queries() as seen:
            carys.get(f"{FILTERS}?{query}")
        assert len(seen) <= most, "\n".join(each["sql"] for each in seen.captured_queries)
        asked += 1
    assert asked == 2


def beside(client: Client, page: Any, way: str) -> Any:
    """Follow the way to the comment after or before, from the page of one."""
    tree = html.fromstring(page.content.decode())
    (link,) = tree.xpath(f"//main//a[@rel='{way}']")
    return client.get(link.get("href"), follow=True)


def test_from_an_open_comment_the_way_goes_on_through_the_list(carys, said, book) -> None:
    query = f"sort=oldest&consent=no&theme={book.spaces.uuid}"
    for narrowed, wanted in {"consent=no": [BENCH, POOL, PARK], query: [POOL]}.items():
        tree = html.fromstring(carys.get(f"{HERE}?{narrowed}").content.decode())
        page = carys.get(tree.xpath("//a[@class='comment__open']")[0].get("href"))
        read = [page.context["comment"].text]
        while (page := beside(carys, page, "next")).request["PATH_INFO"] != HERE:
            read.append(page.context["comment"].text)
        assert read == wanted
        assert "That was the last one of the list." in page.content.decode()
        assert page.request["QUERY_STRING"] == narrowed
    tree = html.fromstring(carys.get(f"{HERE}?consent=no").content.decode())
    page = carys.get(tree.xpath("//a[@class='comment__open']")[1].get("href"))
    page = beside(carys, page, "prev")
    assert page.context["comment"].text == BENCH
    page = beside(carys, page, "prev")
    assert "That was the first one of the list." in page.content.decode()


def test_the_way_goes_on_past_what_was_withdrawn_meanwhile(carys, said, coordinator) -> None:
    tree = html.fromstring(carys.get(HERE).content.decode())
    page = carys.get(tree.xpath("//a[@class='comment__open']")[1].get("href"))
    assert page.context["comment"].text == POOL
    for text in (POOL, BUS):
        withdraw_comment(comment=Comment.objects.get(text=text), by=coordinator)
    assert beside(carys, page, "next").context["comment"].text == PARK


def test_there_are_two_ways_and_none_from_elsewhere(carys, said) -> None:
    comment = Comment.objects.get(text=POOL)
    takes = {"project": "bryn", "uuid": comment.submission.uuid, "position": comment.position}
    assert (
        carys.get(reverse("themes:comment_step", kwargs=takes | {"way": "up"})).status_code == 404
    )
    page = carys.get(reverse("engagements:comment", kwargs=takes))
    assert 'rel="next"' not in page.content.decode()


def test_more_than_can_be_changed_at_once_are_those_of_a_theme_too(
    carys, project, said, book, monkeypatch, coordinator
) -> None:
    monkeypatch.setattr("engagements.services.bulk_change.MOST_AT_ONCE", 1)
    monkeypatch.setattr("themes.views.comments_change.MOST_AT_ONCE", 1)
    need = make_questions(project)["change"]
    tree = html.fromstring(carys.get(f"{HERE}?coded=yes&age=45-64").content.decode())
    kept = [
        (each.get("name"), each.get("value"))
        for each in tree.get_element_by_id("ticks").xpath(".//input[@type='hidden']")
    ]
    address = f"{HERE}change/?{urlencode([*kept, ('every', '1')])}"
    sent = drawn(carys.get(address), kind="question", question=str(need.uuid))
    assert carys.post(address, sent).status_code == 302
    bulk = BulkChange.objects.get()
    assert Job.objects.get(uuid=bulk.job).task == CodedSelection.change_task
    assert run(change_listed_comments, job=bulk.job)
    assert set(Comment.objects.filter(question=need).values_list("text", flat=True)) == {
        BUS,
        POOL,
        BENCH,
    }
    bulk.refresh_from_db()
    assert (bulk.changed, bulk.is_finished, bulk.selection) == (2, True, {})
