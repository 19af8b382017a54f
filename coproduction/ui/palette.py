"""The palette: colours with their shapes, and statuses with their icons."""

from dataclasses import dataclass
from typing import Final

# A shape always goes with its colour; where no other is meant, the colour's own.
SHAPE_OF: Final = {
    "teal": "square",
    "brick": "circle",
    "sun": "diamond",
    "plum": "circle",
    "sky": "triangle",
    "leaf": "square",
    "amber": "diamond",
    "berry": "hexagon",
    "slate": "bubble",
}
SHAPES: Final = (
    *("circle", "triangle", "square", "diamond", "hexagon", "bubble", "star", "plus", "drop"),
)

# Drawings carry their colours with them, since a printed drawing reads no CSS. A test holds these
# to static/css/tokens.css.
HEX: Final = {
    "ink": "#1d2a2c",
    "soft": "#55605f",
    "line": "#dccfb8",
    "edge": "#857a66",
    "white": "#ffffff",
    "teal": "#0b5351",
    "brick": "#b5402a",
    "sun": "#e0a526",
    "plum": "#6d3a6b",
    "sky": "#22618f",
    "leaf": "#4b7a2f",
    "amber": "#8a5a00",
    "berry": "#a0305f",
    "slate": "#46545c",
}
# Colours too light for paper: outlined in ink wherever they are drawn, with ink words on them.
LIGHT: Final = frozenset({"sun"})

# On a 24 by 24 field. Charts and pages draw from the same paths. Each is written from where it
# starts, so that a drawing can put one many times in a single path.
PATHS: Final = {
    "circle": "m12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19z",
    "triangle": "m12 2.5 10 18.5h-20z",
    "square": "m5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2z",
    "diamond": "m12 1.5 10.5 10.5-10.5 10.5-10.5-10.5z",
    "hexagon": "m12 1.8 8.9 5.1v10.2l-8.9 5.1-8.9-5.1v-10.2z",
    "star": "m12 1.8 3.1 6.6 7.2.9-5.3 5 1.4 7.1-6.4-3.5-6.4 3.5 1.4-7.1-5.3-5 7.2-.9z",
    "plus": "m9 2.5h6v6.5h6.5v6h-6.5v6.5h-6v-6.5h-6.5v-6h6.5z",
    "drop": "m12 1.5c4 5 7 8.6 7 12.7a7 7 0 0 1-14 0c0-4.1 3-7.7 7-12.7z",
    "bubble": (
        "m4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-9l-5.5 5.5v-5.5h-1.5a2 2 0 0 1-2-2v-10q0-2 2-2z"
    ),
}


@dataclass(frozen=True)
class Status:
    """How a thing stands, for the eye: the colour, and what the icon draws in white on it."""

    colour: str
    field: str  # the ground of the icon, one of PATHS
    lines: str  # the strokes on it


TICK = "M7 12.5l3.5 3.5L17 8.5"
BANG = "M12 7v6M12 16.8v.2"
CROSS = "M8.5 8.5l7 7M15.5 8.5l-7 7"
BAR = "M8 12h8"
FLAG = "M9 17.5V6.5h7l-1.8 2.5L16 11.5H9"
HAND = "M7.5 12.5l3 3M10.5 15.5l6.5-7M6 9.5h3.5"
DOTS = "M8 12v.1M12 12v.1M16 12v.1"
PEN = "M8 16l.8-3 6-6 2.2 2.2-6 6z"

# What a status means, its owner says in words beside it.
STATUSES: Final = {
    # How far something has got
    "green": Status("leaf", "circle", TICK),
    "amber": Status("amber", "triangle", "M12 9.5v5M12 17.5v.2"),
    "red": Status("brick", "hexagon", BANG),
    "complete": Status("slate", "square", FLAG),
    "none": Status("slate", "circle", DOTS),
    # What opens, waits or fails
    "open": Status("teal", "circle", "M12 7v5l3 2"),
    "closed": Status("slate", "square", BAR),
    "waiting": Status("slate", "circle", DOTS),
    "missing": Status("brick", "diamond", "M12 7.5v5.5M12 16v.2"),
    "failed": Status("brick", "hexagon", CROSS),
    # Anything else, named for what the icon shows
    "pen": Status("brick", "square", PEN),
    "tick": Status("teal", "circle", TICK),
    "hand": Status("teal", "square", HAND),
    "seal": Status("teal", "hexagon", TICK),
    "bar": Status("slate", "hexagon", BAR),
    "notice": Status("amber", "diamond", "M12 7.5v5.5M12 16v.2"),
    "hold": Status("berry", "hexagon", BANG),
}


def shape_named(name: str) -> str:
    """Return the shape, given its own name or that of its colour; a circle when unknown."""
    return name if name in PATHS else SHAPE_OF.get(name, "circle")


def colour_named(name: str) -> str:
    """Return the colour if it is one of the palette's, else slate."""
    return name if name in SHAPE_OF else "slate"
