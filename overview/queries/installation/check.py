"""What a check says: what it looked at, how that stands, the fact, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

from coproduction.demo import is_loopback


class Standing(StrEnum):
    """Whether a thing is wrong, to be looked at, or right: in the order in which it is told."""

    WRONG = "wrong"
    # Not wrong, and not as it should stay.
    LOOK = "look at"
    RIGHT = "right"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: numbers and names of settings, and nobody's words."""

    name: str
    standing: Standing
    fact: str
    # Empty where nothing is to be done.
    do: str = ""


def right(name: str, fact: str) -> Check:
    """Say that a thing is as it should be."""
    return Check(name, Standing.RIGHT, fact)


def look_at(name: str, fact: str, do: str) -> Check:
    """Say that a thing should be looked at, and what to do."""
    return Check(name, Standing.LOOK, fact, do)


def wrong(name: str, fact: str, do: str) -> Check:
    """Say that a thing is wrong, and what to do."""
    return Check(name, Standing.WRONG, fact, do)


def wrong_for_others(name: str, fact: str, do: str) -> Check:
    """Say that a thing is wrong, unless this is only tried out, by people of this machine."""
    return (look_at if is_tried_out() else wrong)(name, fact, do)


def is_tried_out() -> bool:
    """Say whether only browsers on this machine can open the site."""
    return is_loopback(urlsplit(settings.SITE_URL).hostname or "")
