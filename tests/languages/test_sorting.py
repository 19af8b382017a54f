"""Names stand where a reader of the page's language looks for them."""

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.sorting import by_name, sort_key

ENGLISH = ["Âr Tir", "Arts", "Llyfrgell", "Lwc", "Ŵyl Bryncoed", "Wylfa", "Zumba"]
WELSH_LETTERS = "a b c ch d dd e f ff g ng h i j l ll m n o p ph r rh s t th u w y".split()


def test_an_accent_stands_beside_its_letter() -> None:
    assert by_name(reversed(ENGLISH)) == ENGLISH
    decomposed = [unicodedata.normalize("NFD", name) for name in ENGLISH]
    assert by_name(reversed(decomposed)) == decomposed


def test_welsh_has_its_own_letters() -> None:
    names = [f"{letter}a" for letter in WELSH_LETTERS]
    assert sorted(names, key=lambda name: sort_key(name, "cy")) == names
    assert sorted(names, key=lambda name: sort_key(name, "en")) == sorted(names)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("cy", ["Clwb", "Cymru", "Chwarae", "Dawns", "Lwc", "Llyfrgell", "Menter", "Ŵyl"]),
        ("en", ["Chwarae", "Clwb", "Cymru", "Dawns", "Llyfrgell", "Lwc", "Menter", "Ŵyl"]),
        ("cy", ["Bangor", "Banw", "Llangollen", "Llanon"]),
    ],
)
def test_the_page_says_by_which(language: str, names: list[str]) -> None:
    with translation.override(language):
        assert by_name(reversed(names)) == names


def test_numbers_and_letters_of_neighbours_stand_where_they_are_looked_for() -> None:
    names = ["2nd Scouts", "10th Scouts", "Łódź Club", "Ludlow", "Øster", "Otter"]
    assert by_name(reversed(names)) == names


def test_case_and_accents_settle_only_what_is_alike() -> None:
    assert by_name(["wyl b", "Ŵyl a", "WYL A"]) == ["WYL A", "Ŵyl a", "wyl b"]


def test_things_are_sorted_by_what_they_are_called() -> None:
    assert by_name([("b", 1), ("a", 2)], lambda pair: pair[0]) == [("a", 2), ("b", 1)]


@given(st.lists(st.text()))
def test_every_order_of_the_same_names_gives_one(names: list[str]) -> None:
    assert by_name(names) == by_name(sorted(names))
