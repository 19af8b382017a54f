"""Pages of comments: the list, found by words or by somebody's code, and one comment."""

import pytest

from engagements.services.submission import undo_submissions
from engagements.services.withholding import raise_concern, withdraw_comment
from tests.engagements.comments import WORDS, comment_url


def test_a_comment_is_read_with_where_it_came_from(client_of, analyst, say) -> None:
    comment = say(
        "Mae'r parc yn dda", language="cy", descriptor="Farmer", translation={"en": "A good park"}
    )
    page = client_of(analyst).get(comment_url("comment", comment)).content.decode()
    for told in ("parc yn dda", "A good park", "Farmer", "Fun day", "4 May 2024", "What we have"):
        assert told in page
    assert comment_url("concern_raise", comment) in page
    assert comment_url("comment_withdraw", comment) not in page
    assert comment_url("comment_redact", comment) not in page


def test_the_list_is_narrowed_by_words_question_and_engagement(
    client_of, analyst, say, questions, engagement, here
) -> None:
    say("A skate park")
    say("More buses", kind="need")
    client = client_of(analyst)

    def found(**asked) -> tuple[bool, bool]:
        page = client.get(here, asked).content.decode()
        return "A skate park" in page, "More buses" in page

    assert found() == (True, True)
    assert found(q="PARK skate") == (True, False)
    assert found(question=questions["need"].uuid) == (False, True)
    assert found(engagement=engagement.uuid) == (True, True)
    assert found(q="nothing of the kind") == (False, False)
    # What can't be understood narrows nothing.
    assert found(question="no", engagement="7", q="\x00", page="x") == (True, True)


def test_the_list_costs_the_same_however_long(
    client_of, coordinator, say, here, assert_same_queries
) -> None:
    assert_same_queries(client_of(coordinator), here, lambda n: say(f"Comment {n}"))


def test_withdrawn_and_undone_are_listed_for_the_coordinator_only(
    client_of, coordinator, analyst, say, here
) -> None:
    gone, undone = say("Withdrawn words"), say("Undone words")
    withdraw_comment(comment=gone, by=None)
    undo_submissions(submissions=[undone.submission], by=coordinator)
    for withheld, words in (("withdrawn", b"Withdrawn words"), ("undone", b"Undone words")):
        assert words in client_of(coordinator).get(here, {"withheld": withheld}).content
        assert words not in client_of(coordinator).get(here).content
        assert words not in client_of(analyst).get(here, {"withheld": withheld}).content
    for comment in (gone, undone):
        assert client_of(coordinator).get(comment_url("comment", comment)).status_code == 200
        assert client_of(analyst).get(comment_url("comment", comment)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "comment",
        "comment_withdraw",
        "comment_restore",
        "comment_redact",
        "comment_unredact",
        "concern_raise",
    ],
)
def test_another_projects_comment_is_not_found(
    client_of, comment, other_project, other_coordinator, name
) -> None:
    url = comment_url(name, comment)
    client = client_of(other_coordinator)
    assert client.post(url).status_code == 404
    assert client.post(url.replace("/bryn/", "/glyn/")).status_code == 404
    comment.refresh_from_db()
    assert comment.withheld == ""


def test_a_place_that_no_comment_has_is_not_found(client_of, analyst, comment) -> None:
    client = client_of(analyst)
    for position in ("1", "9" * 30):
        assert client.get(comment_url("comment", comment)[:-2] + f"{position}/").status_code == 404


def test_somebodys_code_finds_what_they_said_withdrawn_or_not(
    client_of, coordinator, analyst, say, here
) -> None:
    comment, other = say("Take me out"), say("Somebody else")
    asked = {"q": comment.submission.receipt.lower().replace("-", " ")}
    page = client_of(coordinator).get(here, asked).content.decode()
    assert "Take me out" in page
    assert "Somebody else" not in page
    assert comment_url("comment_withdraw", comment) in page
    assert "Take me out" not in client_of(analyst).get(here, asked).content.decode()
    withdraw_comment(comment=comment, by=coordinator)
    assert "Take me out" in client_of(coordinator).get(here, asked).content.decode()
    raise_concern(comment=other, by=coordinator)
    hidden = client_of(coordinator).get(here, {"q": other.submission.receipt}).content.decode()
    assert "Somebody else" not in hidden


def test_a_code_finds_nothing_in_another_project(
    client_of, other_coordinator, comment, here
) -> None:
    theirs = here.replace("/bryn/", "/glyn/")
    asked = {"q": comment.submission.receipt}
    page = client_of(other_coordinator).get(theirs, asked).content.decode()
    assert WORDS not in page
    assert "No comment fits" in page


def test_a_word_as_long_as_a_code_is_searched_for(client_of, coordinator, say, here) -> None:
    say("The construction site")
    page = client_of(coordinator).get(here, {"q": "construction"}).content.decode()
    assert "The construction site" in page
