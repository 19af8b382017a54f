"""The pages of changes to many comments: tick some, or take all that match; and the way back."""

import pytest
from django.urls import reverse
from lxml import html

from engagements.models import BulkChange, Comment
from engagements.services.bulk_change import MOST_AT_ONCE
from engagements.services.submission import CommentDraft, add_submission, paste_lines
from engagements.services.withholding import raise_concern
from tests.forms import drawn

pytestmark = pytest.mark.django_db
LIST = "/bryn/engagements/comments/"
CHANGES = f"{LIST}changes/"


def chosen(client, address: str = LIST, ticked: int | None = None) -> str:
    """Return the address that the list's form leads to: with so many ticked, or all that match."""
    tree = html.fromstring(client.get(address).content.decode())
    form = tree.get_element_by_id("ticks")
    sent = [
        f"{each.get('name')}={each.get('value')}" for each in form.xpath(".//input[@type='hidden']")
    ]
    boxes = [each.get("value") for each in tree.xpath("//input[@form='ticks']")]
    sent += ["every=1"] if ticked is None else [f"ticked={each}" for each in boxes[:ticked]]
    return f"{form.get('action')}?{'&'.join(sent)}"


def send(client, address: str, **boxes):
    """Fill in the form at an address and send it; return the page that it leads to."""
    page = client.get(address)
    return client.post(address, drawn(page, **boxes), follow=True)


def text(page) -> str:
    """Return a page's words."""
    main = html.fromstring(page.content.decode()).find(".//main")
    return " ".join(main.text_content().split())


@pytest.fixture
def carys(client_of, coordinator):
    """A window in which the co-ordinator is signed in."""
    return client_of(coordinator)


def test_two_that_are_ticked_are_put_under_another_question_and_back(say, carys, questions) -> None:
    for words in ("Park", "River", "Hall"):
        say(words)
    address = chosen(carys, ticked=2)
    page = carys.get(address)
    assert "2 comments will be changed." in text(page)
    assert "Hall" in text(page)
    assert "Park" not in text(page)
    done = send(carys, address, kind="question", question=str(questions["need"].uuid))
    assert "2 comments were changed" in text(done)
    assert Comment.objects.filter(question=questions["need"]).count() == 2
    bulk = BulkChange.objects.get()
    listed = carys.get(CHANGES)
    assert "2 comments, by Carys" in text(listed)
    undone = carys.post(f"{CHANGES}{bulk.uuid}/undo/", follow=True)
    assert "2 comments are as they were before." in text(undone)
    assert Comment.objects.filter(question=questions["asset"]).count() == 3
    again = carys.post(f"{CHANGES}{bulk.uuid}/undo/", follow=True)
    assert "was undone already" in again.content.decode()


def test_all_that_match_are_those_of_the_list_as_it_was_narrowed(say, carys, questions) -> None:
    for number in range(60):
        say(f"Park {number}")
    say("River")
    address = chosen(carys, f"{LIST}?q=park")
    say("A new park")
    assert "60 comments will be changed." in text(carys.get(address))
    done = send(carys, address, kind="consent", consent="yes")
    assert "60 comments were changed" in text(done)
    assert Comment.objects.filter(quote_consent=True).count() == 60


def test_a_page_of_boxes_is_ticked_without_a_script(say, carys) -> None:
    for number in range(3):
        say(f"Park {number}")
    tree = html.fromstring(carys.get(f"{LIST}?ticked=page").content.decode())
    assert len(tree.xpath("//input[@name='ticked'][@checked]")) == 3


def test_nothing_ticked_is_said(say, carys) -> None:
    say("Park")
    page = carys.get(chosen(carys, ticked=0), follow=True)
    assert "Tick the comments that you mean first." in page.content.decode()


def test_what_is_not_chosen_is_asked_for_and_what_else_was_typed_is_left_out(
    say, carys, questions
) -> None:
    say("Park")
    address = chosen(carys, ticked=1)
    assert "Choose what to change." in text(send(carys, address))
    assert "Choose the question it answers." in text(send(carys, address, kind="question"))
    assert "Choose the engagement." in text(send(carys, address, kind="engagement"))
    assert "Choose whether they may be quoted." in text(send(carys, address, kind="consent"))
    done = send(carys, address, kind="withdrawal", engagement="no such thing", consent="perhaps")
    assert "1 comment was changed" in text(done)


def test_what_comes_along_is_counted_before_and_told_after(
    engagement, questions, coordinator, carys
) -> None:
    drafts = [CommentDraft(questions["need"], each) for each in ("Bus", "Tram", "Bell")]
    add_submission(engagement=engagement, comments=drafts, by=coordinator)
    address = chosen(carys, ticked=1)
    assert "said 2 further comments at the same time" in text(carys.get(address))
    done = send(carys, address, kind="descriptor", descriptor="A driver")
    assert "2 further comments of the same people came along." in text(done)


def test_those_changed_by_others_meanwhile_are_told_and_can_be_looked_at(
    say, carys, questions, analyst, coordinator
) -> None:
    said = [say(words) for words in ("Park", "River", "A secret")]
    address = chosen(carys, ticked=3)
    other = chosen(carys, ticked=3)
    send(carys, other.replace(str(said[1].submission.uuid), "x"), kind="consent", consent="yes")
    raise_concern(comment=said[2], by=analyst)
    done = send(carys, address, kind="question", question=str(questions["need"].uuid))
    words = text(done)
    assert "1 comment was changed by others since you opened the list" in words
    assert "1 comment is out of sight by now" in words
    assert "Park" in words
    assert "A secret" not in words


def test_more_than_a_few_thousand_are_changed_by_a_job_whose_page_says_so(
    engagement, questions, coordinator, carys
) -> None:
    for part in range(2):
        lines = [f"Line {part} {each}" for each in range(MOST_AT_ONCE // 2 + 1)]
        paste_lines(engagement=engagement, question=questions["asset"], lines=lines, by=coordinator)
    address = chosen(carys)
    done = send(carys, address, kind="language", language="cy")
    assert "the work goes on" in text(done)
    part = carys.get(done.wsgi_request.path, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    bulk = BulkChange.objects.get()
    undone = carys.post(f"{CHANGES}{bulk.uuid}/undo/", follow=True)
    assert "0 comments are as they were before." in text(undone)


def test_boxes_are_for_those_who_may(say, client_of, analyst, facilitator, carys) -> None:
    say("Park")
    assert b'name="ticked"' in carys.get(LIST).content
    assert b'name="ticked"' not in carys.get(f"{LIST}?withheld=undone").content
    assert b'name="ticked"' not in client_of(facilitator).get(LIST).content
    # An analyst ticks to code, and changes nothing else.
    assert b"Change those ticked" not in client_of(analyst).get(LIST).content
    assert client_of(analyst).get(CHANGES).status_code == 403


def test_the_lists_cost_the_same_with_one_row_and_three(
    say, carys, assert_same_queries, questions
) -> None:
    def change_one(number: int) -> None:
        say(f"Park {number}")
        send(carys, chosen(carys, ticked=1), kind="consent", consent="yes")

    assert_same_queries(carys, CHANGES, change_one)
    assert_same_queries(carys, LIST, lambda number: say(f"River {number}"))


def test_another_projects_changes_are_not_found(say, carys, client_of, other_coordinator) -> None:
    say("Park")
    send(carys, chosen(carys, ticked=1), kind="withdrawal")
    url = reverse(
        "engagements:bulk_change",
        kwargs={"project": "other", "uuid": BulkChange.objects.get().uuid},
    )
    assert client_of(other_coordinator).get(url).status_code == 404
