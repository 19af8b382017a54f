"""The bases, the style page, the error pages, and the rules of the look."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
ERRORS = ["400.html", "403.html", "404.html", "500.html", "503.html", "403_csrf.html"]


class Nobody:
    """A person who must not be asked about."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"a public page asked for request.user.{name}")


def test_the_style_page_is_hidden_from_real_sites(client: Client) -> None:
    assert client.get("/style/").status_code == 404


@pytest.mark.parametrize("address", ["/style/", "/cy/style/"])
def test_the_style_page_shows_everything(
    client: Client, settings: pytest.FixtureRequest, address: str
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    drawn = set(re.findall(r'class="([a-z-]+)', page))
    assert {
        "bubble",
        "thread",
        "journey",
        "status",
        "stamp",
        "tile",
        "undo",
        "chart",
        "empty",
    } <= drawn


def test_every_component_stands_on_the_style_page() -> None:
    """Or in a base: what a person or a message brings cannot be made up."""
    tags = "".join(
        (ROOT / f"coproduction/{app}/templatetags/{app}.py").read_text()
        for app in ("ui", "languages")
    )
    drawn_by = {
        name: template
        for template, name in re.findall(r'inclusion_tag\("(ui/_\w+\.html)".*\)\ndef (\w+)', tags)
    }
    assert len(drawn_by) >= 6
    waiting = ["ui/style.html", "ui/base_team.html", "ui/base_error.html"]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        text = (ROOT / "templates" / name).read_text().split("#}", 1)[1]
        found = re.findall(r'"(ui/[\w/]+\.html)"', text)
        found += [drawn_by[tag] for tag in re.findall(r"{% (\w+)", text) if tag in drawn_by]
        waiting += [each for each in found if each not in reached]
    components = {f"ui/{path.name}" for path in (ROOT / "templates/ui").glob("_*.html")}
    assert len(components) > 30
    assert components - reached == set()


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_error_page_needs_nothing(name: str, language: str) -> None:
    with translation.override(language):
        page = get_template(name).render()
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1>", page)) == 1


def test_a_public_page_never_asks_who_is_reading(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/bryncoed/plan/")
    request.user = Nobody()  # type: ignore[assignment]
    page = get_template("ui/base_public.html").render(
        {"place": "Bryncoed", "nav": [{"label": "The plan", "url": "/", "current": True}]}, request
    )
    assert (
        page.count('aria-current="page"') == 2
    )  # the row and the folded menu, one shown at a time
    assert "csrfmiddlewaretoken" not in page


def test_a_team_page_shows_the_stage_the_person_and_what_is_next(rf: RequestFactory) -> None:
    class Person:
        is_authenticated = True
        display_name = "Siân"

    request = rf.get("/bryncoed/themes/")
    request.user = Person()  # type: ignore[assignment]
    page = get_template("ui/base_team.html").render(
        {
            "stages": [
                {"label": "Listening", "url": "/a/", "current": False},
                {"label": "Themes", "url": "/b/", "current": True},
            ],
            "next_step": {"text": "Code 212 comments.", "url": "/c/", "action": "Start"},
            "messages": [],
        },
        request,
    )
    current = re.findall(r"<a[^>]*aria-current=\"true\"[^>]*>(.*?)</a>", page, re.S)
    assert len(current) == 1
    assert "Themes" in current[0]
    assert "Siân" in page
    assert "Code 212 comments." in page


def test_paging_keeps_the_rest_of_the_address(rf: RequestFactory) -> None:
    page = Paginator(range(1234), 50).get_page(3)
    html = get_template("ui/_pagination.html").render({"page": page}, rf.get("/x/?q=bus&page=3"))
    assert 'href="?q=bus&amp;page=4"' in html
    assert "101 to 150 of 1,234" in html
    assert html.count('aria-current="page"') == 1
    one = Paginator(range(3), 50).get_page(1)
    assert "<nav" not in get_template("ui/_pagination.html").render({"page": one}, rf.get("/x/"))


def test_progress_asks_again_until_done_and_offers_a_link_without_scripts() -> None:
    template = get_template("ui/_progress.html")
    running = template.render({"label": "Reading", "value": 1, "total": 3, "url": "/p/"})
    assert 'hx-get="/p/"' in running
    assert 'aria-valuenow="33"' in running
    assert ">Check again</a>" in running
    over = template.render({"label": "Done", "value": 3, "total": 3, "url": "/p/", "done": True})
    assert "hx-get" not in over
    assert "Check again" not in over


def test_what_people_said_is_never_markup() -> None:
    page = get_template("ui/_bubble.html").render(
        {"text": "<b>x</b>", "speaker": "<b>y</b>", "translation": "<b>z</b>", "lang": "cy"}
    )
    assert "<b>" not in page
    assert '<blockquote lang="cy" dir="ltr">' in page


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_keeps_the_rules_of_the_look(sheet: Path) -> None:
    text = sheet.read_text()
    assert len(text.splitlines()) <= 400
    for never in ("text-transform", "gradient(", "url(", "font-style: italic"):
        assert never not in text
    # A sheet has rules, or lists others; one that did both would put rules before what it lists.
    listed = re.sub(r'@import "[^"]+";|/\*.*?\*/', "", text, flags=re.DOTALL)
    assert not ("@import" in text and listed.strip())
    # Only to take away what the vendored forms would draw.
    assert set(re.findall(r"(?:box|text)-shadow: ([^;]+);", text)) <= {"none"}
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text))
    if sheet.stem == "pdf":  # a page's margins know no variables, but the colours are the same
        assert used <= set(re.findall(r"#[0-9a-f]{6}\b", (sheet.parent / "tokens.css").read_text()))
    elif sheet.stem not in {"tokens", "print"}:
        assert not used, "colours stand in tokens.css"


def test_all_sheets_are_looked_at() -> None:
    assert len(SHEETS) >= 13


def test_the_vendored_sheet_asks_for_nothing_that_is_not_ours() -> None:
    text = (ROOT / "static/vendor/govuk-frontend/govuk-frontend.min.css").read_text()
    for never in ("GDS Transport", "@font-face", "url(", "sourceMappingURL", "crest"):
        assert never not in text
