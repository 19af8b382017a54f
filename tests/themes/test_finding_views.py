"""Pages on which a finding is written and taken down."""

import pytest

from engagements.models import Comment
from tests.forms import drawn, forms_on
from tests.themes.comments import make_comments
from themes.models import Finding, Quote
from themes.services import coding
from themes.services.quote import choose_quote

SAID = "The swings have been broken since Easter, and nobody comes."


@pytest.fixture
def said(project, book, analyst) -> Comment:
    """A comment that may be quoted, coded as about parks."""
    comment = make_comments(project, SAID, consent=True, descriptor="A young mother")[0]
    coding.code_comment(comment=comment, codes=[book.parks, book.traffic], by=analyst)
    return comment


@pytest.fixture
def quote(said, book, analyst) -> Quote:
    """A quote of it."""
    return choose_quote(
        comment=said, theme=book.spaces, extract="nobody comes", descriptor="A mother", by=analyst
    )


def page_of(desk, address: str, **query: object) -> str:
    return desk.get(address, query).content.decode()


def test_a_finding_is_written_in_both_languages_side_by_side(book, desk, at, quote) -> None:
    page = page_of(desk, at("finding_write", book.spaces))
    assert "nobody comes" in page
    sent = {"text_en": "Parks matter.", "text_cy": "Mae parciau'n bwysig."}
    desk.post(at("finding_write", book.spaces), sent)
    assert Finding.objects.get().text.text("cy") == "Mae parciau'n bwysig."
    desk.post(at("finding_write", book.spaces), {**sent, "text_en": "Parks matter most."})
    assert "Welsh is out of date" in page_of(desk, at("theme", book.spaces))
    desk.post(at("finding_take_down", book.spaces))
    assert not Finding.objects.exists()


def test_a_finding_needs_words_and_a_theme(book, desk, at) -> None:
    answer = desk.post(at("finding_write", book.spaces), {"text_en": ""})
    assert "Write what you heard" in answer.content.decode()
    answer = desk.post(at("finding_write", book.parks), {"text_en": "Words."})
    assert answer.status_code == 409
    assert not Finding.objects.exists()


def test_saving_says_in_which_languages_residents_can_read_it(desk, book, at) -> None:
    here = at("finding_write", book.spaces)
    one = desk.post(here, {"text_en": "People love the park."}, follow=True).content.decode()
    assert "Residents can read it now in English. Welsh is missing." in one
    both = {"text_en": "People love the park.", "text_cy": "Mae pobl yn caru'r parc."}
    page = desk.post(here, both, follow=True).content.decode()
    assert "Residents can read it now in English, Welsh." in page
    assert "is missing" not in page
    changed = desk.post(here, both | {"text_en": "People like the park."}, follow=True)
    assert "Welsh is out of date." in changed.content.decode()


def test_two_people_who_write_one_finding_lose_nothing(book, desk, at) -> None:
    address = at("finding_write", book.spaces)
    desk.post(address, drawn(desk.get(address), text_en="Parks matter."))
    first, second, third = (desk.get(address) for _time in range(3))
    desk.post(address, drawn(first, text_cy="Mae parciau'n bwysig."))
    assert desk.post(address, drawn(second, text_en="Parks matter most.")).status_code == 302
    text = Finding.objects.get().text
    assert (text.text("en"), text.text("cy")) == ("Parks matter most.", "Mae parciau'n bwysig.")
    clash = desk.post(address, drawn(third, text_en="Parks are closing."))
    assert clash.status_code == 409
    assert "Parks matter most." in clash.text
    assert drawn(clash)["text_en"] == ["Parks are closing."]
    assert Finding.objects.get().text == text


def test_what_was_written_since_is_not_taken_down_unread(book, desk, at) -> None:
    address = at("finding_write", book.spaces)
    desk.post(address, drawn(desk.get(address), text_en="Parks matter."))
    page = desk.get(address)
    down = next(
        form for form in forms_on(page) if form.action == at("finding_take_down", book.spaces)
    )
    desk.post(address, drawn(page, text_en="Parks matter most."))
    late = desk.post(down.action, dict(down.form_values()), follow=True)
    assert "since you opened the page" in late.text
    assert Finding.objects.exists()


def test_a_translation_of_what_was_there_before_is_out_of_date(book, desk, at) -> None:
    address = at("finding_write", book.spaces)
    desk.post(address, drawn(desk.get(address), text_en="Parks matter."))
    first, second = desk.get(address), desk.get(address)
    desk.post(address, drawn(first, text_en="Parks are closing."))
    desk.post(address, drawn(second, text_cy="Mae parciau'n bwysig."))
    text = Finding.objects.get().text
    assert text.text("cy") == "Mae parciau'n bwysig."
    assert text.out_of_date(["en", "cy"]) == ["cy"]
    # Written again by somebody who sees both, it is not.
    desk.post(address, drawn(desk.get(address), text_cy="Mae parciau'n cau."))
    assert Finding.objects.get().text.out_of_date(["en", "cy"]) == []
