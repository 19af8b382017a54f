"""Shares what was said among the occasions and the people who were heard there."""

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sample.files import Saying

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


class _Deal:
    """Sayings dealt to occasions: what is left, and what each occasion has and has seats for."""

    def __init__(self, pool: Sequence[Saying], occasions: Sequence[dict[str, Any]]) -> None:
        """Begin with everything to deal, by its place in the pool."""
        self.pool = pool
        self.left = dict.fromkeys(range(len(pool)))
        self.shares: dict[str, list[int]] = {each["slug"]: [] for each in occasions}
        self.seats = {each["slug"]: described_seats(each["people_heard"]) for each in occasions}

    def is_somebody(self, place: int) -> bool:
        """Say whether only one described person said it."""
        return self.pool[place].is_own and bool(self.pool[place].descriptor)

    def deal(self, places: Sequence[int], occasion: dict[str, Any], most: int) -> None:
        """Give an occasion up to ``most`` of what is left at these places, somebody only a seat.

        Two people have no seat for each of the terms: they speak English.
        """
        slug, few = occasion["slug"], occasion["people_heard"] < _TERMS
        for place in places:
            if most == 0:
                return
            fits = not few or self.pool[place].language == "en"
            if place in self.left and fits and (not self.is_somebody(place) or self.seats[slug]):
                del self.left[place]
                self.seats[slug] -= self.is_somebody(place)
                self.shares[slug].append(place)
                most -= 1


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
    table = _Deal(pool, occasions)
    by_code: dict[str, list[int]] = defaultdict(list)
    for place, saying in enumerate(pool):
        for code in saying.codes:
            by_code[code].append(place)
    for occasion in occasions:
        for code in occasion.get("lean", []):
            # Four in ten of an occasion's comments are on what it was about.
            share = occasion["comments"] * 2 // 5 // len(occasion["lean"])
            table.deal(by_code[code], occasion, share)
    for somebody in (True, False):
        for occasion in occasions:
            places = [place for place in table.left if table.is_somebody(place) == somebody]
            missing = occasion["comments"] - len(table.shares[occasion["slug"]])
            table.deal(places, occasion, missing)
    rest = iter(list(table.left))
    shares: dict[str, list[Saying]] = {}
    for occasion in occasions:
        mine = table.shares[occasion["slug"]]
        mine.extend(itertools.islice(rest, occasion["comments"] - len(mine)))
        chance.shuffle(mine)
        mine.sort(key=lambda place: (not table.is_somebody(place), not pool[place].descriptor))
        shares[occasion["slug"]] = [pool[place] for place in mine]
    return shares


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
