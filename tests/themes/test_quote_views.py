"""Pages on which quotes are chosen, changed and cleared."""

import pytest
from django.urls import reverse

from engagements.models import Comment
from engagements.services.withholding import redact_comment
from tests.forms import drawn, forms_on
from tests.themes.comments import make_comments
from themes.models import Quote
from themes.queries.quote import last_redaction
from themes.services import codebook, coding
from themes.services.quote import change_quote, choose_quote, take_back_quote

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
    place = f"quote-{Quote.objects.get().uuid}"
    assert answer["Location"] == f"{at('theme', book.spaces)}#{place}"
    assert f'id="{place}" tabindex="-1"' in desk.get(at("theme", book.spaces)).text
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
    desk.post(at("quote_change", said), {**sent, "redaction": last_redaction(named)})
    assert "Wy&#x27;n dwlu arno" in page_of(desk, at("quote_change", said))
    assert said in Quote.objects.publishable()


def test_a_form_drawn_before_a_redaction_begins_anew(
    book, desk, at, said, quote, coordinator
) -> None:
    choose = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    for address in (choose, at("quote_change", quote)):
        seen = desk.get(address).context["form"]["redaction"].value()
        said.refresh_from_db()
        redact_comment(
            comment=said, text=said.text.replace("Easter", "[a day]") + ".", by=coordinator
        )
        sent = {"extract": "The swings", "translation_cy": "ers y Pasg", "redaction": seen}
        answer = desk.post(address, sent, follow=True)
        page = answer.content.decode()
        assert "taken out of this comment while you wrote" in page
        assert "ers y Pasg" not in page
        assert Quote.objects.get() == quote
    assert not Quote.objects.get().translation


def test_quotes_move_up(book, desk, at, said, quote, analyst) -> None:
    second = choose_quote(comment=said, theme=book.spaces, extract="The swings", by=analyst)
    answer = desk.post(at("quote_shift", second))
    assert list(book.spaces.quotes.all()) == [second, quote]
    assert answer["Location"].endswith(f"#quote-{second.uuid}")
    # At the top, where it is read out, and where the quote stands.
    page = page_of(desk, at("theme", book.spaces))
    assert page.count("The quote is now number 1 of 2.") == 2


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


def test_what_two_people_change_of_a_quote_is_both_kept(desk, at, quote) -> None:
    address = at("quote_change", quote)
    first, second = desk.get(address), desk.get(address)
    assert desk.post(address, drawn(first, translation_cy="does neb yn dod")).status_code == 302
    assert desk.post(address, drawn(second, descriptor="A parent")).status_code == 302
    quote.refresh_from_db()
    assert (quote.descriptor, quote.translation.text("cy")) == ("A parent", "does neb yn dod")


def test_two_extracts_are_shown_beside_each_other(desk, at, quote) -> None:
    address = at("quote_change", quote)
    first, second = desk.get(address), desk.get(address)
    desk.post(address, drawn(first, extract="The swings have been broken"))
    clash = desk.post(address, drawn(second, extract="broken since Easter"))
    assert clash.status_code == 409
    assert drawn(clash)["extract"] == ["broken since Easter"]
    quote.refresh_from_db()
    assert quote.extract == "The swings have been broken"


def test_a_quote_changed_since_is_not_cleared_unread(book, desk, at, quote, analyst) -> None:
    take_back_quote(quote=quote, by=analyst)
    clear = at("quote_clear", quote)
    page = desk.get(at("theme", book.spaces))
    button = next(form for form in forms_on(page) if form.action == clear)
    change_quote(quote=quote, extract="The swings", by=analyst)
    take_back_quote(quote=quote, by=analyst)
    late = desk.post(clear, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    assert not Quote.objects.publishable().exists()


def test_a_quote_taken_back_meanwhile_is_not_cleared_by_an_older_form(
    book, desk, at, quote, analyst
) -> None:
    address = at("quote_change", quote)
    old = desk.get(address)
    take_back_quote(quote=quote, by=analyst)
    asked = desk.post(address, drawn(old, descriptor="A dad"))
    assert asked.status_code == 409
    assert "it is not cleared any more" in asked.text
    assert drawn(asked)["descriptor"] == ["A dad"]
    assert not Quote.objects.publishable().exists()
    # Who was told can clear it.
    assert desk.post(address, drawn(asked)).status_code == 302
    assert Quote.objects.publishable().get().descriptor == "A dad"


def test_words_somebody_else_described_otherwise_are_not_described_anew(
    book, desk, at, said, quote
) -> None:
    address = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    sent = drawn(desk.get(address), extract=quote.extract, descriptor="A dad")
    answer = desk.post(address, sent)
    assert answer.status_code == 409
    assert "are a quote of this theme already" in answer.text
    quote.refresh_from_db()
    assert quote.descriptor == "A mother"


def test_a_quote_sent_twice_is_chosen_once(book, desk, at, said) -> None:
    address = f"{at('quote_choose', book.parks)}?comment={said.pk}"
    sent = drawn(desk.get(address), extract="nobody comes")
    answers = [desk.post(address, sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Quote.objects.count() == 1
