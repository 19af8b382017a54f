"""Pages on which quotes are chosen, changed and cleared."""

import pytest
from django.urls import reverse

from engagements.models import Comment
from engagements.services.withholding import redact_comment
from tests.themes.comments import make_comments
from themes.models import Quote
from themes.queries.quote import last_redaction
from themes.services import codebook, coding
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


def test_a_quote_of_a_code_is_chosen_for_its_theme(book, desk, at, said) -> None:
    address = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    assert SAID in desk.get(address).content.decode()
    sent = {"extract": "nobody comes", "descriptor": "A mother", "translation_cy": "neb"}
    answer = desk.post(address, sent)
    assert answer["Location"] == at("theme", book.spaces)
    quote = Quote.objects.get()
    assert (quote.theme, quote.translation.text("cy")) == (book.spaces, "neb")


def test_words_they_did_not_say_are_refused_beside_the_box(book, desk, at, said, quote) -> None:
    address = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    for url in (address, at("quote_change", quote)):
        answer = desk.post(url, {"extract": "Everybody comes"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "own words" in page
        assert "Everybody comes</textarea>" in page
    assert Quote.objects.get().extract == "nobody comes"


def test_a_comment_without_consent_offers_no_quote(project, book, desk, at, analyst) -> None:
    private = make_comments(project, "Between us.")[0]
    coding.code_comment(comment=private, codes=[book.parks], by=analyst)
    assert at("quote_choose", book.parks) not in page_of(desk, at("theme", book.parks))
    address = f"{at('quote_choose', book.parks)}?comment={private.pk}"
    answer = desk.post(address, {"extract": "Between us."}, follow=True)
    assert "be quoted" in answer.content.decode()
    assert not Quote.objects.exists()


def test_clearing_and_taking_back(book, desk, at, quote) -> None:
    desk.post(at("quote_clear", quote), {"clear": "no"})
    assert not Quote.objects.publishable().exists()
    desk.post(at("quote_clear", quote))
    assert Quote.objects.publishable().exists()


def test_a_quote_says_why_it_is_not_shown(book, desk, at, quote) -> None:
    assert "Cleared" in page_of(desk, at("theme", book.spaces))
    Comment.objects.update(quote_consent=False)
    assert "No consent: not shown" in page_of(desk, at("theme", book.spaces))


def test_nobody_reads_a_quote_whose_comment_was_redacted_since(
    project, book, desk, at, quote, analyst, coordinator, chair, client_of
) -> None:
    named = make_comments(project, "I love it. Ask Blodwen.", consent=True)[0]
    said = choose_quote(
        comment=named,
        theme=book.spaces,
        extract="I love it",
        descriptor="Blodwen's neighbour",
        translation={"cy": "Gofynnwch i Blodwen"},
        by=analyst,
    )
    redact_comment(comment=named, text="I love it. Ask [name].", by=coordinator)
    for person in (analyst, coordinator, chair):
        page = page_of(client_of(person), at("theme", book.spaces))
        assert "Blodwen" not in page
        assert "To be written again" in page
        assert "nobody comes" in page
    assert at("quote_clear", said) not in page_of(desk, at("theme", book.spaces))
    page = page_of(desk, at("quote_change", said))
    assert "Blodwen" not in page
    assert "I love it</textarea>" in page
    desk.post(at("quote_clear", said))
    assert said not in Quote.objects.publishable()
    sent = {"extract": "I love it", "translation_cy": "Wy'n dwlu arno"}
    desk.post(at("quote_change", said), {**sent, "seen": last_redaction(named)})
    assert "Wy&#x27;n dwlu arno" in page_of(desk, at("quote_change", said))
    assert said in Quote.objects.publishable()


def test_a_form_drawn_before_a_redaction_begins_anew(
    book, desk, at, said, quote, coordinator
) -> None:
    choose = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    for address in (choose, at("quote_change", quote)):
        seen = desk.get(address).context["form"]["seen"].value()
        said.refresh_from_db()
        redact_comment(
            comment=said, text=said.text.replace("Easter", "[a day]") + ".", by=coordinator
        )
        sent = {"extract": "The swings", "translation_cy": "ers y Pasg", "seen": seen}
        answer = desk.post(address, sent, follow=True)
        page = answer.content.decode()
        assert "taken out of this comment while you wrote" in page
        assert "ers y Pasg" not in page
        assert Quote.objects.get() == quote
    assert not Quote.objects.get().translation


def test_quotes_move_up(book, desk, at, said, quote, analyst) -> None:
    second = choose_quote(comment=said, theme=book.spaces, extract="The swings", by=analyst)
    desk.post(at("quote_shift", second))
    assert list(book.spaces.quotes.all()) == [second, quote]


def test_quotes_of_a_merged_theme_are_shown_where_it_went(book, desk, at, quote, analyst) -> None:
    codebook.merge_themes(source=book.spaces, into=book.safety, by=analyst)
    assert "“nobody comes”" in page_of(desk, at("theme", book.safety))
    codebook.undo_merge(source=book.spaces, by=analyst)
    assert "“nobody comes”" not in page_of(desk, at("theme", book.safety))


def test_where_a_comment_is_quoted_is_told_without_the_words(
    client_of, coordinator, analyst, project, book
) -> None:
    said = make_comments(project, "The swings are broken.", consent=True)[0]
    where = {"project": project.slug, "uuid": said.submission.uuid, "position": said.position}
    here = reverse("themes:comment_quotes", kwargs=where)
    client = client_of(coordinator)
    assert "It is quoted nowhere." in client.get(here).content.decode()
    choose_quote(comment=said, theme=book.spaces, extract="swings are", descriptor="", by=analyst)
    page = client.get(here).content.decode()
    assert "Residents can read this quote" in page
    assert "swings" not in page
