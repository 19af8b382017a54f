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
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            pieces.append(TextRun("same", come))
            continue
        pieces += [piece for piece in (TextRun("gone", gone), TextRun("new", come)) if piece.text]
    return pieces
