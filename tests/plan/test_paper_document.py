"""Nothing that an edition says is missing from its file, whatever its texts are like."""

import re
from collections.abc import Callable, Iterable
from itertools import combinations

import pytest
from django.utils import translation

from plan.paper.document import html_of_plan, with_addresses
from plan.paper.pdf import write_pdf
from plan.presentation.markdown import markdown_to_html
from tests.cases import IS_LONG
from tests.plan.long_plan import LANGUAGES, OF_THEMES, SECTIONS, Case, full, short, unbreakable
from tests.plan.reading_paper import (
    VisibleWords,
    charts_missing_from,
    read_pdf,
    texts_on_paper,
    words_in,
)

pytestmark = [pytest.mark.once, pytest.mark.long]

TEXTS = (*SECTIONS, *OF_THEMES)
NOTHING = Case(
    without=frozenset(TEXTS),
    themes=0,
    actions=0,
    ideas=0,
    corrections=0,
    has_comments=False,
)
AT_LIMITS = Case(
    write=full, letters=4_000, themes=2, actions=5, ideas=5, quotes=5, partners=6, corrections=6
)
CASES = {
    "one action": Case(),
    "40 actions": Case(themes=6, actions=40, ideas=11),
    "every text at its limit, sections of 12 paragraphs": AT_LIMITS,
    "words and addresses longer than a line, 8 questions": Case(
        write=unbreakable, themes=2, actions=5, ideas=3, questions=8
    ),
    "nothing": NOTHING,
}
FEW_WORDS = {"nothing": 3}
LONG_CASES = {
    "200 actions": Case(themes=6, actions=200, ideas=30),
    "sections of 20,000 letters": Case(write=full, themes=1, actions=2),
    "30 themes": Case(themes=30, actions=31),
}
if IS_LONG:
    CASES |= LONG_CASES
IN_LANGUAGES = [(name, language) for name in CASES for language in LANGUAGES]


def compare(case: Case, language: str) -> tuple[int, list[str], list[str]]:
    """Write a plan's file: return how many words were looked for, and those it lacks."""
    plan = case.plan(language)
    with translation.override(language):
        html = html_of_plan(plan)
    file = read_pdf(write_pdf(html).content)
    texts = list(texts_on_paper(plan, language))
    missing = [f"{name}: {word}" for name, word in lacking(file.has, texts)]
    looked = sum(len(words_in(text)) for _name, text in texts)
    return looked, missing, charts_missing_from(file, html)


def lacking(
    has: Callable[[str], bool], texts: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    """Yield the words of texts that are not there, each with where it belongs."""
    return ((name, word) for name, text in texts for word in words_in(text) if not has(word))


@pytest.mark.parametrize(("name", "language"), IN_LANGUAGES)
def test_every_word_of_an_edition_is_in_its_file(
    name: str, language: str, say: Callable[[str], None]
):
    looked, missing, charts = compare(CASES[name], language)
    assert missing == []
    assert charts == []
    assert looked >= FEW_WORDS.get(name, 200)
    say(f"{name}, {language}: {looked} words of the edition, all in the file")


def test_a_text_left_out_takes_no_other_with_it(say: Callable[[str], None]):
    """Each alone; in a long run each pair too."""
    seen, compared = 0, 0
    pairs = [*combinations(TEXTS, 2)] if IS_LONG else []
    for number, without in enumerate([*combinations(TEXTS, 1), *pairs]):
        case = Case(without=frozenset(without), quotes=1)
        language = LANGUAGES[number % 2]
        plan = case.plan(language)
        with translation.override(language):
            words = VisibleWords(html_of_plan(plan)).words
        texts = list(texts_on_paper(plan, language))
        assert list(lacking(words.__contains__, texts)) == [], without
        looked, missing, charts = compare(case, language)
        assert (missing, charts) == ([], []), without
        compared += looked
        seen += 1
    assert seen == 8 + len(pairs)
    say(f"{seen} plans with a text or two left out; {compared} words of theirs in files")


def test_wherever_a_page_ends_nothing_is_lost(say: Callable[[str], None]):
    """What is told of the listening, and why a theme matters, push on what comes after them."""
    seen, compared = 0, 0
    for letters in range(300, 4_500, 150 if IS_LONG else 1_100):

        def write(of: str, most: int, letters: int = letters) -> str:
            if of.startswith(("why", "stened")):
                return full(of, letters)
            return full(of, 700) if of.startswith(("said", "meant")) else short(of, most)

        looked, missing, charts = compare(Case(write=write, actions=2 + seen % 3), "cy")
        assert (missing, charts) == ([], []), letters
        seen, compared = seen + 1, compared + looked
    assert seen >= 4
    say(f"{seen} places where pages end: {compared} words, all in the files")


def test_each_theme_has_its_shape_where_it_opens_and_in_the_contents():
    html = html_of_plan(Case(themes=6, actions=6).plan("en"))
    drawn = re.findall(r'<svg class="shape".*?<path d="([^"]*)" fill="(#[^"]*)"', html, re.DOTALL)
    assert len(drawn) == 12
    assert set(drawn[:6]) == set(drawn[6:])
    assert len({fill for _path, fill in drawn}) == 6
    assert all(path for path, _fill in drawn)


def test_a_link_says_on_paper_where_it_leads():
    text = "See [the map](https://example.org/map?a=1&b=2), or [us](mailto:us@example.org)."
    words = with_addresses(markdown_to_html(text))
    assert '<span class="leads-to">(https://example.org/map?a=1&amp;b=2)</span>' in words
    assert '<span class="leads-to">(us@example.org)</span>' in words
    said = markdown_to_html("[https://example.org](https://example.org)")
    assert with_addresses(said) == said
