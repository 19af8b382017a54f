"""How hard a text is to read: its sentences, their words and their grade."""

import pytest

from coproduction.languages.reading import (
    HARDEST_GRADE,
    MIDDLE_GRADE,
    long_sentences,
    sentences_of,
    syllables_of,
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We came. We saw! Did we go?", ["We came.", "We saw!", "Did we go?"]),
        ("Why; ask the council", ["Why;", "ask the council"]),
        ("One line\n\nand another", ["One line", "and another"]),
        ("It costs 3.50 a go.", ["It costs 3.50 a go."]),
        ("“We came.” They left.", ["“We came.", "They left."]),
        ("…", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into_its_sentences(text: str, sentences: list[str]) -> None:
    assert [each.text for each in sentences_of(text)] == sentences


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("path", 1),
        ("make", 1),
        ("asked", 1),
        ("wanted", 2),
        ("houses", 2),
        ("table", 2),
        ("people", 2),
        ("children", 2),
        ("community", 4),
        ("neighbour’s", 2),
        ("tŷ", 1),
        ("TV", 1),
    ],
)
def test_the_syllables_of_a_word_are_estimated(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_plain_words_are_of_a_low_grade_and_long_ones_of_a_high() -> None:
    (plain,) = sentences_of("We will mend the path by the river in the spring.")
    (hard,) = sentences_of("Implementation necessitates interdepartmental deliberation.")
    assert plain.grade < MIDDLE_GRADE
    assert hard.grade > HARDEST_GRADE


def test_names_do_not_make_a_sentence_hard() -> None:
    (plain,) = sentences_of("You can ask them at the hall by the river.")
    (named,) = sentences_of("You can ask Ymddiriedolaeth Gweithwyr at the hall by the river.")
    assert named.grade < plain.grade + 1


@pytest.mark.parametrize(("language", "most"), [("en", 25), ("cy", 30)])
def test_a_sentence_may_have_so_many_words_in_a_language(language: str, most: int) -> None:
    assert long_sentences("bus " * most, language) == []
    assert [each.words for each in long_sentences("bus " * (most + 1), language)] == [most + 1]
