"""Templates hold nothing inline, and public ones know nothing of the person reading."""

import re
from pathlib import Path

from tests.architecture.sources import OWN, ROOT, templates
from tests.architecture.walk import ADDRESSES

TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"'#]+)""")
FORBIDDEN = {
    "a script's words": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx that evaluates words": re.compile(r"\bhx-(on|vals=[\"']js:)", re.IGNORECASE),
}
OF_THE_READER = re.compile(
    r"\brequest\.user\b|\buser\.|\bmessages\b|\bperms\b|\brequest\.session\b"
)
# What becomes a PDF is never sent as a page, so no policy applies to it.
STYLED = re.compile(r"^plan/pdf/")

# What is no view's own page: a stage's frame, what several views show, and a page that answers
# in another's place.
SHARED = {
    "projects/pass_over.html",
    "projects/removed.html",
    "steering/base.html",
    "steering/results.html",
    "steering/translation_page.html",
    "steering/unsealed_form_page.html",
}
IN_PLACE_OF = {
    "engagements/survey_wait.html": "engagements:survey_thanks",
    "plan/follow_unknown.html": "plan:follow_receipt",
    "plan/plan_to_come.html": "plan:plan",
}


def text_of(path: Path) -> str:
    """Return a template without its comments."""
    return COMMENT.sub("", path.read_text())


def name_of(path: Path) -> str:
    """Return a template's name as Django knows it."""
    return path.relative_to(ROOT / "templates").as_posix()


def reached_from(name: str, texts: dict[str, str]) -> set[str]:
    """Return a template and all that it extends or includes by a literal name."""
    reached, waiting = set(), [name]
    while waiting:
        here = waiting.pop()
        if here in texts and here not in reached:
            reached.add(here)
            waiting += REFERENCE.findall(texts[here])
    return reached


def public_templates() -> set[str]:
    """Return every template that a public page is made of."""
    texts = {name_of(path): text_of(path) for path in templates() if path.suffix == ".html"}
    public = {name for name in texts if "ui/base_public.html" in reached_from(name, texts)}
    assert len(public) > 1
    return set().union(*(reached_from(name, texts) for name in public))


def test_nothing_is_inline() -> None:
    looked, wrong = 0, []
    for path in templates():
        name = name_of(path)
        if path.suffix not in {".html", ".svg"} or STYLED.match(name):
            continue
        looked += 1
        wrong += [
            f"{name}: {what}" for what, sign in FORBIDDEN.items() if sign.search(text_of(path))
        ]
    assert wrong == []
    assert looked > 0


def test_public_pages_know_nothing_of_the_reader() -> None:
    texts = {name_of(path): text_of(path) for path in templates() if path.suffix == ".html"}
    wrong = [
        f"{name}: {tag}"
        for name in sorted(public_templates())
        for tag in TAG.findall(texts[name])
        if OF_THE_READER.search(re.sub(r"""(["']).*?\1""", "", tag))
    ]
    assert wrong == []


def test_a_page_is_named_for_its_view() -> None:
    """View, address and template have one name; form pages that differ in a title share one."""
    views = {(address.callback.__module__, address.callback.__name__) for address in ADDRESSES}
    named = {f"{module.split('.views')[0].split('.')[-1]}/{view}.html" for module, view in views}
    assert {address.name for address in ADDRESSES} >= set(IN_PLACE_OF.values())
    apps = {package.rpartition("/")[2] for package in OWN} | {"projects"}
    pages = {
        name
        for path in templates()
        if (name := name_of(path)).split("/")[0] in apps
        and path.suffix == ".html"
        and not path.name.startswith("_")
        and len(path.relative_to(ROOT / "templates").parts) == 2
    }
    assert len(pages & named) > 50
    assert pages - named == SHARED | set(IN_PLACE_OF)


def test_a_form_page_of_its_own_says_more_than_a_title() -> None:
    pages = [
        path for path in templates() if "ui/form_page.html" in REFERENCE.findall(text_of(path))
    ]
    assert len(pages) > 5
    for path in pages:
        blocks = set(re.findall(r"{% block (\w+)", text_of(path)))
        assert blocks - {"title", "heading", "eyebrow", "lead"}, name_of(path)


def test_words_in_another_language_say_which_way_they_run_too() -> None:
    """``lang_dir`` writes both; a bare ``lang`` is for what is in a language of the pages."""
    bare = re.compile(r"\blang=\"\{[{%](?!\s*(?:language|LANGUAGE_CODE|link\.code|code)\s*\}\})")
    looked, wrong = 0, []
    for path in templates():
        text = path.read_text()
        looked += "lang_dir" in text
        wrong += [f"{path}: {found[0]}" for found in bare.finditer(text)]
    assert wrong == []
    assert looked > 20
