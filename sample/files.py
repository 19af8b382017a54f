"""Reads the sample's files: the story as TOML, the voices as CSV."""

import csv
import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent
_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


def story(name: str) -> dict[str, Any]:
    """Return one chapter of the story, such as ``engagements``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def hour_of(day: date, hour: int) -> datetime:
    """Return an hour of a day of the story, in the project's time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(frozen=True)
class Saying:
    """Something one person said."""

    codes: tuple[str, ...]
    question: str
    language: str
    text: str
    translation: str
    descriptor: str
    consent: bool
    # Only one person said it, and not many in nearly the same words.
    is_own: bool = False


def _tellings(text: str) -> Iterator[str]:
    """Yield every way of saying a text with alternatives, such as ``{Buses|Trains} are late``."""
    parts = _ALTERNATIVES.split(text)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    combinations = list(itertools.product(*choices))
    # A stride that visits every combination without staying on one beginning for long.
    count = len(combinations)
    stride = next(
        step for step in range(max(1, count // 2 - 1), count + 1) if _coprime(step, count)
    )
    for place in range(count):
        yield "".join(combinations[place * stride % count])


def _coprime(one: int, other: int) -> bool:
    """Say whether two numbers share no factor."""
    while other:
        one, other = other, one % other
    return one == 1


def voices() -> list[Saying]:
    """Return everything that was said, as often as it was said, in the files' order."""
    sayings: list[Saying] = []
    for path in sorted(FOLDER.glob("voices_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts = itertools.cycle(_tellings(row["text"]))
                translations = itertools.cycle(_tellings(row["translation"]))
                sayings.extend(
                    Saying(
                        codes=tuple(filter(None, row["codes"].split(";"))),
                        question=row["question"],
                        language=row["language"],
                        text=next(texts),
                        translation=next(translations),
                        descriptor=row["descriptor"],
                        consent=row["consent"] == "yes",
                        is_own=int(row["times"]) == 1,
                    )
                    for _time in range(int(row["times"]))
                )
    return sayings
