"""How many agreed with what was said, as somebody marked it: ticks, dots, tallies, "x5", words."""

import re
from typing import NamedTuple

# More is a mistake, or a year.
MOST_AGREED = 9_999

# What a felt pen or a phone makes one of for each person. A bar or a dot is one only among others:
# alone it stands between words, or before a line of a list.
_TICK = "[\u2713\u2714\u221a\u2611\u2705\U0001f44d](?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_DOT = "[\u2022\u25cf\u2b24\u26ab\u00b7\u2219\U0001f534\U0001f535](?:\ufe0f)?"
_BAR = "[|\uff5c]"
_SIGNS = rf"(?:{_TICK}\s?)+|(?:{_DOT}\s?){{2,}}|(?:{_BAR}\s?){{2,}}(?:/\s?)?(?:(?:{_BAR}\s?)+/?)?"
_TIMES = r"[(\[]?\s?(?:[x\u00d7]\s?(?P<times>\d{1,4})|\+(?P<plus>\d{1,4}))\s?[)\]]?"
_AT_END = re.compile(rf"(?P<words>.*?)\s*(?:(?P<signs>{_SIGNS})|(?<=\s){_TIMES})\s*", re.DOTALL)
_AT_START = re.compile(
    rf"(?P<signs>(?:{_TICK}\s?){{2,}}|(?:{_DOT}\s?){{2,}}|(?:{_BAR}\s?){{2,}})\s*(?P<words>\S.*)",
    re.DOTALL,
)
# Said in words, between brackets: "(5 people said)", "(said 3 times)", "(+2)", "(4 o bobl)".
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]\d]{0,30}?(\d{1,4})([^()\[\]\d]{1,40})[)\]]")
_OF_PEOPLE = re.compile(
    r"\b(?:people|persons?|others?|more|said|say|times|agreed?|votes?|ticks?|dots?|stickers?"
    r"|bobl|o bobl|pobl|person|arall|eraill|gwaith|cytuno|pleidlais|tic|dot)\b"
)
_WORD = re.compile(r"\w")
_PLAIN = re.compile(r"\s*(\d{1,4})(?:\.0+)?\s*")
_ONE = re.compile(f"{_TICK}|{_DOT}|{_BAR}|/")


class Marked(NamedTuple):
    """What was said, and how many marked that they agree; 0 where nobody did."""

    words: str
    number: int = 0
    # Whether signs stood beside the words that are not among them any more.
    has_lost_signs: bool = False


def read_marks(text: str) -> Marked:
    """Return the words of a line, and the number that its marks come to.

    Signs are nobody's words, and come off; what is said in words stays as it was written. Where
    there are no words but the marks, all of it stays, and counts as none.
    """
    for pattern in (_AT_END, _AT_START):
        found = pattern.fullmatch(text)
        if found is not None and _WORD.search(words := found["words"].strip()):
            groups = found.groupdict()
            number = int(groups.get("times") or groups.get("plus") or 0)
            number = number or len(_ONE.findall(groups.get("signs") or ""))
            if number:
                return Marked(words, number, has_lost_signs=True)
    for found in _IN_BRACKETS.finditer(text):
        if _OF_PEOPLE.search(found[0].lower()) and found[0] != text.strip():
            return Marked(text, int(found[1]))
    return Marked(text)


def number_agreed(cell: str) -> int | None:
    """Return how many agreed as a cell says it: a number, or marks; None where it says neither."""
    if not cell.strip():
        return 0
    if found := _PLAIN.fullmatch(cell):
        return int(found[1])
    # Marks are read beside words.
    return read_marks(f"a {cell.strip()}").number or None
