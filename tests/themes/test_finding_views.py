"""Pages on which a finding is written and taken down."""

import pytest

from engagements.models import Comment
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
