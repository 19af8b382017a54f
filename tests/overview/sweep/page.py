"""A page as its reader finds figures on it: by where a link leads, an id, a table's rows."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.utils import translation
from lxml import html

from engagements.disclosure.small_numbers import PublicCount


class Page:
    """What was answered at an address, in the active language."""

    def __init__(self, client: Client, path: str) -> None:
        """Open it."""
        self.path = path
        self.root = html.fromstring(answer_at(client, path))
        # What only those hear who can't see the page says a number's place again.
        for hidden in self.root.xpath("//span[@class='visually-hidden']"):
            hidden.drop_tree()

    def one(self, xpath: str, within: Any = None) -> Any:
        """Return the one element there is."""
        found = self.all(xpath, within)
        assert len(found) == 1, f"{self.path}: {len(found)} × {xpath}"
        return found[0]

    def all(self, xpath: str, within: Any = None) -> list[Any]:
        """Return elements by their path; ``~name`` stands for having that class."""
        has = r"contains(concat(' ', normalize-space(@class), ' '), ' \1 ')"
        found: list[Any] = (self.root if within is None else within).xpath(
            "." + re.sub(r"~([\w-]+)", has, xpath)
        )
        return found

    def links(self, ending: str, within: Any = None) -> list[Any]:
        """Return the links whose address ends like this."""
        return [
            each for each in self.all("//a[@href]", within) if each.get("href").endswith(ending)
        ]

    def link(self, ending: str, name: str, within: Any = None) -> Any:
        """Return the one link whose address ends like this that has the class ``name``."""
        (found,) = [each for each in self.links(ending, within) if name in each.classes]
        return found

    def rows(self, table: Any) -> Iterator[tuple[str, list[str]]]:
        """Return a table's rows: what each is of, and its cells beside that."""
        for row in self.all("//tbody/tr", table):
            yield text_of(self.one("/th", row)), [text_of(cell) for cell in self.all("/td", row)]

    def facts(self, within: Any = None) -> list[str]:
        """Return what stands beside the words of a list of facts."""
        return [text_of(each) for each in self.all("//dl[~facts]//dd", within)]


def answer_at(client: Client, path: str) -> bytes:
    """Return what an address answers, and go on in the language that was active."""
    with translation.override(translation.get_language()):
        response = client.get(path)
    assert response.status_code == 200, path
    content: bytes = response.content
    return content


def text_of(element: Any) -> str:
    """Return an element's words on one line."""
    return " ".join(element.text_content().split())


def hidden_or_number() -> str:
    """Return the pattern of a number, or of what stands for one that is not shown."""
    hidden = [re.escape(str(PublicCount(None, 10))), re.escape(str(PublicCount(None)))]
    return "|".join([*hidden, r"\d[\d,]*\d\+?|\d\+?"])


def numbers_in(element: Any) -> list[str]:
    """Return the numbers of a sentence, and what stands for those that are not shown."""
    found: list[str] = re.findall(hidden_or_number(), text_of(element), re.IGNORECASE)
    return [each.lower() for each in found]
