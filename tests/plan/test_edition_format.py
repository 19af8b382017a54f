"""Typed records as JSON: what is written is read again, and a fault is said with its place."""

from typing import Any

import pytest

from coproduction.languages.models import Translated
from engagements.disclosure.small_numbers import PublicCount
from plan.edition.format import Malformed, parts_of, read, write
from plan.edition.snapshot import FrozenTheme, Snapshot
from plan.open_data.plan_json import OpenPlan

THEME = FrozenTheme(
    uuid="6c8d",
    name=Translated.of("en", en="Play", cy="Chwarae"),
    colour="plum",
    finding=Translated(),
    why=Translated(),
    comments=PublicCount(None, below=10),
    by_question={"need": PublicCount(12), "change": PublicCount(None)},
    quotes=("1f", "2e"),
)


def test_what_is_written_is_read_again() -> None:
    raw = write(THEME)
    assert raw["name"] == THEME.name.entries
    assert (raw["comments"], raw["by_question"]) == ("<10", {"need": 12, "change": None})
    assert read(FrozenTheme, raw) == THEME


def test_open_data_says_the_words_of_a_text_and_no_more() -> None:
    assert write(THEME, is_public=True)["name"] == {"en": "Play", "cy": "Chwarae"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uuid": 3}, "Expected `str`, got `int` - at `$.uuid`"),
        ({"quotes": "1f"}, "Expected `array`, got `str` - at `$.quotes`"),
        ({"quotes": ["1f", None]}, "Expected `str`, got `null` - at `$.quotes[1]`"),
        ({"name": {"en": {"of": None}}}, "Expected words by language - at `$.name`"),
        ({"name": {"en": {"text": 3}}}, "Expected words by language - at `$.name`"),
        (
            {"by_question": {"need": "few"}},
            'Expected a number, a text such as "<10", or null - at `$.by_question[...]`',
        ),
        (
            {"comments": True},
            'Expected a number, a text such as "<10", or null - at `$.comments`',
        ),
        ({"more": 1}, "Object contains unknown field `more`"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Malformed) as wrong:
        read(FrozenTheme, write(THEME) | changes)
    assert str(wrong.value) == sentence


def test_a_key_that_is_missing_is_named() -> None:
    raw = write(THEME)
    del raw["why"]
    with pytest.raises(Malformed, match="missing required field `why`"):
        read(FrozenTheme, raw)


def test_every_published_field_says_what_it_holds() -> None:
    said = [part.says for part in parts_of(OpenPlan)]
    assert all(said)
    assert {part.name for part in parts_of(Snapshot)} >= {"actions", "words"}
