"""Guessing a language from a few words, between a project's own above all."""

import pytest

from engagements.looking.languages import LanguageGuesser


@pytest.fixture(scope="module")
def guesser() -> LanguageGuesser:
    return LanguageGuesser(["en", "cy"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A bench", "en"),
        ("Mae'r afon yn lân", "cy"),
        ("Mwy o fysiau", "cy"),
        ("More buses please", "en"),
        ("dwr glan", "cy"),
        ("Więcej ławek przy rzece", "pl"),
        ("نحتاج إلى حافلات أكثر", "ar"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_few_words(
    guesser: LanguageGuesser, text: str, language: str
) -> None:
    assert guesser.guess(text) == language


def test_what_was_forgotten_is_read_again(guesser: LanguageGuesser) -> None:
    guesser.forget()
    assert guesser.guess("Mwy o fysiau") == "cy"


def test_with_one_language_only_another_one_is_guessed_where_it_is_clear() -> None:
    guesser = LanguageGuesser(["en"])
    assert guesser.guess("More buses please") == ""
    assert guesser.guess("Więcej ławek przy rzece") == "pl"


def test_a_language_that_nobody_knows_is_left_out() -> None:
    assert LanguageGuesser(["en", "cy", "xx"]).guess("Mwy o fysiau") == "cy"
