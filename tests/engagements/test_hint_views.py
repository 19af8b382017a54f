"""The page of what is to be looked at: the words with what was marked, and a button each way."""

from collections.abc import Callable

import pytest
from django.test import Client

from coproduction.projects.models import Project, User
from engagements.models import Comment, Look
from engagements.services.look import queue_look
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db
PAGE = "/bryn/engagements/to-look-at/"
NAMED = "Ask Mrs Price, or ring 01639 871234."


def place(comment: Comment, name: str) -> str:
    """Return the address of what is done with a comment."""
    return f"/bryn/engagements/comments/{comment.submission.uuid}/{comment.position}/{name}/"


@pytest.fixture
def carys(client_of: Callable[..., Client], coordinator: User) -> Client:
    return client_of(coordinator)


def test_the_words_are_shown_with_what_was_marked(project: Project, carys: Client) -> None:
    make_comments(project, "More <b>benches</b> for Mrs Price.", "A bin.", descriptor="A mother")
    page = carys.get(PAGE).content.decode()
    assert "More &lt;b&gt;benches&lt;/b&gt; for <mark>Mrs Price</mark>." in page
    assert "A bin." not in page
    assert "A mother" not in page.split("<mark>")[0]


def test_one_button_takes_it_out_and_goes_on_with_the_next(project: Project, carys: Client) -> None:
    comment, other = make_comments(project, NAMED, "Dr Rees is kind.")
    hints = [each.pk for each in comment.hints.all()]
    sent = {"version": comment.version, "hint": hints}
    page = carys.post(place(comment, "take-out"), sent, follow=True).content.decode()
    comment.refresh_from_db()
    assert comment.text == "Ask […], or ring […]."
    assert "Taken out." in page
    assert "<mark>Dr Rees</mark>" in page
    assert page.count("autofocus") >= 1
    left = carys.post(place(other, "let-be"), {"version": other.version}, follow=True)
    assert "Nothing to look at" in left.content.decode()
    other.refresh_from_db()
    assert (other.text, other.look) == ("Dr Rees is kind.", Look.DONE)


def test_what_was_looked_at_meanwhile_is_said(project: Project, carys: Client) -> None:
    (comment,) = make_comments(project, NAMED)
    carys.post(place(comment, "let-be"), {"version": comment.version})
    page = carys.post(place(comment, "take-out"), {"hint": "x"}, follow=True).content.decode()
    assert "Somebody has looked at this already." in page


def test_the_overview_and_the_comment_say_that_somebody_is_to_look(
    project: Project, carys: Client, analyst: User, client_of: Callable[..., Client]
) -> None:
    (comment,) = make_comments(project, NAMED)
    sentence = "1 comment may tell who somebody is."
    assert sentence in carys.get("/bryn/team/").content.decode()
    assert sentence not in client_of(analyst).get("/bryn/team/").content.decode()
    own = f"/bryn/engagements/comments/{comment.submission.uuid}/{comment.position}/"
    assert "Somebody is to look at this comment" in carys.get(own).content.decode()


def test_some_that_wait_for_the_job_are_told_of(project: Project, carys: Client) -> None:
    assert "not been looked at yet" not in carys.get(PAGE).content.decode()
    make_comments(project, "A bench.")
    queue_look(project)
    assert "not been looked at yet" in carys.get(PAGE).content.decode()


def test_the_list_asks_the_same_with_one_and_with_three(
    project: Project, carys: Client, assert_same_queries: Callable[..., None]
) -> None:
    assert_same_queries(carys, PAGE, lambda number: make_comments(project, f"{NAMED} {number}"))
