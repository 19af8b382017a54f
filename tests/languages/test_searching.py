"""What is typed to search for: words in any order, phrases whole, and nothing that is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.folding import fold
from coproduction.languages.searching import LONGEST_SEARCH, has_words, search_terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Skate PARK", ["skate", "park"]),
        ('"skate park" bus', ["skate park", "bus"]),
        ("“tŷ  bach” it’s", ["ty bach", "it's"]),
        ('park "skate', ["park", "skate"]),
        ("park park", ["park"]),
        ('"" " "', []),
        ("!!! ?", ["!!!", "?"]),
        ("NOT (a OR b*) ^c", ["not", "(a", "or", "b*)", "^c"]),
        ("\x00", []),
    ],
)
def test_what_is_typed_is_words_and_phrases(typed: str, terms: list[str]) -> None:
    assert search_terms(typed) == terms


def test_more_than_anyone_types_is_left_out() -> None:
    assert len(search_terms(" ".join(str(number) for number in range(50)))) == 10
    assert search_terms("x" * 10_000) == ["x" * LONGEST_SEARCH]


def test_every_word_is_wanted_in_any_order() -> None:
    assert has_words("The café in the PARK", "parc caf") is False
    assert has_words("The café in the PARK", "park CAFE")
    assert has_words("The café in the PARK", "")
    assert has_words("", "park") is False


def test_the_words_of_a_phrase_stand_together() -> None:
    assert has_words("A skate\npark", "“skate park”")
    assert not has_words("A park to skate", '"skate park"')


# Each mark that is folded to a quotation mark becomes a space.
_NO_QUOTES = {ord(mark): " " for mark in map(chr, range(0x110000)) if fold(mark) == '"'}


@given(st.text(max_size=LONGEST_SEARCH))
def test_whatever_is_typed_is_found_in_itself(typed: str) -> None:
    terms = search_terms(typed)
    assert all(term == fold(term) and '"' not in term for term in terms)
    assert has_words(typed.translate(_NO_QUOTES), typed)
