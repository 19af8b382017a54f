"""What differs between two texts, word by word, for a person to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS_AND_GAPS = re.compile(r"\s+|[^\s]+")
# Texts that share less than this are shown whole, one after the other.
_ALIKE = 0.4


@dataclass(frozen=True)
class TextRun:
    """A run of words: the same in both texts, gone, or new."""

    kind: str
    text: str

    @property
    def is_gone(self) -> bool:
        """Whether only the earlier text has it."""
        return self.kind == "gone"

    @property
    def is_new(self) -> bool:
        """Whether only the later text has it."""
        return self.kind == "new"


def compare_texts(before: str, after: str) -> list[TextRun]:
    """Return a text as runs of words kept, gone and new; whole texts where little is alike."""
    old, new = _WORDS_AND_GAPS.findall(before), _WORDS_AND_GAPS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        whole = [TextRun("gone", before), TextRun("new", after)]
        return [piece for piece in whole if piece.text]
    pieces: list[TextRun] = []
    gone = new_words = ""
    steps = matcher.get_opcodes()
    for number, (tag, old_from, old_to, new_from, new_to) in enumerate(steps):
        before_it, after_it = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        # A gap between two changes belongs to them: they are one change to read.
        joins = tag == "equal" and after_it.isspace() and 0 < number < len(steps) - 1
        if tag != "equal" or joins:
            gone, new_words = gone + before_it, new_words + after_it
            continue
        pieces += [TextRun("gone", gone), TextRun("new", new_words), TextRun("same", after_it)]
        gone = new_words = ""
    pieces += [TextRun("gone", gone), TextRun("new", new_words)]
    return [piece for piece in pieces if piece.text.strip() or piece.kind == "same"]
