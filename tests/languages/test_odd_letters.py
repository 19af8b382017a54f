"""Odd letters: those that a wrong encoding makes of right ones, and none of what people write."""

import pytest

from coproduction.languages.odd_letters import count_odd_letters


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        *(("", 0), ("The park", 0), ("Mae'r tŷ yn oer, a'r dŵr hefyd", 0), ("Ŵyna", 0)),
        *(("24°C, £5, “lovely” – café™", 0), ("Zoë's crêpes", 0)),
        *(("itÕs", 1), ("CafŽ", 1), ("Si™n", 1), ("dðr yn y tþ", 2), ("\x9d", 1), ("ḟ", 1)),
    ],
)
def test_odd_letters_are_counted(text: str, odd: int) -> None:
    assert count_odd_letters(text) == odd
