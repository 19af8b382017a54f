"""Every public page reads at age nine in English, and its sentences are short in Welsh, too."""

import re
from collections.abc import Callable, Iterator
from statistics import median

import pytest
from django.test import Client
from lxml import html
from lxml.html import HtmlElement

from coproduction.languages.reading import (
    HARDEST_GRADE,
    MIDDLE_GRADE,
    Sentence,
    most_words,
    sentences_of,
)
from coproduction.projects.models import Project
from tests.architecture.walk import ADDRESSES
from tests.copying import Original
from workshops.models import Action

# It reads the house's pages: no database makes another of them.
pytestmark = pytest.mark.once

# The grade of a very short sentence says nothing: one long word decides it.
SHORT = 8
OPEN_TO_ALL = {"public", "anyone", "pass"}

BLOCKS = {
    *("p", "li", "dd", "dt", "td", "th", "figcaption", "summary", "legend", "label", "span", "div")
}
INSIDE = {"a", "b", "strong", "em", "i", "span", "time", "abbr", "small", "bdi", "q"}
# People's own words, and what is drawn or counted, by what they stand in.
THEIRS = " or ".join(
    [
        *(f"self::{tag}" for tag in ("blockquote", "svg", "table", "script")),
        *(f"contains(@class, '{name}')" for name in ("bubble", "voices")),
    ]
)


def texts_of(page: HtmlElement, language: str) -> Iterator[str]:
    """Yield the text of each block of a page's main part that is in its language and ours."""
    (main,) = page.xpath("//main")
    for block in main.iter(*BLOCKS):
        own = "".join([block.text or "", *(_inside(each) for each in block)])
        other = block.xpath(f"ancestor-or-self::*[{THEIRS}]")
        spoken = next(iter(block.xpath("ancestor-or-self::*[@lang][1]/@lang")), language)
        if not other and spoken == language:
            yield " ".join(own.split())


def _inside(element: HtmlElement) -> str:
    """Return the words of what stands in a line, and what comes after it."""
    of_line = element.tag in INSIDE and element.get("lang") is None
    return f"{element.text_content() if of_line else ''} {element.tail or ''}"


def read(url: str, language: str) -> list[Sentence]:
    """Return the whole sentences of a page: what has an end, and more than three words."""
    answer = Client().get(url)
    if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
        return []
    texts = dict.fromkeys(texts_of(html.fromstring(answer.content), language))
    found = [each for text in texts for each in sentences_of(text)]
    return [each for each in found if each.words > 3 and re.search(r"[.!?]$", each.text)]


def too_hard(sentences: list[Sentence], language: str) -> list[str]:
    """Return the sentences that are longer or harder than a page for everyone may have."""
    return [
        f"{each.words} words, grade {each.grade}: {each.text}"
        for each in sentences
        if each.words > most_words(language)
        or (language == "en" and each.words >= SHORT and each.grade > HARDEST_GRADE)
    ]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_our_own_words_read_at_age_nine(language: str, worlds, say: Callable[[str], None]) -> None:
    pages, sentences, wrong = 0, 0, []
    for address in ADDRESSES:
        if address.access not in OPEN_TO_ALL:
            continue
        found = read(address.url(worlds.ours.kwargs(address.name), language), language)
        pages, sentences = pages + bool(found), sentences + len(found)
        wrong += [f"{address.name}: {each}" for each in too_hard(found, language)]
        middle = median(each.grade for each in found) if found else 0
        if language == "en" and middle > MIDDLE_GRADE:
            wrong.append(f"{address.name}: grade {middle} in the middle")
    say(f"{language}: read {sentences} sentences on {pages} public pages")
    assert not wrong, "\n".join(wrong)
    assert pages > 15
    assert sentences > 100


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_sample_reads_at_age_nine(
    language: str, first_sample: Original[Project], say: Callable[[str], None]
) -> None:
    project = first_sample.copy()
    numbers = Action.objects.of(project).values_list("number", flat=True)
    places = ["", "plan/", "plan/print/", "plan/figures/", "what-we-heard/", "accessibility/"]
    places += [f"plan/actions/{number}/" for number in numbers]
    start = "/" if language == "en" else f"/{language}/"
    found = dict.fromkeys(
        each for place in places for each in read(f"{start}{project.slug}/{place}", language)
    )
    wrong = too_hard(list(found), language)
    middle = median(each.grade for each in found)
    say(f"{language}: read {len(found)} sentences of the sample; grade {middle} in the middle")
    assert not wrong, "\n".join(wrong)
    assert len(found) > 200
    assert language != "en" or middle <= MIDDLE_GRADE


def test_what_is_too_hard_is_seen() -> None:
    words = "The group that met in the hall said it would mend the path by the river " * 2
    hard = "Despite considerable administrative difficulties, implementation began almost at once."
    assert too_hard(sentences_of(f"{words}."), "en")
    assert too_hard(sentences_of(hard), "en")
    assert not too_hard(sentences_of("We will mend the path by the river in May."), "en")
