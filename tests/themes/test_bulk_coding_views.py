"""From a search to a code: those ticked or all that match, shown before, done, undone."""

from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html

from engagements.models import Comment
from engagements.services.withholding import withdraw_comment
from tests.forms import drawn
from themes.models import BulkCoding, Coding

pytestmark = pytest.mark.django_db
LIST = "/bryn/engagements/comments/"


def kept_by_ticks(page: Any) -> list[tuple[str, str]]:
    """Return what the form of the boxes carries."""
    tree = html.fromstring(page.content.decode())
    hidden = tree.get_element_by_id("ticks").xpath(".//input[@type='hidden']")
    return [(each.get("name"), each.get("value")) for each in hidden]


def ticked(page: Any, *words: str) -> str:
    """Return the address for the comments with these words, ticked on a page of the list."""
    chosen = Comment.objects.filter(text__in=words).select_related("submission")
    boxes = [("ticked", f"{each.submission.uuid}.{each.position}") for each in chosen]
    return f"{LIST}code/?{urlencode([*kept_by_ticks(page), *boxes])}"


def test_those_ticked_are_coded_after_a_look_and_undone(desk, book, comments) -> None:
    page = desk.get(LIST)
    told = page.content.decode()
    assert "Code those ticked" in told
    # An analyst changes nothing else of them.
    assert "Change those ticked" not in told
    address = ticked(page, comments[0].text, comments[1].text)
    asked = desk.get(address)
    assert "2 comments are meant." in asked.content.decode()
    looked = desk.post(address, drawn(asked, put=str(book.parks.uuid)))
    assert "2 comments will change." in looked.content.decode()
    assert not Coding.objects.exists()
    done = desk.post(address, drawn(looked), follow=True)
    assert "2 comments were changed" in done.content.decode()
    assert Coding.objects.count() == 2
    listed = desk.get(LIST).content.decode()
    assert listed.count("Parks") >= 2
    bulk = BulkCoding.objects.get()
    assert "“Parks” put on" in desk.get("/bryn/themes/together/").content.decode()
    undone = desk.post(f"/bryn/themes/together/{bulk.uuid}/undo/", follow=True).content.decode()
    assert "2 comments are as they were before." in undone
    assert not Coding.objects.exists()


def test_another_choice_is_shown_before_it_is_done(desk, book, comments) -> None:
    address = ticked(desk.get(LIST), comments[0].text)
    looked = desk.post(address, drawn(desk.get(address), put=str(book.parks.uuid)))
    again = desk.post(address, drawn(looked, put=str(book.police.uuid)))
    assert again.status_code == 200
    assert not Coding.objects.exists()
    desk.post(address, drawn(again))
    assert list(Coding.objects.values_list("theme", flat=True)) == [book.police.pk]


def test_sent_twice_it_is_done_once(desk, book, comments) -> None:
    address = ticked(desk.get(LIST), comments[0].text)
    looked = desk.post(address, drawn(desk.get(address), put=str(book.parks.uuid)))
    sent = drawn(looked)
    places = {desk.post(address, sent)["Location"] for _time in range(2)}
    assert len(places) == 1
    assert BulkCoding.objects.count() == 1


def test_all_that_match_are_coded(desk, book, comments) -> None:
    page = desk.get(f"{LIST}?q=park")
    address = f"{LIST}code/?{urlencode([*kept_by_ticks(page), ('every', '1')])}"
    looked = desk.post(address, drawn(desk.get(address), put=str(book.parks.uuid)))
    desk.post(address, drawn(looked))
    assert [each.comment.text for each in Coding.objects.select_related("comment")] == [
        "Fix the swings in the park."
    ]


@pytest.mark.parametrize(
    ("put", "taken", "sentence"),
    [
        ("", "", "Choose a code to put on or to take off."),
        ("parks", "parks", "Choose two different codes, or one alone."),
        ("nonsense", "", "Choose a code from the list."),
        ("", "parks", "None of them would change: they are so already."),
    ],
)
def test_what_cannot_be_is_told(desk, book, comments, put: str, taken: str, sentence: str) -> None:
    address = ticked(desk.get(LIST), comments[0].text)
    codes = {"": "", "parks": str(book.parks.uuid), "nonsense": "nonsense"}
    sent = drawn(desk.get(address), put=codes[put], taken=codes[taken])
    assert sentence in desk.post(address, sent).content.decode()
    assert not Coding.objects.exists()


def test_what_is_withheld_is_not_read_by_naming_its_box(desk, book, comments, coordinator) -> None:
    page = desk.get(LIST)
    address = ticked(page, comments[0].text, comments[1].text)
    withdraw_comment(comment=comments[0], by=coordinator)
    told = desk.get(address).content.decode()
    assert "1 comment is meant." in told
    assert comments[0].text not in told
    assert comments[1].text in told


def test_without_a_tick_one_is_sent_back(desk, book, comments) -> None:
    told = desk.get(f"{LIST}code/", follow=True).content.decode()
    assert "Tick the comments that you mean first." in told


def test_a_facilitator_codes_none_and_sees_no_boxes(client_of, facilitator, comments) -> None:
    client = client_of(facilitator)
    assert client.get(f"{LIST}code/").status_code == 403
    assert "Code those ticked" not in client.get(LIST).content.decode()


def test_the_list_of_what_was_coded_together_costs_the_same(
    desk, book, comments, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        address = ticked(desk.get(LIST), comments[number].text)
        looked = desk.post(address, drawn(desk.get(address), put=str(book.parks.uuid)))
        desk.post(address, drawn(looked))

    assert_same_queries(desk, "/bryn/themes/together/", make_row)
