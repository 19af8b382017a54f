"""Words that somebody looks out for, given one a line: whole, in any case, with any accents."""

import re
from collections.abc import Iterable

from coproduction.languages.folding import fold
from engagements.looking.found import Spotted


def watched_pattern(lines: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds these words in a folded text; several in a line stand one after another.

    None where there are none.
    """
    wanted = [re.escape(word) for line in lines if (word := fold(line))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)") if wanted else None


def find_watched(text: str, pattern: re.Pattern[str] | None, kind: str) -> list[Spotted]:
    """Return where a text has words that are looked out for, as it is written itself."""
    if pattern is None or not pattern.search(fold(text)):
        return []
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        # As ``fold`` does it, letter by letter, so that each is known by its place.
        is_gap = letter.isspace() and letters[-1:] not in ([], [" "])
        folded = fold(letter) or (" " if is_gap else "")
        letters += folded
        places += [place] * len(folded)
    return [
        Spotted(start, places[found.end() - 1] + 1 - start, kind)
        for found in pattern.finditer("".join(letters))
        for start in [places[found.start()]]
    ]
