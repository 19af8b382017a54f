"""Every pair of colours that a page may show can be read by people who see less well."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS))
TABLE = TOKENS.split("pairs:", 1)[1].split("end of pairs", 1)[0]
PAIRS = re.findall(r"^ +([a-z-]+) +([a-z-]+) +([\d.]+)$", TABLE, re.M)


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_table_is_read_whole() -> None:
    lines = [line for line in TABLE.splitlines() if line.strip()]
    assert len(PAIRS) == len(lines) > 60


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_a_pair_has_the_contrast_it_promises(text: str, ground: str, least: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= float(least)


def test_every_colour_is_in_the_table() -> None:
    paired = {name for pair in PAIRS for name in pair[:2]}
    assert set(COLOURS) == paired


def test_sun_is_never_text_on_a_light_ground() -> None:
    grounds = {ground for text, ground, _least in PAIRS if text == "sun"}
    assert grounds == {"teal", "ink"}
