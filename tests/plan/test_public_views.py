"""The plan as everyone reads it: whole, without scripts, cacheable, never a draft."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from coproduction.cache import drawn_pages
from plan.services.rendering import html_of_edition
from plan.services.section import write_section
from tests.plan.story import Story, both
from tests.themes.comments import make_comments
from themes.services.coding import code_comment
from themes.services.quote import choose_quote
from workshops.models import Workshop
from workshops.services.action import reword_action

pytestmark = pytest.mark.django_db

PAGES = (
    "/bryn/plan/",
    "/bryn/plan/?q=swings",
    "/bryn/plan/actions/1/",
    "/bryn/plan/figures/",
    "/bryn/plan/figures/?of=comments",
    "/bryn/plan/figures/?of=not-taken-forward",
    "/bryn/plan/print/",
)


def text_of(client: Client, path: str) -> str:
    """Read a page's words, one space apart."""
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def change_of(story: Story) -> object:
    """Propose a change to the first action."""
    wording = story.mend.wordings.order_by("-number").first()
    return reword_action(
        action=story.mend,
        title=both("Secret new words"),
        text=both("Secret."),
        lead=wording.lead,
        supporting=[],
        timescale=wording.timescale,
        timescale_note=both("By July"),
        by=story.facilitator,
    )


def test_before_the_first_edition_nothing_of_the_draft_is_public(story: Story, client: Client):
    page = text_of(client, "/bryn/plan/")
    assert "The plan is still to come" in page
    assert "Mend the swings" not in page
    assert "/bryn/what-we-heard/" in client.get("/bryn/plan/").content.decode()
    for path in ("figures/", "print/"):
        assert "Mend the swings" not in text_of(client, f"/bryn/plan/{path}")
    for path in ("actions/1/", "plan.json", "actions.csv"):
        assert client.get(f"/bryn/plan/{path}").status_code == 404


def test_the_page_says_who_does_what_by_when_and_where_it_came_from(story: Story, client: Client):
    story.publish()
    page = text_of(client, "/bryn/plan/")
    assert "2 actions, agreed around one table" in page
    assert "40 neighbours told us" in page
    assert "Mend the swings soon." in page
    assert "Lead Parks Trust" in page
    assert "When By June" in page
    assert "Agreed by the steering group" in page
    assert "of 3" not in page
    assert "Committed" in page
    assert "The lead has not given its word yet." in page
    assert "broken since Easter" in page
    assert "Mae angen clwb i'r plant." in page.replace("&#x27;", "'")
    assert "(“The children need a club.”)" in page
    assert "Fill the pool" in page
    assert "Because of fill the pool" in page
    assert "We met every month." in page


def test_a_plan_read_years_later_still_says_in_which_year(story: Story, client: Client):
    story.publish()
    today = date_format(timezone.localdate(), "j F Y")
    for path in ("/bryn/plan/", "/bryn/plan/print/"):
        page = text_of(client, path)
        assert f"Agreed by the steering group, {today}" in page
        assert f"Committed {today}" in page


def test_a_promise_folds_all_but_who_does_what_by_when(story: Story, client: Client):
    story.publish()
    card = re.search(r"<article.*?</article>", client.get("/bryn/plan/").content.decode(), re.S)
    seen, _fold, rest = card.group().partition("<details")
    for told in ("Mend the swings", "Parks Trust", "By June"):
        assert told in seen
    assert "More about action 1" in rest
    for told in ("Mend the swings soon.", "Agreed by the steering group", "Where this came from"):
        assert told in rest
        assert told not in seen


def test_no_two_links_of_the_plan_have_one_name_and_two_targets(story: Story, client: Client):
    story.publish()
    html = client.get("/bryn/plan/").content.decode()
    targets: dict[str, set[str]] = {}
    for address, name in re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', html, re.S):
        said = " ".join(unescape(re.sub("<[^>]+>", "", name)).split())
        targets.setdefault(said, set()).add(address)
    assert {name: found for name, found in targets.items() if len(found) > 1} == {}
    assert "1 workshop for action 1" in targets
    assert "fewer than 10 comments for action 2" in targets
    assert "Places to play, All: fewer than 10" in targets
    assert "fewer than 10 comments" in targets


def test_the_file_is_offered_again_where_the_plan_ends(story: Story, client: Client):
    story.finish_files(story.publish())
    html = client.get("/bryn/plan/").content.decode()
    assert html.count("Download (PDF,") == 2
    assert html.rindex("Download (PDF,") > html.index("Did you tell us something?")


def test_when_every_lead_has_committed_the_plan_says_so(story: Story, client: Client):
    story.commit(story.open_club)
    story.publish()
    page = text_of(client, "/bryn/plan/")
    assert "2 promises, made by everyone who has to keep them" in page


def test_the_welsh_page_is_the_whole_page(story: Story, client: Client):
    story.publish()
    english = client.get("/bryn/plan/").content.decode()
    welsh = client.get("/cy/bryn/plan/").content.decode()
    assert '<html lang="cy">' in welsh
    assert "Mend the swings (cy)" in welsh
    assert "Parks Trust (cy)" in welsh
    for once in ('class="promise"', 'class="bubble"', "<svg", "<table"):
        assert english.count(once) == welsh.count(once) > 0
    assert 'href="/cy/bryn/plan/actions/1/' in welsh


def test_every_headline_figure_opens_what_it_counts(story: Story, client: Client):
    story.publish()
    html = client.get("/bryn/plan/").content.decode()
    addresses = re.findall(r'href="(/bryn/plan/figures/\?of=[a-z-]+)"', html)
    assert len(addresses) >= 6
    for address in addresses:
        page = text_of(client, address)
        assert "As counted on" in page
    assert "Open day" in text_of(client, "/bryn/plan/figures/?of=engagements")
    assert "Because of fill the pool" in text_of(client, "/bryn/plan/figures/?of=not-taken-forward")
    assert client.get("/bryn/plan/figures/?of=secrets").status_code == 404


def test_all_figures_have_a_definition_and_a_day(story: Story, client: Client):
    story.publish()
    page = text_of(client, "/bryn/plan/figures/")
    assert "fewer than 10 comments" in page
    assert "Single points that people made" in page
    assert "when it was published" in page


def test_an_action_shows_its_whole_thread_back(story: Story, client: Client):
    story.publish()
    page = text_of(client, "/bryn/plan/actions/1/")
    stops = ["gave its word", "The steering group agreed", "Workshop: Evening", "led to"]
    assert [page.index(stop) for stop in stops] == sorted(page.index(stop) for stop in stops)
    assert "We will mend them." in page
    assert "Swings first!" in page
    assert "3 residents and 2 partners met" in page
    assert "Fewer than 10 comments led to this" in page
    assert "broken since Easter" in page
    assert "Open day" in page
    for wrong in ("actions/99/", "actions/0/"):
        assert client.get(f"/bryn/plan/{wrong}").status_code == 404


@pytest.mark.parametrize("filed_under", ["ar", "en"])
def test_words_that_run_from_the_right_say_so_on_every_page(
    story: Story, client: Client, filed_under: str
):
    (said,) = make_comments(
        story.project, "الأرجوحة مكسورة", language=filed_under, consent=True, descriptor="أم"
    )
    code_comment(comment=said, codes=[story.code], by=story.analyst)
    choose_quote(
        comment=said, theme=story.theme, extract=said.text, descriptor="أم", by=story.analyst
    )
    story.cite(story.mend, said)
    edition = story.publish()
    marked = f'lang="{filed_under}" dir="rtl">'
    heard = f"/bryn/what-we-heard/themes/{story.theme.uuid}/"
    addresses = ("/bryn/plan/", "/bryn/plan/print/", "/bryn/plan/actions/1/", heard)
    pages = [client.get(address).content.decode() for address in addresses]
    for page in [*pages, html_of_edition(edition, "en")]:
        quoted, described = (
            re.search(rf"<{tag} {marked}\s*(<p[^>]*>)?\s*{words}", page)
            for tag, words in (("blockquote", said.text), ("span", "أم"))
        )
        assert quoted
        assert described


def test_a_workshop_without_a_place_is_not_at_nothing(story: Story, client: Client):
    Workshop.objects.filter(pk=story.workshop.pk).update(place="")
    story.publish()
    page = text_of(client, "/bryn/plan/actions/1/")
    assert "3 residents and 2 partners met. What tables" in page


@pytest.mark.parametrize("path", ["plan/", "plan/figures/", "plan/figures/?of=comments"])
def test_before_the_first_edition_the_plan_is_said_to_be_still_to_come(
    story: Story, client: Client, path: str
):
    for prefix, said in (("/bryn/", "The plan is still to come"), ("/cy/bryn/", 'lang="cy"')):
        response = client.get(f"{prefix}{path}")
        assert response.status_code == 200
        assert said in response.content.decode()


def test_a_change_proposed_since_is_said_and_not_shown(story: Story, client: Client):
    story.publish()
    assert "A change is proposed" not in text_of(client, "/bryn/plan/")
    wording = change_of(story)
    for path in ("/bryn/plan/", "/bryn/plan/actions/1/"):
        page = text_of(client, path)
        assert "A change is proposed. The group has not agreed it." in page
        assert "Secret" not in page
    story.agree(wording)
    page = text_of(client, "/bryn/plan/")
    assert "They come with the next edition." in page
    assert "Secret" not in page


def test_a_change_turned_down_is_no_change(story: Story, client: Client):
    story.publish()
    story.decide(change_of(story), "not_taken_forward", ("object", "object", "agree"))
    assert "A change is proposed" not in text_of(client, "/bryn/plan/")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("swings", 1),
        ("SWINGS Parks", 1),
        ("parks trust", 2),
        ("clwb", 1),
        ("places to play", 2),
        ("volcano", 0),
        ("%00' OR 1=1 --", 0),
        ("<script>alert(1)</script>", 0),
    ],
)
def test_search_finds_actions_by_any_words(story: Story, client: Client, words: str, found: int):
    story.publish()
    html = client.get("/bryn/plan/", {"q": words}).content.decode()
    assert html.count('class="promise"') == found
    assert "<script>alert" not in html
    assert ("No action mentions" in html) is (found == 0)


def test_an_empty_or_endless_search_shows_a_page(story: Story, client: Client):
    story.publish()
    assert 'class="promise"' in client.get("/bryn/plan/?q=").content.decode()
    assert client.get("/bryn/plan/", {"q": "x" * 100_000}).status_code == 200


def test_markdown_is_drawn_and_markup_is_not(story: Story, client: Client):
    hostile = (
        "**Bold** <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://b.example)"
    )
    write_section(
        project=story.project, kind="thanks", body={"en": hostile, "cy": hostile}, by=story.editor
    )
    story.publish()
    html = client.get("/bryn/plan/").content.decode()
    assert "<strong>Bold</strong>" in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="https://b.example" rel="nofollow noopener"' in html


def test_pages_ask_few_questions_and_none_of_the_person(
    story: Story, client: Client, count_queries: Callable[[], object]
):
    story.publish()
    for path in PAGES:
        with count_queries() as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= 8, path
        sql = " ".join(query["sql"] for query in seen.captured_queries)
        assert "projects_session" not in sql
        drawn_pages.clear()
    client.get("/bryn/plan/")
    with count_queries() as seen:
        client.get("/bryn/plan/")
    assert len(seen) == 1


def test_pages_are_kept_and_asked_for_again(story: Story, client: Client):
    story.publish()
    for path in ("/bryn/plan/", "/cy/bryn/plan/", "/bryn/plan/plan.json", "/bryn/plan/actions.csv"):
        first = client.get(path)
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Cookie" not in first.get("Vary", "")
        assert not first.cookies
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again["ETag"] == first["ETag"]
        assert client.get(path).content == first.content


def test_each_language_and_each_page_has_a_mark_of_its_own(story: Story, client: Client):
    story.publish()
    paths = ["/bryn/plan/", "/cy/bryn/plan/", "/bryn/plan/actions/1/", "/bryn/plan/actions/2/"]
    marks = [client.get(path)["ETag"] for path in paths]
    assert len(set(marks)) == len(paths)


def test_the_mark_moves_when_the_page_does(story: Story, client: Client):
    story.publish()
    mark = client.get("/bryn/plan/")["ETag"]
    write_section(project=story.project, kind="thanks", body=both("Later"), by=story.editor)
    assert client.get("/bryn/plan/")["ETag"] == mark
    change_of(story)
    assert client.get("/bryn/plan/")["ETag"] != mark


def test_the_mark_moves_when_a_file_is_ready(story: Story, client: Client, files):
    edition = story.publish()
    before = client.get("/bryn/plan/")
    assert "Download (PDF" not in before.content.decode()
    story.finish_files(edition)
    after = client.get("/bryn/plan/")
    assert "Download (PDF" in after.content.decode()
    assert after["ETag"] != before["ETag"]


def test_two_projects_never_share_a_page(story: Story, other_project, client: Client):
    story.publish()
    assert "Mend the swings" in text_of(client, "/bryn/plan/")
    assert "Mend the swings" not in text_of(client, "/glyn/plan/")
    marks = [client.get(f"/{slug}/plan/")["ETag"] for slug in ("bryn", "glyn")]
    assert marks[0] != marks[1]


def test_the_pages_take_no_other_method(story: Story, client: Client):
    story.publish()
    for path in PAGES:
        client.get(path)
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


def test_a_page_is_the_same_for_somebody_signed_in(
    story: Story, client: Client, client_of: Callable[..., Client]
):
    story.publish()
    assert client_of(story.editor).get("/bryn/plan/").content == client.get("/bryn/plan/").content


def test_an_invented_place_says_so(story: Story, client: Client):
    story.publish()
    type(story.project).objects.filter(pk=story.project.pk).update(is_invented=True)
    for path in ("/bryn/plan/?q=", "/bryn/follow/"):
        assert "invented place" in text_of(client, path)
