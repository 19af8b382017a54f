"""Words are compared whatever their case, accents and marks, and the same in SQL and in memory."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.folding import fold, plain_marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TŶ", "ty"),
        (unicodedata.normalize("NFD", "ŵyn"), "Ŵyn"),
        ("It’s", "it's"),
        ("it`s", "it´s"),
        ("“the park”", '"The Park"'),
        ("drop–in", "drop-in"),
        ("drop\u2011in", "drop\u2212in"),
        ("a\u00a0 b\r\n c", "a b c"),
        ("sof\u00adt", "soft"),
        ("\ufb01ne", "fine"),
        ("STRASSE", "straße"),
    ],
)
def test_what_is_typed_alike_is_folded_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowel_signs_of_other_scripts_are_no_accents() -> None:
    assert fold("हिन्दी") == "हिन्दी"
    assert fold("한국") == "한국"


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "\x00" not in fold(text)


def test_marks_are_made_alike_and_letters_left() -> None:
    assert plain_marks("“Tŷ” –  it’s") == '"Tŷ" - it\'s'
