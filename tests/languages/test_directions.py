"""Which way words run: as their letters do, else as their language."""

import pytest

from coproduction.languages.directions import direction_of

ARABIC = "الأرجوحة مكسورة منذ عيد الفصح."


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *[(code, "rtl") for code in ("ar", "fa", "he", "ps", "ur", "ckb", "yi", "pa-Arab")],
        *[(code, "ltr") for code in ("en", "cy", "pl", "bn", "zh", "zh_Hant", "pa")],
        *[(code, "auto") for code in ("", "und", "xx", "not a code", "x")],
    ],
)
def test_words_run_as_their_language_does(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("language", "text", "direction"),
    [
        ("ar", ARABIC, "rtl"),
        # A form offers the project's languages only: under these it is filed.
        ("en", ARABIC, "rtl"),
        ("", ARABIC, "rtl"),
        ("en", f"Ysgol Bryn 2024: {ARABIC}", "rtl"),
        ("en", "The word for swing is أرجوحة, she said.", "ltr"),
        ("ar", "2024", "rtl"),
        ("en", "2024", "ltr"),
        ("xx", "Swings", "auto"),
    ],
)
def test_words_with_letters_from_the_right_run_as_most_of_them(
    language: str, text: str, direction: str
) -> None:
    assert direction_of(language, text) == direction
