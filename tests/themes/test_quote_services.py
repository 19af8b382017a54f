"""Quotes: only with consent, only the person's own words."""

import pytest
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from engagements.models import Comment
from engagements.services.withholding import redact_comment, restore_redaction
from tests.themes.comments import make_comments
from themes.models import Quote
from themes.queries.codebook import codebook_of
from themes.queries.quote import last_redaction, visible_quotes
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
    Comment.objects.filter(pk=said.pk).update(quote_consent=False)
    assert not Quote.objects.publishable().exists()


def test_after_a_redaction_a_quote_comes_back_only_when_all_of_it_is_written_again(
    said, chosen, analyst, coordinator
) -> None:
    redact_comment(comment=said, text="The swings have been broken since [a date].", by=coordinator)
    assert not Quote.objects.publishable().exists()
    with pytest.raises(quote.RedactedSince):
        quote.clear_quote(quote=chosen, by=analyst)
    with pytest.raises(quote.NotTheirWords):
        quote.change_quote(quote=chosen, extract=chosen.extract, by=analyst)
    quote.change_quote(quote=chosen, extract="the swings have been broken", by=analyst)
    (public,) = Quote.objects.publishable()
    # The translation and the descriptor may hold what was taken out: they don't come back alone.
    assert (public.translation.text("cy"), public.descriptor) == ("", "")
    quote.change_quote(
        quote=chosen,
        extract="the swings have been broken",
        translation={"cy": "mae'r siglenni wedi torri"},
        by=analyst,
    )
    assert chosen.translation.text("cy") == "mae'r siglenni wedi torri"


def test_a_quote_taken_back_and_then_redacted_is_not_simply_cleared(
    said, chosen, analyst, coordinator
) -> None:
    quote.take_back_quote(quote=chosen, by=analyst)
    redact_comment(comment=said, text=SAID.replace("Nobody", "[name]"), by=coordinator)
    with pytest.raises(quote.RedactedSince):
        quote.clear_quote(quote=chosen, by=analyst)
    restore_redaction(comment=said, by=coordinator)
    quote.clear_quote(quote=chosen, by=analyst)
    assert Quote.objects.publishable().get().translation.text("cy").startswith("mae'r")


def test_words_written_from_a_comment_redacted_meanwhile_are_refused(
    said, book, chosen, analyst, coordinator
) -> None:
    seen = last_redaction(said)
    redact_comment(comment=said, text=SAID.replace("Nobody", "[name]"), by=coordinator)
    typed = {"extract": "The park’s lovely", "translation": {"cy": "Neb"}, "redaction": seen}
    with pytest.raises(quote.RedactedMeanwhile):
        quote.choose_quote(comment=said, theme=book.spaces, by=analyst, **typed)
    with pytest.raises(quote.RedactedMeanwhile):
        quote.change_quote(quote=chosen, by=analyst, **typed)
    typed["redaction"] = last_redaction(said)
    quote.choose_quote(comment=said, theme=book.spaces, by=analyst, **typed)


def test_the_same_words_chosen_twice_are_one_quote(said, book, chosen, analyst) -> None:
    entries = AuditEntry.objects.count()
    again = {
        "comment": said,
        "theme": book.spaces,
        "extract": "The swings have been broken  since Easter",
        "by": analyst,
    }
    same = {"descriptor": chosen.descriptor, "translation": {"cy": chosen.translation.text("cy")}}
    assert quote.choose_quote(**again | same | {"extract": chosen.extract}) == chosen
    assert AuditEntry.objects.count() == entries
    with pytest.raises(quote.ChosenAlready):
        quote.choose_quote(**again, descriptor="A mother")
    assert Quote.objects.get().descriptor == chosen.descriptor
    # Taken back since, they are cleared by choosing them.
    quote.take_back_quote(quote=chosen, by=analyst)
    assert quote.choose_quote(**again) == chosen
    assert Quote.objects.publishable().count() == 1


def test_words_of_a_merged_theme_chosen_for_what_it_became_are_one_quote(
    said, book, chosen, analyst
) -> None:
    codebook.merge_themes(source=book.spaces, into=book.safety, by=analyst)
    assert (
        quote.choose_quote(comment=said, theme=book.safety, extract=chosen.extract, by=analyst)
        == chosen
    )
    assert (
        quote.choose_quote(comment=said, theme=book.safety, extract="Nobody comes", by=analyst)
        != chosen
    )


def test_a_change_keeps_what_somebody_else_did_to_the_order(said, chosen, book, analyst) -> None:
    second = quote.choose_quote(comment=said, theme=book.spaces, extract="Nobody comes", by=analyst)
    stale = Quote.objects.get(pk=second.pk)
    quote.shift_quote(quote=second, steps=-1, by=analyst)
    quote.change_quote(quote=stale, extract="Nobody comes", descriptor="A dad", by=analyst)
    assert list(book.spaces.quotes.all()) == [second, chosen]


def test_words_they_did_not_say_are_refused(said, book, chosen, analyst) -> None:
    with pytest.raises(quote.NotTheirWords):
        quote.choose_quote(comment=said, theme=book.spaces, extract="The park is awful", by=analyst)
    with pytest.raises(quote.NotTheirWords):
        quote.change_quote(quote=chosen, extract="The park is awful", by=analyst)


def test_another_projects_theme_and_a_merged_one_are_refused(
    said, book, analyst, other_project, other_coordinator
) -> None:
    theirs = codebook.add_theme(project=other_project, name={"en": "Theirs"}, by=other_coordinator)
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    for theme in (theirs, book.safety):
        with pytest.raises(quote.ThemeGone):
            quote.choose_quote(comment=said, theme=theme, extract="Nobody comes", by=analyst)


def test_a_quote_can_be_taken_back_and_cleared_again(chosen, analyst) -> None:
    quote.take_back_quote(quote=chosen, by=analyst)
    assert not Quote.objects.publishable().exists()
    quote.clear_quote(quote=chosen, by=analyst)
    assert chosen.cleared_at <= timezone.now()
    assert Quote.objects.publishable().exists()


def test_quotes_move_among_those_that_are_shown(project, said, chosen, book, analyst) -> None:
    hidden_from = make_comments(project, "Somebody is named here.", consent=True)[0]
    hidden = quote.choose_quote(
        comment=hidden_from, theme=book.spaces, extract="Somebody", by=analyst
    )
    last = quote.choose_quote(comment=said, theme=book.spaces, extract="Nobody comes", by=analyst)
    Comment.objects.filter(pk=hidden_from.pk).update(withheld="concern")

    def order() -> list[Quote]:
        return list(book.spaces.quotes.exclude(pk=hidden.pk))

    quote.shift_quote(quote=last, steps=-1, by=analyst)
    assert order() == [last, chosen]
    entries = AuditEntry.objects.count()
    quote.shift_quote(quote=last, steps=-1, by=analyst)
    assert AuditEntry.objects.count() == entries
    quote.shift_quote(quote=last, steps=1, by=analyst)
    assert order() == [chosen, last]
    with pytest.raises(quote.NoConsent):
        quote.shift_quote(quote=hidden, steps=-1, by=analyst)


def test_quotes_of_a_merged_theme_move_among_those_where_it_went(
    said, chosen, book, analyst
) -> None:
    quote.choose_quote(comment=said, theme=book.safety, extract="Nobody comes", by=analyst)
    quote.choose_quote(comment=said, theme=book.spaces, extract="The park’s lovely", by=analyst)
    codebook.merge_themes(source=book.spaces, into=book.safety, by=analyst)
    whole = codebook_of(said.project)
    shown = visible_quotes(whole.by_id[book.safety.pk], whole)
    before = list(shown.all())
    quote.shift_quote(quote=before[2], steps=-1, by=analyst)
    assert list(shown.all()) == [before[0], before[2], before[1]]
