"""Reads the story's files."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent


def chapter(name: str) -> dict[str, Any]:
    """Return one chapter of the story, such as ``engagements``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def hour_of(day: date, hour: int) -> datetime:
    """Return an hour of a day of the story, in the project's time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(frozen=True)
class Saying:
    """One comment of the story: where and by whom it was said, and what was made of it."""

    engagement: str
    # The same number on the same occasion is the same person.
    seat: int
    question: str
    language: str
    consent: bool
    descriptor: str
    codes: tuple[str, ...]
    # The numbers of the actions that cite it.
    actions: tuple[int, ...]
    text: str
    translation: str


def sayings() -> list[Saying]:
    """Return everything that was said, occasion by occasion and person by person."""
    with (FOLDER / "comments.csv").open(encoding="utf-8", newline="") as file:
        return [
            Saying(
                engagement=row["engagement"],
                seat=int(row["seat"]),
                question=row["question"],
                language=row["language"],
                consent=row["consent"] == "yes",
                descriptor=row["descriptor"],
                codes=tuple(filter(None, row["codes"].split(";"))),
                actions=tuple(map(int, filter(None, row["actions"].split(";")))),
                text=row["text"],
                translation=row["translation"],
            )
            for row in csv.DictReader(file)
        ]
