"""Whether everything of a document came onto its pages: its words, letter by letter, and charts.

Nothing here measures type. What was laid out is compared with the document: a part of it that is
not there, or lies outside the room its page has for text, does not fit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal

# How far beyond its page's room a line may begin or end, in CSS pixels: what rounding leaves.
SLACK = 1.0
# What of a document is no text of its own: a drawing sets what it says itself.
_SVG = "{http://www.w3.org/2000/svg}svg"
_UNREAD = {"head", "script", "style", "template", _SVG}
_HIDDEN = "visually-hidden"


class DoesNotFit(Refusal):
    """A part of the document is not on its pages, or not all of it: no such file is given out."""

    numbers: Mapping[str, int]

    def __init__(self, place: str) -> None:
        """Say which part, by the name that it has in the document."""
        kind, _dash, number = place.rpartition("-")
        if kind in _NUMBERED and number.isdecimal():
            super().__init__(_NUMBERED[kind])
            self.numbers = {"number": int(number)}
        else:
            super().__init__(_PARTS.get(place, _SOMEWHERE))
            self.numbers = {}

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return str(self.sentence) % self.numbers if self.numbers else str(self.sentence)


_NUMBERED: Mapping[str, str | Promise] = {
    "action": _(
        "The file was not made: action %(number)d does not fit on its pages. Say it in fewer words."
    ),
    "idea": _(
        "The file was not made: idea %(number)d, which is not in the plan, does not fit on its "
        "pages. Give the reason in fewer words."
    ),
    "theme": _(
        "The file was not made: what is said on theme %(number)d does not fit on its pages. "
        "Say it in fewer words."
    ),
}
_PARTS: Mapping[str, str | Promise] = {
    "cover": _(
        "The file was not made: the title does not fit on the cover. Give the plan a shorter one."
    ),
    "foreword": _(
        "The file was not made: the foreword does not fit on its pages. Say it in fewer words."
    ),
    "value": _(
        "The file was not made: what people value does not fit on its pages. Say it in fewer words."
    ),
    "listened": _(
        "The file was not made: how we listened does not fit on its pages. Say it in fewer words."
    ),
    "ending": _(
        "The file was not made: how we decided, what happens next or the thanks do not fit on "
        "their pages. Say it in fewer words."
    ),
}
_SOMEWHERE = _(
    "The file was not made: some of the plan does not fit on its pages. "
    "Tell the person who looks after this site."
)


def places_that_do_not_fit(document: Any, pages: Iterable[Any]) -> list[str]:
    """Return the names of those parts of a document that are not wholly on its pages, in its order.

    ``document`` is its root element, ``pages`` the boxes that it was laid out into. A part is named
    by its ``data-part`` or its id. One without belongs to the one it stands in; what stands in none
    is the part "". Of what there are many, and nothing links to, has no id: WeasyPrint shares the
    styles of elements that are alike, and an id makes one unlike all others.
    """
    place_of = _places(document)
    wanted = _letters_of(document, place_of)
    charts = {drawing for drawing in document.iter(_SVG) if drawing.get("aria-hidden") != "true"}
    there: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for box in _within(page):
            if (text := getattr(box, "text", None)) and "::" not in box.element_tag:
                there[place_of[box.element]].update(filter(str.isalnum, text))
            elif box.element_tag == _SVG:
                charts.discard(box.element)
    lost = {place for place, letters in wanted.items() if letters - there[place]}
    lost |= {place_of[chart] for chart in charts}
    return [place for place in dict.fromkeys(place_of.values()) if place in lost]


def _places(document: Any) -> dict[Any, str]:
    """Say of each element in which part it stands."""
    places: dict[Any, str] = {document: document.get("id", "")}
    for element in document.iter():
        for child in element:
            places[child] = child.get("data-part") or child.get("id") or places[element]
    return places


def _letters_of(document: Any, place_of: Mapping[Any, str]) -> dict[str, Counter[str]]:
    """Count the letters and digits that are to be read in each part."""
    letters: dict[str, Counter[str]] = defaultdict(Counter)
    waiting = [document]
    while waiting:
        element = waiting.pop()
        letters[place_of[element]].update(filter(str.isalnum, element.text or ""))
        for child in element:
            letters[place_of[element]].update(filter(str.isalnum, child.tail or ""))
            if _is_read(child):
                waiting.append(child)
    return letters


def _is_read(element: Any) -> bool:
    """Say whether what is in an element is text of the document."""
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return False
    return _HIDDEN not in element.get("class", "").split()


def _within(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page that lie where it has room for text; its feet are not among them.

    Of a line of text its middle counts: the letters of some scripts reach far out of their lines.
    """
    top = page.content_box_y()
    waiting = [child for child in page.children if not hasattr(child, "at_keyword")]
    while waiting:
        box = waiting.pop()
        waiting.extend(getattr(box, "children", ()))
        first = last = box.position_y + box.height / 2
        if not hasattr(box, "text"):
            first, last = box.position_y + SLACK, box.position_y + box.height - SLACK
        is_across = box.position_x >= -SLACK
        is_across &= box.position_x + box.width <= page.margin_width() + SLACK
        if is_across and top <= first and last <= top + page.height:
            yield box
