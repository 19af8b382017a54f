"""The page of a theme or code: its comments and their codes."""

import pytest
from lxml import html

from engagements.models import Comment
from tests.themes.comments import make_comments, make_questions
from themes.models import Coding, Quote
from themes.services import coding
from themes.services.finding import write_finding
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


@pytest.mark.parametrize("kind", ["theme", "code"])
def test_the_page_costs_the_same_with_one_comment_and_three(
    project, book, analyst, desk, at, assert_same_queries, kind
) -> None:
    write_finding(theme=book.spaces, text={"en": "Parks matter."}, by=analyst)

    def make_row(number: int) -> None:
        comment = make_comments(project, f"Comment {number} here", consent=True)[0]
        codes = [book.parks, book.litter, book.traffic]
        coding.code_comment(comment=comment, codes=codes, by=analyst)
        choose_quote(comment=comment, theme=book.spaces, extract="here", by=analyst)

    assert_same_queries(desk, at("theme", book.spaces if kind == "theme" else book.parks), make_row)


def test_a_theme_gathers_the_comments_of_its_codes_once(
    project, book, desk, at, said, analyst
) -> None:
    coding.code_comment(comment=said, codes=[book.litter], by=analyst)
    page = page_of(desk, at("theme", book.spaces))
    assert page.count('class="comment is-brick"') == 1
    for code in (book.parks, book.litter, book.traffic):
        assert at("theme", code) in page


def test_comments_can_be_narrowed_to_a_question(project, book, desk, at, said, analyst) -> None:
    strength = make_comments(project, "A lovely park", kind="asset")[0]
    coding.code_comment(comment=strength, codes=[book.parks], by=analyst)
    asset = make_questions(project)["asset"]
    everything = page_of(desk, at("theme", book.parks))
    assert "A lovely park" in everything
    assert SAID in everything
    page = page_of(desk, at("theme", book.parks), question=asset.uuid)
    assert "A lovely park" in page
    assert SAID not in page
    assert page_of(desk, at("theme", book.parks), question="nonsense").count("<blockquote") == 2


def test_many_comments_come_in_pages_of_fifty(project, book, desk, at, analyst) -> None:
    many = make_comments(project, *[f"Comment {number}." for number in range(53)])
    pairs = [(comment, book.parks) for comment in many]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    first, second = (page_of(desk, at("theme", book.parks), page=n) for n in (1, 2))
    assert (first.count("<blockquote"), second.count("<blockquote")) == (50, 3)


def test_taking_a_code_off_and_putting_it_back(book, desk, at, said) -> None:
    back = at("theme", book.parks) + "?page=1"
    sent = {"comment": said.pk, "back": back}
    answer = desk.post(at("comment_uncode", book.parks), sent, follow=True)
    page = answer.content.decode()
    assert "The code is taken off" in page
    assert SAID not in page
    assert Coding.objects.filter(comment=said).count() == 1
    answer = desk.post(at("comment_code", book.parks), {"comment": said.pk}, follow=True)
    assert SAID in answer.content.decode()


def test_one_form_takes_the_code_off_any_comment_of_the_page(
    project, book, desk, at, said, analyst
) -> None:
    (other,) = make_comments(project, "Another on parks.")
    coding.code_comments(project=project, pairs=[(other, book.parks)], by=analyst)
    page = html.fromstring(page_of(desk, at("theme", book.parks)))
    (form,) = page.xpath("//form[@id='uncode']")
    buttons = page.xpath("//button[@form='uncode']")
    assert {each.get("value") for each in buttons} >= {str(said.pk), str(other.pk)}
    sent = dict(form.form_values()) | {"comment": other.pk}
    answer = desk.post(form.get("action"), sent, follow=True)
    assert "The code is taken off" in answer.content.decode()
    assert not Coding.objects.filter(comment=other).exists()
    assert Coding.objects.filter(comment=said, theme=book.parks).exists()


@pytest.mark.parametrize("number", ["", "words", "999999999", "9" * 30, "9" * 4_400])
def test_nonsense_is_refused_in_a_sentence(book, desk, at, said, number) -> None:
    for name in ("comment_uncode", "comment_code"):
        answer = desk.post(at(name, book.parks), {"comment": number}, follow=True)
        assert "no longer shown" in answer.content.decode()
    answer = desk.get(at("quote_choose", book.parks), {"comment": number}, follow=True)
    assert "be quoted" in answer.content.decode()
    assert Coding.objects.filter(comment=said).count() == 2


@pytest.mark.parametrize("withheld", ["withdrawn", "concern", "undone"])
def test_a_withheld_comment_leaves_the_page_with_its_quote(
    book, desk, at, said, quote, withheld
) -> None:
    Comment.objects.filter(pk=said.pk).update(withheld=withheld)
    for shown in (book.spaces, book.parks, book.traffic):
        page = page_of(desk, at("theme", shown))
        assert "broken since Easter" not in page
        assert "nobody comes" not in page
        assert "0 comments" in page
    assert "nobody comes" not in page_of(desk, at("finding_write", book.spaces))
    assert desk.get(at("quote_change", quote)).status_code == 404


def test_only_those_who_may_see_the_buttons(book, at, said, client_of, chair) -> None:
    page = page_of(client_of(chair), at("theme", book.parks))
    assert SAID in page
    for name in ("comment_uncode", "quote_choose", "theme_merge"):
        assert at(name, book.parks) not in page
