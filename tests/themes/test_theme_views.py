"""The page of a theme or code, and the pages of quotes and findings."""

import pytest
from django.urls import reverse

from engagements.models import Comment, Submission
from engagements.services.withholding import redact_comment
from tests.themes.comments import make_comments, make_questions
from themes.models import Coding, Finding, Quote, Theme
from themes.queries.quote import last_redaction
from themes.services import codebook, coding
from themes.services.finding import write_finding
from themes.services.quote import choose_quote

SAID = "The swings have been broken since Easter, and nobody comes."


@pytest.fixture
def at(project):
    """Give a page's address: ``at("theme", book.parks)``."""

    def address(name: str, thing: Theme | Quote) -> str:
        return reverse(f"themes:{name}", args=[project.slug, thing.uuid])

    return address


@pytest.fixture
def desk(client_of, analyst):
    """The analyst's browser."""
    return client_of(analyst)


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
    Submission.objects.update(quote_consent=False)
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


def test_the_tree_lists_what_is_public_and_what_is_missing(
    client_of, analyst, project, book
) -> None:
    tree = reverse("themes:theme_tree", args=[project.slug])
    client = client_of(analyst)
    assert "What we heard is not written yet." in client.get(tree).content.decode()
    write_finding(theme=book.spaces, text={"en": "People love the park."}, by=analyst)
    page = client.get(tree).content.decode()
    assert "Residents can read it now in English. Welsh is missing." in page
