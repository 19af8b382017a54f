"""Quotes: only with consent, only the person's own words."""

import pytest
from django.utils import timezone

from engagements.models import Comment, Redaction, Submission
from tests.themes.heard import make_comments
from themes.models import Quote
from themes.services import codebook, quote
from themes.services.quote import are_words_of

SAID = "The park’s lovely, but the swings have been broken since Easter. Nobody comes."


@pytest.fixture
def said(project):
    """A comment its speaker agreed to have quoted."""
    return make_comments(project, SAID, consent=True, descriptor="A young mother")[0]


@pytest.fixture
def chosen(said, book, analyst):
    """A quote of it, cleared."""
    return quote.choose_quote(
        comment=said,
        theme=book.spaces,
        extract="the swings have been broken since Easter",
        descriptor="A young mother",
        translation={"cy": "mae'r siglenni wedi torri ers y Pasg"},
        by=analyst,
    )


@pytest.mark.parametrize(
    "extract",
    [
        SAID,
        "the swings have been broken since Easter",
        "The swings have been  broken\nsince Easter.",
        "The park's lovely … Nobody comes.",
        "The park's lovely, [...] broken",
        "lovely...",
    ],
)
def test_these_are_their_words(extract) -> None:
    assert are_words_of(extract, SAID)


@pytest.mark.parametrize(
    "extract",
    [
        "",
        "…",
        "the swings have been mended since Easter",
        "wings have been broken",
        "Nobody comes … the swings",
        "the swings broken",
    ],
)
def test_these_are_not(extract) -> None:
    assert not are_words_of(extract, SAID)


def test_a_quote_is_cleared_as_it_is_chosen(chosen, analyst) -> None:
    assert chosen.cleared_by == analyst
    assert list(Quote.objects.publishable()) == [chosen]
    assert chosen.translation.text("cy").startswith("mae'r")


def test_without_consent_there_is_no_quote(project, book, analyst) -> None:
    private = make_comments(project, "Between us, I drink.")[0]
    with pytest.raises(quote.NoConsent):
        quote.choose_quote(comment=private, theme=book.spaces, extract="I drink", by=analyst)
    assert not Quote.objects.exists()


@pytest.mark.parametrize("withheld", ["withdrawn", "concern", "undone"])
def test_a_withheld_comment_is_not_quoted(said, chosen, book, analyst, withheld) -> None:
    Comment.objects.filter(pk=said.pk).update(withheld=withheld)
    assert not Quote.objects.publishable().exists()
    with pytest.raises(quote.NoConsent):
        quote.choose_quote(comment=said, theme=book.spaces, extract="Nobody comes", by=analyst)
    with pytest.raises(quote.NoConsent):
        quote.clear_quote(quote=chosen, by=analyst)


def test_consent_taken_back_masks_the_quote(said, chosen) -> None:
    Submission.objects.filter(pk=said.submission_id).update(quote_consent=False)
    assert not Quote.objects.publishable().exists()


def test_a_redaction_masks_the_quote_until_it_is_cleared_again(said, chosen, analyst) -> None:
    Redaction.objects.create(comment=said, original=SAID, by=analyst)
    Comment.objects.filter(pk=said.pk).update(text="The swings have been broken since [a date].")
    assert not Quote.objects.publishable().exists()
    chosen.refresh_from_db()
    with pytest.raises(quote.NotTheirWords):
        quote.clear_quote(quote=chosen, by=analyst)
    quote.change_quote(quote=chosen, extract="the swings have been broken", by=analyst)
    assert list(Quote.objects.publishable()) == [chosen]


def test_words_they_did_not_say_are_refused(said, book, chosen, analyst) -> None:
    with pytest.raises(quote.NotTheirWords):
        quote.choose_quote(comment=said, theme=book.spaces, extract="The park is awful", by=analyst)
    with pytest.raises(quote.NotTheirWords):
        quote.change_quote(quote=chosen, extract="The park is awful", by=analyst)


def test_another_projects_theme_and_a_merged_one_are_refused(
    said, book, analyst, other_project, other_coordinator
) -> None:
    theirs = codebook.add_theme(project=other_project, name={"en": "Theirs"}, by=other_coordinator)
    codebook.merge(source=book.safety, into=book.spaces, by=analyst)
    for theme in (theirs, book.safety):
        with pytest.raises(quote.ThemeGone):
            quote.choose_quote(comment=said, theme=theme, extract="Nobody comes", by=analyst)


def test_a_quote_can_be_taken_back_and_cleared_again(chosen, analyst) -> None:
    quote.unclear_quote(quote=chosen, by=analyst)
    assert not Quote.objects.publishable().exists()
    quote.clear_quote(quote=chosen, by=analyst)
    assert chosen.cleared_at <= timezone.now()
    assert Quote.objects.publishable().exists()


def test_quotes_come_in_the_order_given(said, chosen, book, analyst) -> None:
    second = quote.choose_quote(comment=said, theme=book.spaces, extract="Nobody comes", by=analyst)
    assert list(book.spaces.quotes.all()) == [chosen, second]
    quote.reorder_quotes(theme=book.spaces, quotes=[second], by=analyst)
    assert list(book.spaces.quotes.all()) == [second, chosen]
