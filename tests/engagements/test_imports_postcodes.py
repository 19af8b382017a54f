"""Of a postcode, what names a street is not kept."""

import pytest

from engagements.imports.postcodes import without_full_postcode


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("XX5 9CC", "XX5 9"),
        ("near xx59cc, the flats", "near XX5 9, the flats"),
        ("Heol Fawr", "Heol Fawr"),
        ("XX5", "XX5"),
    ],
)
def test_a_postcode_of_a_street_is_cut_short(told: str, kept: str) -> None:
    assert without_full_postcode(told) == kept
