"""Reading a file as a reader would, and comparing its words with those of its edition."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from coproduction.languages.models import Translated
from plan.edition.snapshot import FrozenAction, FrozenIdea, FrozenQuestion
from plan.edition.texts import PlacedText, texts_in
from plan.presentation.plan import Plan

# What pages and open data tell and paper by design does not: how a question was worded, what
# events were called, why the group agreed (it says so of what it did not), what an idea would have
# done, and the rounds before the last.
NOT_ON_PAPER = {
    ("FrozenWorkshop", "title"),
    ("FrozenRound", "title"),
    ("FrozenRound", "reason"),
    ("FrozenAction", "reason"),
    ("FrozenIdea", "text"),
    ("FrozenIdea", "timescale_note"),
    ("FrozenIdea", "lead"),
}
# Longer words may be broken into lines, so they are looked for among the letters. Where a page
# ends, the column beside comes between two parts of a word.
LONGEST_WHOLE, MOST_PARTS = 20, 3
# An A4 page down to where its foot begins: what runs into the foot is not where it can be read.
PAGE = ("-x", "0", "-y", "0", "-W", "596", "-H", "794")


def words_in(text: str) -> list[str]:
    """Return the words of a text: letters and digits, in one form."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[^\W_]+", plain)


@dataclass(frozen=True)
class ReadFile:
    """The words of a file, above the feet of its pages."""

    words: Counter[str]
    letters: str
    pages: int

    def has(self, word: str) -> bool:
        """Say whether a word is in it."""
        if word in self.words:
            return True
        return len(word) > LONGEST_WHOLE and self._has_parts(word)

    def _has_parts(self, word: str) -> bool:
        """Say whether a long word is in it, whole or in a few parts."""
        rest = word
        for _part in range(MOST_PARTS):
            cut = len(rest)
            while cut and rest[:cut] not in self.letters:
                cut -= 1
            rest = rest[cut:]
        return not rest


def read_pdf(content: bytes) -> ReadFile:
    """Read a PDF's words, by a reader that shows only what is on a page."""
    read = subprocess.run(
        ["pdftotext", "-raw", *PAGE, "-", "-"], input=content, capture_output=True, check=True
    )
    text = read.stdout.decode()
    words = words_in(text)
    return ReadFile(Counter(words), "".join(words), text.count("\f"))


class VisibleWords(HTMLParser):
    """The words of a document for paper, and which of them its charts draw."""

    def __init__(self, html: str) -> None:
        """Read the whole document."""
        super().__init__()
        self.words: Counter[str] = Counter()
        self.drawn: set[str] = set()
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        if tag not in {"meta", "link", "br", "rect", "path", "circle", "line"}:
            is_hidden = "visually-hidden" in (dict(attrs).get("class") or "")
            self.inside.append("hidden" if is_hidden else tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag not in {"rect", "path", "circle", "line"}:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Take in what is shown."""
        if {"title", "desc", "style", "hidden"} & set(self.inside):
            return
        self.words.update(words_in(data))
        if "svg" in self.inside:
            self.drawn.update(words_in(data))


def charts_missing_from(file: ReadFile, html: str) -> list[str]:
    """Return those words of charts that come less often in the file than in its document."""
    visible = VisibleWords(html)
    short = [word for word in visible.drawn if len(word) <= LONGEST_WHOLE]
    return sorted(word for word in short if file.words[word] < visible.words[word])


def texts_on_paper(plan: Plan, language: str) -> Iterator[tuple[str, str]]:
    """Yield every text that paper is to show in a language, each with a name for where it is."""
    for placed in texts_in(plan.snapshot):
        if not _is_elsewhere(placed, plan.questions):
            name = "/".join([type(record).__name__ for record in placed.records] + [placed.part])
            yield name, placed.body.best(language)[0]
    yield "title", str(plan.title)
    for correction in plan.corrections:
        yield "correction", Translated(correction.text.entries).best(language)[0]
    for chapter in plan.chapters:
        # The first three speak for a theme on its page too; more only where cards leave room.
        for quote in chapter.quotes[:3]:
            yield from (("quote", quote.text), ("quote", quote.translation))
            yield "quote", re.sub(r"<[^>]+>", " ", str(quote.speaker))


def _is_elsewhere(placed: PlacedText, answered: list[FrozenQuestion]) -> bool:
    """Say whether paper by design leaves a text to the pages."""
    if not placed.records:
        return False
    owner = placed.records[0]
    if isinstance(owner, FrozenQuestion):
        # Those that nobody answered are in no chart.
        return placed.part != "name" or owner not in answered
    if isinstance(owner, FrozenIdea) and not isinstance(owner, FrozenAction):
        return placed.part not in {"title", "reason"}
    return (type(placed.records[-1]).__name__, placed.part) in NOT_ON_PAPER
