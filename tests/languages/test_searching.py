"""What is typed to search for: words in any order, phrases whole, and nothing that is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.folding import fold
from coproduction.languages.searching import LONGEST_SEARCH, Asked, asked_by, has_words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Skate PARK", ["skate", "park"]),
        ('"skate park" bus', ["skate park", "bus"]),
        ("“tŷ  bach” it’s", ["ty bach", "it's"]),
        ('park "skate', ["park", "skate"]),
        ("park park", ["park"]),
        ('"" " "', []),
        ("!!! ?", ["!!!", "?"]),
        ("NOT a or b* ^c", ["not", "a", "or", "b*", "^c"]),
        ("well-being - 5–6", ["well-being", "-", "5-6"]),
        ("\x00", []),
    ],
)
def test_what_is_typed_is_words_and_phrases(typed: str, wanted: list[str]) -> None:
    assert asked_by(typed) == Asked(tuple((term,) for term in wanted))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("bus OR train", [("bus", "train")]),
        ("Tŷ NEU fflat", [("ty", "fflat")]),
        ('"bus stop" OR train fare OR price', [("bus stop", "train"), ("fare", "price")]),
        ("bus OR bus", [("bus",)]),
        ("a OR b OR c", [("a", "b", "c")]),
        # Where it joins nothing it is a word.
        ("OR", [("or",)]),
        ("OR bus", [("or",), ("bus",)]),
        ("bus OR", [("bus",), ("or",)]),
        ('bus "OR" train', [("bus",), ("or",), ("train",)]),
        ("bus OR OR train", [("bus", "or"), ("train",)]),
    ],
)
def test_one_or_another_may_be_wanted(typed: str, wanted: list[tuple[str, ...]]) -> None:
    assert asked_by(typed) == Asked(tuple(wanted))


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("park -bus", ["park"], ["bus"]),
        ("park −bus", ["park"], ["bus"]),
        ('-"Bus  stop" park', ["park"], ["bus stop"]),
        ("-tŷ", [], ["ty"]),
        ("bus OR -train", ["bus", "or"], ["train"]),
        ('park -""', ["park"], []),
        ("--", [], []),
    ],
)
def test_what_a_hyphen_stands_before_is_left_out(
    typed: str, wanted: list[str], unwanted: list[str]
) -> None:
    assert asked_by(typed) == Asked(tuple((term,) for term in wanted), tuple(unwanted))


def test_more_than_anyone_types_is_left_out() -> None:
    assert len(asked_by(" ".join(str(number) for number in range(50))).wanted) == 10
    assert asked_by("x" * 10_000).wanted == (("x" * LONGEST_SEARCH,),)


def test_every_word_is_wanted_in_any_order() -> None:
    assert has_words("The café in the PARK", "parc caf") is False
    assert has_words("The café in the PARK", "park CAFE")
    assert has_words("The café in the PARK", "")
    assert has_words("", "park") is False


def test_the_words_of_a_phrase_stand_together() -> None:
    assert has_words("A skate\npark", "“skate park”")
    assert not has_words("A park to skate", '"skate park"')


def test_a_text_fits_with_one_of_several_and_without_what_is_left_out() -> None:
    assert has_words("The Café", "park OR cafe")
    assert not has_words("The Café", "park OR pool")
    assert not has_words("The Café in the park", "cafe -park")
    assert has_words("The Café in town", "cafe -park")


# Each mark that is folded to a quotation mark or a hyphen becomes a space.
_PLAIN = {ord(mark): " " for mark in map(chr, range(0x110000)) if fold(mark) in {'"', "-"}}


@given(st.text(max_size=LONGEST_SEARCH))
def test_whatever_is_typed_is_found_in_itself(typed: str) -> None:
    asked = asked_by(typed)
    terms = [*asked.unwanted, *(term for terms in asked.wanted for term in terms)]
    assert all(term == fold(term) and '"' not in term for term in terms)
    plain = typed.translate(_PLAIN)
    assert has_words(plain, plain)
