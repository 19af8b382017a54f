"""What charts are drawn with: numbers as text, words measured and broken into lines, shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coproduction.ui import palette

WIDTH = 340.0  # of every drawing: narrow, so that its words stay readable on a phone
SIZE = 15.0  # of its words
LEADING = 19.0
_FIELD = 24  # on which every shape is drawn
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()[] -"), frozenset("mwMWŵŴ@%—…")


def px(value: float) -> str:
    """Write a length or a place on the drawing: never localised, never long."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a text is drawn; a little generous, as the reader's font may differ."""
    ems = (
        0.34 if letter in _NARROW else 0.9 if letter in _WIDE else 0.7 if letter.isupper() else 0.57
        for letter in text
    )
    return sum(ems) * size


def break_lines(text: str, room: float, size: float = SIZE, most: int = 3) -> list[str]:
    """Break a text into lines no wider than ``room``; past ``most`` lines it ends in dots."""
    lines = [""]
    for word in _pieces(" ".join(str(text).split()), room, size):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return lines


def _pieces(text: str, room: float, size: float) -> Iterable[str]:
    """Yield the words of a text, cutting those too wide for a line of their own."""
    for word in text.split(" "):
        piece = ""
        for letter in word:
            if piece and width_of(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


@dataclass(frozen=True)
class DrawnText:
    """A line of text at a place."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    bold: bool = False
    fill: str = palette.HEX["ink"]
    size: str = px(SIZE)
    number: str = ""  # in bold, after the text
    # Whether it stands on the page, and not on a shape: where somebody chose the page's colours,
    # it has to go with them.
    is_on_ground: bool = True


@dataclass(frozen=True)
class PlacedBox:
    """A filled rectangle, outlined where its colour is light."""

    x: str
    y: str
    width: str
    height: str
    fill: str
    outline: str = ""


@dataclass(frozen=True)
class PlacedShape:
    """A shape of the palette in its colour, at one place or at many: a single path all the same."""

    path: str
    transform: str
    fill: str
    outline: str = ""


def text_at(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    on_shape: str = "",
    size: float = SIZE,
    number: str = "",
) -> DrawnText:
    """Put a line of text on the drawing; ``on_shape`` is its colour where it stands on a shape."""
    fill = palette.HEX[on_shape or "ink"]
    return DrawnText(px(x), px(y), text, anchor, bold, fill, px(size), number, not on_shape)


def box_at(x: float, y: float, width: float, height: float, colour: str) -> PlacedBox:
    """Put a rectangle on the drawing."""
    outline = palette.HEX["ink"] if colour in palette.LIGHT else ""
    return PlacedBox(
        px(x),
        px(y),
        px(width),
        px(height),
        palette.HEX[palette.colour_named(colour)],
        outline,
    )


def shape_at(x: float, y: float, size: float, colour: str, shape: str = "") -> PlacedShape:
    """Put a shape, else that of the colour, on the drawing, in a square of this size."""
    return shape_at_each([(x, y)], size, colour, shape)


def shape_at_each(
    places: Sequence[tuple[float, float]], size: float, colour: str, shape: str = ""
) -> PlacedShape:
    """Put a shape at each of these places, in one path: hundreds are drawn as quickly as one."""
    name, scale = palette.colour_named(colour), round(size / _FIELD, 3)
    path = palette.PATHS[palette.shape_named(shape or name)]
    return PlacedShape(
        path="".join(f"M{px(x / scale)} {px(y / scale)}{path}" for x, y in places),
        transform=f"scale({scale})",
        fill=palette.HEX[name],
        outline=palette.HEX["ink"] if name in palette.LIGHT else "",
    )
