"""What residents read: themes with a finding, in numbers that tell on nobody."""

from datetime import date

import pytest
from django.urls import reverse

from coproduction.cache import drawn_pages
from engagements.models import Comment, PublishedCounts
from engagements.services.comment import correct_comment
from engagements.services.submission import undo_submissions
from engagements.services.withholding import raise_concern, withdraw_comment
from tests.forms import drawn
from tests.themes.comments import make_comments, make_engagement, make_questions
from themes.services import codebook, coding
from themes.services.finding import take_down_finding, write_finding
from themes.services.quote import choose_quote

FEWER, UNSAID = "fewer than 10", "not shown"
# How words cease to be anybody's to read, given the comment and somebody of the team.
TAKEN_BACK = {
    "withdrawn": lambda comment, _by: withdraw_comment(comment=comment, by=None),
    "concern": lambda comment, by: raise_concern(comment=comment, by=by),
    "undone": lambda comment, by: undo_submissions(submissions=[comment.submission], by=by),
    "consent": lambda comment, by: correct_comment(
        comment=comment,
        question=comment.question,
        descriptor=comment.submission.descriptor,
        quote_consent=False,
        language=comment.language,
        by=by,
    ),
}


@pytest.fixture
def at(project):
    """Give a public page's address."""

    def address(name: str, theme=None, language: str = "en") -> str:
        url = reverse(f"themes:{name}", args=[project.slug, *([theme.uuid] if theme else [])])
        return url if language == "en" else f"/{language}{url}"

    return address


@pytest.fixture
def heard(project, book, analyst):
    """Twelve strengths, fifteen needs and three changes about parks, with a finding."""
    comments = [
        *make_comments(project, *[f"Good {n}." for n in range(12)], kind="asset", consent=True),
        *make_comments(project, *[f"Need {n}." for n in range(15)], kind="need", consent=True),
        *make_comments(project, *[f"Change {n}." for n in range(3)], kind="change", consent=True),
    ]
    pairs = [(comment, book.parks) for comment in comments]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    return write_finding(
        theme=book.spaces,
        text={"en": "People love the park.", "cy": "Mae pobl yn caru'r parc."},
        by=analyst,
    )


def words(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_nothing_is_shown_before_something_is_written(client, project, book, at) -> None:
    page = words(client, at("what_we_heard"))
    assert "We are still reading" in page
    assert "Spaces" not in page
    assert client.get(at("what_we_heard_theme", book.spaces))["Location"] == at("what_we_heard")


def test_only_themes_with_a_finding_are_public(client, book, at, heard) -> None:
    page = words(client, at("what_we_heard"))
    assert "People love the park." in page
    assert "Safety" not in page
    assert client.get(at("what_we_heard_theme", book.safety))["Location"] == at("what_we_heard")
    assert client.get(at("what_we_heard_theme", book.parks)).status_code == 404
    take_down_finding(finding=heard, by=heard.by)
    assert "Spaces" not in words(client, at("what_we_heard"))


def test_strengths_come_first(client, project, book, at, heard, analyst) -> None:
    for text, extract in (("Need 1.", "Need 1"), ("Good 1.", "Good 1")):
        comment = Comment.objects.get(text=text)
        choose_quote(comment=comment, theme=book.spaces, extract=extract, by=analyst)
    page = words(client, at("what_we_heard"))
    assert page.index("First, what is good here") < page.index("What people talked about")
    assert page.index("Good 1") < page.index("Need 1")


def test_the_figures_open_the_records_behind_them(client, at, heard) -> None:
    page = words(client, at("what_we_heard"))
    for figure in ("1", "40+", "30+"):
        assert f'<span class="tile__number">{figure}</span>' in page
    assert page.count(f'href="{at("what_we_heard_engagements")}') >= 3


def test_pages_say_that_the_numbers_do_not_add_up(client, book, at, heard) -> None:
    for address in (at("what_we_heard"), at("what_we_heard_theme", book.spaces)):
        assert "add up" in words(client, address)


def test_a_theme_in_numbers_tells_on_nobody(client, book, at, heard, analyst, project) -> None:
    extra = make_comments(project, "Bins.", "Mess.")
    pairs = [(comment, book.litter) for comment in extra]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    page = words(client, at("what_we_heard_theme", book.spaces))
    assert "30+ comments" in page
    # Three changes are few, and all less the others would tell how few: the strengths are held back
    # too. What nobody asked at all answered is left out.
    questions = page[page.index("Comments by question") : page.index("What the comments were")]
    assert questions.count(UNSAID) == 2
    assert questions.count("> 10+ </td>") == 1
    codes = page[page.index("What the comments were about") :]
    # All but two are about parks: that would tell of the two.
    assert codes.index("Parks") < codes.index("Litter")
    assert codes.count(f'is-words"> {UNSAID}') == 2


def test_the_table_stands_with_the_chart_when_nothing_is_held_back(
    client, book, at, heard, analyst, project
) -> None:
    more = make_comments(project, *[f"More change {n}." for n in range(9)], kind="change")
    pairs = [(comment, book.parks) for comment in more]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    page = words(client, at("what_we_heard_theme", book.spaces))
    numbers = page[page.index('id="numbers"') : page.index("What the comments were about")]
    assert "<table" in numbers
    assert FEWER not in numbers


def test_what_a_themes_page_keeps_back_is_on_no_other(
    client, project, book, at, analyst, assert_same_queries
) -> None:
    sides = {"asset": 12, "need": 3, "change": 40}
    pairs = [
        (comment, book.parks)
        for kind, many in sides.items()
        for comment in make_comments(project, *[f"{kind} {n}" for n in range(many)], kind=kind)
    ]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    write_finding(theme=book.spaces, text={"en": "Parks."}, by=analyst)
    assert "50+ comments" in words(client, at("what_we_heard"))
    for name, theme in (("what_we_heard", None), ("what_we_heard_theme", book.spaces)):
        page = words(client, at(name, theme))
        assert ">12<" not in page
        assert ">10+<" not in page
        assert "What people here value" not in page


def test_three_people_are_few_even_in_all(client, project, at) -> None:
    make_comments(project, "Bins.", engagement=make_engagement(project, "A talk", people=3))
    for name in ("what_we_heard", "what_we_heard_engagements"):
        page = words(client, at(name))
        assert FEWER in page
        assert '<span class="tile__number">3</span>' not in page
        assert "heard 3 people" not in page


def test_the_order_of_labels_kept_back_tells_nothing(
    client, project, book, at, heard, analyst
) -> None:
    few = make_comments(project, *[f"Mess {n}." for n in range(4)])
    coding.code_comments(project=project, pairs=[(each, book.litter) for each in few], by=analyst)
    coding.code_comments(project=project, pairs=[(few[0], book.police)], by=analyst)
    codebook.move_code(code=book.police, parent=book.spaces, by=analyst)
    codebook.shift_theme(theme=book.police, steps=-1, by=analyst)
    page = words(client, at("what_we_heard_theme", book.spaces))
    codes = page[page.index("What the comments were about") :]
    assert codes.index("Parks") < codes.index("Police") < codes.index("Litter")


def test_a_theme_of_no_comments_yet_has_a_page(client, book, at, analyst) -> None:
    write_finding(theme=book.safety, text={"en": "Nothing yet."}, by=analyst)
    assert "0 comments" in words(client, at("what_we_heard_theme", book.safety))


@pytest.mark.parametrize("why", TAKEN_BACK)
def test_what_may_not_be_shown_is_gone_at_once(client, book, at, heard, analyst, why) -> None:
    comment = Comment.objects.get(text="Good 1.")
    choose_quote(comment=comment, theme=book.spaces, extract="Good 1", by=analyst)
    both = (at("what_we_heard"), at("what_we_heard_theme", book.spaces))
    assert ["Good 1" in words(client, address) for address in both] == [True, True]
    TAKEN_BACK[why](comment, analyst)
    assert ["Good 1" in words(client, address) for address in both] == [False, False]
    # Its words are; that it was said stays counted. What was undone was never said.
    assert ("20+ comments" in words(client, both[1])) == (why == "undone")


def test_a_quote_in_another_language_has_its_translation_beside(
    client, project, book, at, heard, analyst
) -> None:
    said = make_comments(project, "Mae'r parc yn hyfryd.", language="cy", consent=True)[0]
    coding.code_comment(comment=said, codes=[book.parks], by=analyst)
    choose_quote(
        comment=said,
        theme=book.spaces,
        extract="Mae'r parc yn hyfryd.",
        translation={"en": "The park is lovely."},
        by=analyst,
    )
    page = words(client, at("what_we_heard_theme", book.spaces))
    assert '<blockquote lang="cy"' in page
    assert "The park is lovely." in page
    welsh = words(client, at("what_we_heard_theme", book.spaces, language="cy"))
    assert "Mae&#x27;r parc yn hyfryd." in welsh
    assert "The park is lovely." not in welsh
    assert "Mae pobl yn caru" in welsh


def test_each_engagement_is_listed_and_small_numbers_are_not_told(
    client, project, at, heard
) -> None:
    interview = make_engagement(project, "A talk at home", people=1)
    make_comments(project, "I am lonely.", engagement=interview)
    make_engagement(project, "Market day", people=25)
    page = words(client, at("what_we_heard_engagements"))
    table = page[page.index("<tbody") : page.index("</tbody>")]
    rows = table.split("<tr ")[1:]
    assert len(rows) == 3
    home = next(row for row in rows if "A talk at home" in row)
    # One number kept back alone could be worked out from the total: another goes with it, in the
    # same words, and where one said nothing that goes too.
    assert home.count(UNSAID) == 2
    assert table.count(UNSAID) == 5
    assert "40+" in table
    assert "1 March 2026" in home
    assert "The hall" in home


def test_the_list_of_engagements_costs_the_same_with_one_and_three(
    client, project, at, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        engagement = make_engagement(project, f"Event {number}", people=20)
        make_comments(project, f"Comment {number}", engagement=engagement)

    assert_same_queries(client, at("what_we_heard_engagements"), make_row)


def test_what_we_heard_costs_the_same_with_one_theme_and_three(
    client, project, at, analyst, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        theme = codebook.add_theme(project=project, name={"en": f"Theme {number}"}, by=analyst)
        code = codebook.add_code(
            project=project, parent=theme, name={"en": f"Code {number}"}, by=analyst
        )
        comment = make_comments(project, f"Comment {number} here", consent=True)[0]
        coding.code_comment(comment=comment, codes=[code], by=analyst)
        choose_quote(comment=comment, theme=theme, extract="here", by=analyst)
        write_finding(theme=theme, text={"en": "Words."}, by=analyst)

    # It is no list: one more than a list may ask names the state of what is public.
    assert_same_queries(client, at("what_we_heard"), make_row, limit=13)


def test_a_themes_public_page_costs_the_same_with_one_of_each_and_three(
    client, project, book, at, analyst, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        code = codebook.add_code(
            project=project, parent=book.spaces, name={"en": f"Code {number}"}, by=analyst
        )
        gone = codebook.add_code(
            project=project, parent=book.spaces, name={"en": f"Gone {number}"}, by=analyst
        )
        comment = make_comments(project, f"Comment {number} here", consent=True)[0]
        coding.code_comment(comment=comment, codes=[code], by=analyst)
        choose_quote(comment=comment, theme=book.spaces, extract="here", by=analyst)
        codebook.merge_themes(source=gone, into=code, by=analyst)
        write_finding(theme=book.spaces, text={"en": f"Words {number}."}, by=analyst)
        other = codebook.add_theme(project=project, name={"en": f"Theme {number}"}, by=analyst)
        write_finding(theme=other, text={"en": "Other words."}, by=analyst)

    assert_same_queries(client, at("what_we_heard_theme", book.spaces), make_row)


def test_a_merged_theme_leads_to_what_it_became(client, book, at, heard, analyst) -> None:
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    assert client.get(at("what_we_heard_theme", book.safety))["Location"] == at(
        "what_we_heard_theme", book.spaces
    )


def test_bytes_are_the_same_for_everyone_and_asked_for_again_each_time(
    client, client_of, analyst, book, at, heard
) -> None:
    for address in (
        at("what_we_heard"),
        at("what_we_heard_engagements"),
        at("what_we_heard_theme", book.spaces),
    ):
        answer = client.get(address)
        assert client_of(analyst).get(address).content == answer.content
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not answer.cookies
        unchanged = client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"])
        assert unchanged.status_code == 304


def test_questions_are_put_in_the_readers_language(client, project, book, at, heard) -> None:
    question = make_questions(project)["need"]
    page = words(client, at("what_we_heard_theme", book.spaces, language="cy"))
    assert question.wording.text("cy")[:10] in page


def test_pages_say_when_their_numbers_were_counted_and_what_counts(
    client, project, book, at, heard
) -> None:
    pages = ("what_we_heard", "what_we_heard_engagements", "what_we_heard_theme")
    addresses = [at(name, book.spaces if name.endswith("theme") else None) for name in pages]
    for address in addresses:
        page = words(client, address)
        assert "A plus means “or more”" in page
        assert "A comment that somebody took back still counts." in page
    PublishedCounts.objects.create(project=project, counted_on=date(2026, 5, 4))
    drawn_pages.clear()
    for address in addresses:
        assert "We counted these on 4 May 2026, for the plan." in words(client, address)
        assert "A plus means" not in words(client, address)


def test_no_number_is_public_before_the_team_says_so_or_a_plan_is_published(
    client, client_of, coordinator, project, book, at, heard
) -> None:
    pages = {
        at("what_we_heard"): ("we met people", "What people here value"),
        at("what_we_heard_engagements"): ("People heard", "Comments by question"),
        at("what_we_heard_theme", book.spaces): ("In numbers", "What the comments were about"),
        "/bryn/": ("comments from",),
    }

    def are_told() -> list[bool]:
        return [any(each in words(client, path) for each in pages[path]) for path in pages]

    assert are_told() == [True] * 4
    carys = client_of(coordinator)

    def choose(**ticked: object) -> None:
        sent = drawn(carys.get("/bryn/settings/"), scope_en="The park.", **ticked)
        assert carys.post("/bryn/settings/", sent).status_code == 302

    choose(figures_are_public=[])
    assert are_told() == [False] * 4
    for address in pages:
        assert ("We are still checking the numbers." in words(client, address)) == (
            address != "/bryn/"
        )
        assert "People love the park." in words(client, at("what_we_heard"))
    team = words(carys, "/bryn/engagements/")
    assert "The public does not see these numbers yet." in team
    choose(figures_are_public="on")
    assert are_told() == [True] * 4
    choose(figures_are_public=[])
    PublishedCounts.objects.create(project=project, counted_on=date(2026, 5, 4))
    drawn_pages.clear()
    assert "We are still checking" not in words(client, at("what_we_heard"))
