"""What differs between texts, word by word: for a person to read, and to join two changes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS_AND_GAPS = re.compile(r"\s+|[^\s]+")
_SENTENCES = re.compile(r"[^.?!\n]*(?:[.?!\n]+\s*|$)")
# Texts that share less than this are shown whole, one after the other.
_ALIKE = 0.4
# So many pairs of pieces alike are compared while somebody waits for the page; ten times as many
# take seconds.
_PAIRS = 500_000


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
    """Return a text as runs of words kept, gone and new; whole texts where little is alike.

    A long text is compared by its sentences first, and by words within those that changed.
    """
    old, new = _WORDS_AND_GAPS.findall(before), _WORDS_AND_GAPS.findall(after)
    if _pairs(old, new) <= _PAIRS:
        return _compare_words(before, after)
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    if _pairs(old, new) > _PAIRS:
        return _whole(before, after)
    pieces: list[TextRun] = []
    for tag, old_from, old_to, new_from, new_to in _matcher(old, new).get_opcodes():
        was, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            pieces.append(TextRun("same", now))
        elif _pairs(_WORDS_AND_GAPS.findall(was), _WORDS_AND_GAPS.findall(now)) <= _PAIRS:
            pieces += _compare_words(was, now)
        else:
            pieces += _whole(was, now)
    return pieces


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the pairs of pieces alike, which is the work of comparing."""
    there = Counter(new)
    return sum(count * there[piece] for piece, count in Counter(old).items())


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Compare pieces, however often each comes."""
    return SequenceMatcher(None, old, new, autojunk=False)


def _whole(before: str, after: str) -> list[TextRun]:
    """Show one text after the other."""
    return [piece for piece in (TextRun("gone", before), TextRun("new", after)) if piece.text]


def _compare_words(before: str, after: str) -> list[TextRun]:
    """Return a text as runs of words; whole texts where little is alike."""
    old, new = _WORDS_AND_GAPS.findall(before), _WORDS_AND_GAPS.findall(after)
    matcher = _matcher(old, new)
    if matcher.ratio() < _ALIKE:
        return _whole(before, after)
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


def join_changes(before: str, theirs: str, yours: str) -> str:
    """Return a text with what each of two people made of it: no word stays that either took out.

    Where both changed the same words, what each put in their place stands side by side.
    """
    words = _WORDS_AND_GAPS.findall(before)
    changes = sorted({*_changes(words, theirs), *_changes(words, yours)}, key=lambda each: each[:2])
    joined: list[tuple[int, int, list[str]]] = []
    for start, end, new in changes:
        if joined and start < joined[-1][1]:
            first, last, news = joined.pop()
            joined.append((first, max(last, end), news if new in news else [*news, new]))
        else:
            joined.append((start, end, [new]))
    for start, end, news in reversed(joined):
        words[start:end] = [" ".join(filter(None, news))]
    return "".join(words)


def _changes(words: list[str], after: str) -> set[tuple[int, int, str]]:
    """Return the runs of words that another text has otherwise: from, to, and what it says."""
    new = _WORDS_AND_GAPS.findall(after)
    steps = SequenceMatcher(None, words, new, autojunk=False).get_opcodes()
    return {(a, b, "".join(new[c:d])) for tag, a, b, c, d in steps if tag != "equal"}
