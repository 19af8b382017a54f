"""Shares what was said among the occasions and the people who were heard there."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from coproduction.overview.sample.files import Saying


@dataclass
class Sitting:
    """What one person said on one occasion, and on what terms."""

    descriptor: str
    consent: bool
    language: str
    sayings: list[Saying] = field(default_factory=list)

    def takes(self, saying: Saying) -> bool:
        """Say whether this person could have said that too."""
        return (
            saying.consent == self.consent
            and saying.language == self.language
            and saying.descriptor in ("", self.descriptor)
            and all(said.text != saying.text for said in self.sayings)
        )


def share_among_occasions(
    sayings: Sequence[Saying], occasions: Sequence[dict[str, Any]]
) -> dict[str, list[Saying]]:
    """Give each occasion as many sayings as it had, those on its subjects first.

    Returns ``{occasion slug: sayings}``; the same every time.
    """
    chance = random.Random("Bryncoed")  # noqa: S311 - a shuffle, not a secret
    pool = list(sayings)
    chance.shuffle(pool)
    by_code: dict[str, list[int]] = defaultdict(list)
    for place, saying in enumerate(pool):
        for code in saying.codes:
            by_code[code].append(place)
    taken = [False] * len(pool)
    shares: dict[str, list[Saying]] = {}
    for occasion in occasions:
        wanted = occasion["comments"]
        mine: list[int] = []
        for code in occasion.get("lean", []):
            # Four in ten of an occasion's comments are on what it was about.
            free = [place for place in by_code[code] if not taken[place]]
            share = wanted * 2 // 5 // len(occasion["lean"])
            for place in free[:share]:
                taken[place] = True
                mine.append(place)
        shares[occasion["slug"]] = [pool[place] for place in mine]
    rest = iter([saying for place, saying in enumerate(pool) if not taken[place]])
    for occasion in occasions:
        mine_so_far = shares[occasion["slug"]]
        while len(mine_so_far) < occasion["comments"]:
            mine_so_far.append(next(rest))
        chance.shuffle(mine_so_far)
    return shares


def sit_down(sayings: Sequence[Saying], people: int) -> list[Sitting]:
    """Share an occasion's sayings among at most ``people`` people, a few to each.

    A descriptor belongs to a person, so where more people were described than were heard, the
    last descriptors are left out: nobody is counted twice.
    """
    sittings: list[Sitting] = []
    each = max(1, -(-len(sayings) // max(1, people)))
    described_first = sorted(sayings, key=lambda saying: not saying.descriptor)
    for saying in described_first:
        room = [one for one in sittings if len(one.sayings) < each and one.takes(saying)]
        if saying.descriptor and len(sittings) < people:
            room = [one for one in room if one.descriptor == saying.descriptor]
        if not room and len(sittings) < people:
            sittings.append(Sitting(saying.descriptor, saying.consent, saying.language))
            room = [sittings[-1]]
        if not room:
            room = [one for one in sittings if one.takes(saying)] or [
                min(
                    (one for one in sittings if one.consent == saying.consent or not one.consent),
                    key=lambda one: len(one.sayings),
                    default=sittings[0],
                )
            ]
        min(room, key=lambda one: len(one.sayings)).sayings.append(saying)
    return sittings
