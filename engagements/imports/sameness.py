"""What says the same: known by its questions and words, whoever wrote them how."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from coproduction.fingerprints import fingerprint
from coproduction.languages.folding import fold

# (primary key of the question, the words in the form in which they are compared)
Point = tuple[int, str]
Digest = str


def digest_of(points: Iterable[Point]) -> Digest:
    """Return what tells sittings apart that say something else, in any order of their points."""
    text = "\x00".join(f"{question}\x01{words}" for question, words in sorted(points))
    return fingerprint(text.encode("utf-8", "replace"), length=32)


class SittingsHere:
    """The sittings that engagements have already, to be met by rows that say the same.

    ``here`` are the keys of those sittings by engagement and by what they say. Each meets one row:
    two people who said the same words are two people, and a third row with them is a third.
    ``erased`` are what words that were erased are ``known_by``: their row is known by it. Where
    rows are comments, ``here`` are the keys of those, and ``sittings`` says whose each is; one that
    said something else before may be there twice, and meets one row all the same.
    """

    def __init__(
        self,
        here: Mapping[tuple[int, Digest], list[int]],
        erased: frozenset[str],
        known_by: Callable[[str], str],
        sittings: Mapping[int, int] | None = None,
    ) -> None:
        """Begin with none of them met."""
        self._here, self._erased, self._known_by = here, erased, known_by
        self._sittings = sittings
        self._met: set[int] = set()
        self._looked = Counter[tuple[int, Digest]]()

    def digest(self, comments: Iterable[tuple[int, str]]) -> Digest:
        """Return the digest of a row's comments, (question, words)."""
        return digest_of((question, self._word(text)) for question, text in comments)

    def _word(self, text: str) -> str:
        """Return words as they are compared: of those that were erased, their fingerprint."""
        if self._erased and (own := self._known_by(text)) in self._erased:
            return own
        return fold(text)

    def meet(self, engagement: int, digest: Digest) -> int:
        """Return the sitting that a row meets, which no other row then meets; 0 where none is."""
        key = (engagement, digest)
        there = self._here.get(key, [])
        while self._looked[key] < len(there):
            own = there[self._looked[key]]
            self._looked[key] += 1
            if own not in self._met:
                self._met.add(own)
                return own if self._sittings is None else self._sittings[own]
        return 0


def by_what_they_say(
    comments: Iterable[tuple[int, int, int, str]],
) -> dict[tuple[int, Digest], list[int]]:
    """Return sittings by engagement and what they say; of (sitting, engagement, question, words).

    The comments of one sitting follow each other.
    """
    found: dict[tuple[int, Digest], list[int]] = defaultdict(list)
    sitting, at, points = 0, 0, list[Point]()
    for own, engagement, question, words in comments:
        if own != sitting and points:
            found[at, digest_of(points)].append(sitting)
            points = []
        sitting, at = own, engagement
        points.append((question, words))
    if points:
        found[at, digest_of(points)].append(sitting)
    return dict(found)


def each_by_what_it_says(
    comments: Iterable[tuple[int, int, int, str]],
) -> dict[tuple[int, Digest], list[int]]:
    """Return comments by engagement and words; of (comment, engagement, question, words)."""
    found: dict[tuple[int, Digest], list[int]] = defaultdict(list)
    for own, engagement, question, words in comments:
        found[engagement, digest_of([(question, words)])].append(own)
    return dict(found)
