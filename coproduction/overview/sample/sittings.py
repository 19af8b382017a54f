"""Shares what was said among the occasions and the people who were heard there."""

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from coproduction.overview.sample.files import Saying

# As many letters as one line of a flip chart.
_BRIEF = 30
# Consent or none, in English or Welsh: each needs a seat of its own for those not described.
_TERMS = 4


@dataclass
class Sitting:
    """What one person said on one occasion, and on what terms."""

    descriptor: str
    consent: bool
    language: str
    sayings: list[Saying] = field(default_factory=list)

    def is_on_the_terms_of(self, saying: Saying) -> bool:
        """Say whether a saying came with the same consent, in the same language."""
        return saying.consent == self.consent and saying.language == self.language

    def takes(self, saying: Saying) -> bool:
        """Say whether this person could have said that too."""
        said_already = any(said.text == saying.text for said in self.sayings)
        return self.is_on_the_terms_of(saying) and not said_already


def described_seats(people: int) -> int:
    """Say how many of the people on an occasion may be described: three in four."""
    return max(0, min(people * 3 // 4, people - _TERMS))


def share_among_occasions(
    sayings: Sequence[Saying], occasions: Sequence[dict[str, Any]]
) -> dict[str, list[Saying]]:
    """Give each occasion as many sayings as it had, those on its subjects first.

    What only one described person said goes where there is a seat for them, and comes first.
    Returns ``{occasion slug: sayings}``; the same every time.
    """
    chance = random.Random("Bryncoed")  # noqa: S311 - a shuffle, not a secret
    pool = list(sayings)
    chance.shuffle(pool)
    is_somebody = [saying.is_own and bool(saying.descriptor) for saying in pool]
    free = dict.fromkeys(range(len(pool)))
    shares: dict[str, list[int]] = {}
    seats: dict[str, int] = {}

    def take(places: Sequence[int], occasion: dict[str, Any], most: int) -> None:
        """Move up to ``most`` free places to an occasion, somebody only to a seat.

        Two people have no seat for each of the terms: they speak English.
        """
        slug, few = occasion["slug"], occasion["people_heard"] < _TERMS
        for place in places:
            if most == 0:
                return
            fits = not few or pool[place].language == "en"
            if place in free and fits and (not is_somebody[place] or seats[slug]):
                del free[place]
                seats[slug] -= is_somebody[place]
                shares[slug].append(place)
                most -= 1

    by_code: dict[str, list[int]] = defaultdict(list)
    for place, saying in enumerate(pool):
        for code in saying.codes:
            by_code[code].append(place)
    for occasion in occasions:
        shares[occasion["slug"]] = []
        seats[occasion["slug"]] = described_seats(occasion["people_heard"])
        for code in occasion.get("lean", []):
            # Four in ten of an occasion's comments are on what it was about.
            take(by_code[code], occasion, occasion["comments"] * 2 // 5 // len(occasion["lean"]))
    for those in (True, False):
        for occasion in occasions:
            places = [place for place in free if is_somebody[place] == those]
            take(places, occasion, occasion["comments"] - len(shares[occasion["slug"]]))
    rest = iter(list(free))
    for occasion in occasions:
        mine = shares[occasion["slug"]]
        mine.extend(itertools.islice(rest, occasion["comments"] - len(mine)))
        chance.shuffle(mine)
        mine.sort(key=lambda place: (not is_somebody[place], not pool[place].descriptor))
    return {slug: [pool[place] for place in mine] for slug, mine in shares.items()}


def sit_down(sayings: Sequence[Saying], people: int) -> list[Sitting]:
    """Share an occasion's sayings among at most ``people`` people.

    Nobody is given words that another was described as saying, or that were said on other terms
    or in another language. Where more were described than there are seats for, those who come
    last are not described any more: nobody is counted twice.
    """
    most = described_seats(people)
    described = [
        Sitting(saying.descriptor, saying.consent, saying.language, [saying])
        for saying in sayings[:most]
        if saying.descriptor
    ]
    others = sayings[len(described) :]
    plain = _seats_for(others, people - len(described))
    for saying in others:
        # A word or two on a flip chart is anybody's; what tells of a life is not.
        brief = not saying.descriptor and len(saying.text) <= _BRIEF
        room = [one for one in (*plain, *(described if brief else ())) if one.takes(saying)]
        room = room or [one for one in plain if one.is_on_the_terms_of(saying)]
        min(room, key=lambda one: len(one.sayings)).sayings.append(saying)
    return [*described, *(one for one in plain if one.sayings)]


def _seats_for(sayings: Sequence[Saying], seats: int) -> list[Sitting]:
    """Seat people of whom nothing is known, at least one for each of the terms things were said on.

    The rest go where the most was said.
    """
    said = Counter((saying.consent, saying.language) for saying in sayings)
    seated = [Sitting("", consent, language) for consent, language in said]
    taken = Counter(said.keys())
    while len(seated) < min(seats, len(sayings)):
        fullest = max(said, key=lambda terms: said[terms] / taken[terms])
        seated.append(Sitting("", *fullest))
        taken[fullest] += 1
    return seated
