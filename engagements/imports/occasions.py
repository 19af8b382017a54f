"""The engagements that a file's rows name: which are there, are to be made, or can't be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal
from engagements.imports.drafting import Occasion
from engagements.models.import_refusal import RefusalReason

# Nobody holds so many; a column of something else was chosen.
MOST_ENGAGEMENTS = 1_000
Key = tuple[str, Date | None]


class TooManyEngagements(Refusal):
    """A column that names something else than engagements."""

    sentence = _(
        "The rows name more than 1,000 engagements. Check which column you chose for the "
        "engagement."
    )


class KnownEngagement(NamedTuple):
    """An engagement that is there: its key, its title as ``fold`` writes it, its day, its state."""

    pk: int
    title: str
    date: Date
    is_cancelled: bool = False
    # It was called off with the import that made it, and may come in again.
    may_come_back: bool = False


class NamedEngagements:
    """The engagements that rows name, gathered one row at a time: one for each title and day."""

    def __init__(self) -> None:
        """Begin with none."""
        self._said: dict[Key, dict[str, str]] = {}
        self._areas: dict[Key, set[str]] = defaultdict(set)

    def note(self, said: Occasion | None) -> None:
        """Take in what a row says of its engagement. Raises TooManyEngagements."""
        if said is None:
            return
        before = self._said.get(said.key)
        if before is None:
            if len(self._said) == MOST_ENGAGEMENTS:
                raise TooManyEngagements
            before = self._said[said.key] = {"title": said.title, "place": "", "method": ""}
        # What the first row says that says anything.
        before["place"] = before["place"] or said.place
        before["method"] = before["method"] or said.method
        self._areas[said.key].add(said.area)

    def named(self) -> dict[Key, Occasion]:
        """Return each engagement with what rows say of it; an area only where all say the same."""
        found = {}
        for key, said in self._said.items():
            areas = self._areas[key]
            area = next(iter(areas)) if len(areas) == 1 else ""
            found[key] = Occasion(said["title"], key[1], said["place"], area, said["method"])
        return found


@dataclass
class SettledEngagements:
    """What becomes of each engagement named: it is there, comes back, is made, or is refused."""

    there: dict[Key, int] = field(default_factory=dict)
    to_revive: dict[Key, int] = field(default_factory=dict)
    to_make: dict[Key, Occasion] = field(default_factory=dict)
    refused: dict[Key, str] = field(default_factory=dict)
    # Rows without a day that mean one which others give a day.
    dated: dict[Key, Key] = field(default_factory=dict)

    def place_of(self, key: Key, made: Mapping[Key, int]) -> int | str:
        """Return the primary key of what a row names, or the reason why it is refused.

        ``made`` are those that were made or came back.
        """
        key = self.dated.get(key, key)
        return self.refused.get(key) or self.there.get(key) or made[key]


def settle_engagements(
    named: Mapping[Key, Occasion], known: Iterable[KnownEngagement], *, today: Date
) -> SettledEngagements:
    """Say of each engagement named which it is: by title and day, or by title where that tells.

    One that is there is taken; of several, none is guessed. One called off by a person stays so.
    """
    settled = SettledEngagements()
    by_title: dict[str, list[KnownEngagement]] = defaultdict(list)
    for each in known:
        by_title[each.title].append(each)
    for (title, day), said in named.items():
        if day is not None:
            same = [each for each in by_title[title] if each.date == day]
            _settle(settled, (title, day), said, same)
    for (title, day), said in named.items():
        if day is not None:
            continue
        days = {each.date for each in by_title[title] if not each.is_cancelled}
        days |= {other for name, other in named if name == title and other is not None}
        in_file = [key for key in named if key[0] == title and key[1] in days]
        if len(days) > 1:
            settled.refused[title, None] = RefusalReason.SEVERAL_ENGAGEMENTS
        elif in_file:
            settled.dated[title, None] = in_file[0]
        else:
            _settle(settled, (title, None), said._replace(date=today), by_title[title])
    return settled


def _settle(
    settled: SettledEngagements, key: Key, said: Occasion, same: list[KnownEngagement]
) -> None:
    """Settle one engagement by those that are the same."""
    held = [each for each in same if not each.is_cancelled]
    called_off = [each for each in same if each.is_cancelled]
    if len(held) == 1:
        settled.there[key] = held[0].pk
    elif held:
        settled.refused[key] = RefusalReason.SEVERAL_ENGAGEMENTS
    elif not called_off:
        settled.to_make[key] = said
    elif back := [each.pk for each in called_off if each.may_come_back]:
        settled.to_revive[key] = back[-1]
    else:
        settled.refused[key] = RefusalReason.ENGAGEMENT_CANCELLED
