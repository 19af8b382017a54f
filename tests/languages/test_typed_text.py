"""What is typed is kept as it was typed, but for what nobody can see; and cleaned once is clean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.typed_text import clean_address, clean_typed

# Blank letters, which nobody sees: they make a name that looks like none.
BLANK_LETTERS = {"\u3164", "\uffa0"}
# What is likely to be met together: parts of pictures, letters with marks, and what is unseen.
PIECES = st.sampled_from(
    [
        *("a", "e", "\u0301", "ŵ", "w\u0302", " ", "\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"),
        *("\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c"),
        *("\u202e", "\u2066", "\u2069", "\u2060", "\ufeff", "\ufe0e", "\ufe0f", "\u20e3", "\ufe01"),
        *("1", "#", "☺", "❤", "👩", "💻", "\U0001f3fd", "🏴", "\U000e0067", "\U000e0062"),
        *("\U000e0077", "\U000e007f", "\U000e0100", "葛", "क", "्", "ক", "ก", "ا", "ش", "א", "ؐ"),
        *("\x00", "\x07", "\x1b", "\ufffc", "\uffff", "\ufdd0", "\ud800", "\u3164", "\u2261"),
    ]
)
TYPED = st.text() | st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "Tŷ Ni"), "Tŷ Ni"),
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("ring\x07 \x1b[0mred\x00", "ring [0mred"),
        ("sof\u00adt and zero\u200bwidth\ufeff", "soft and zerowidth"),
        # An accent that stood behind something unseen joins its letter.
        ("caf\u200be\u200b\u0301", "café"),
        ("a photo \ufffc here", "a photo  here"),
        ("abc\u202edef\u202c", "abcdef"),
        ("English \u200eonly\u200f", "English only"),
        ("\u3164", ""),
        ("a\u200db and x\ufe0f", "ab and x"),
    ],
)
def test_what_nobody_can_see_goes(typed: str, kept: str) -> None:
    assert clean_typed(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "Mae'r tŷ – “hwn” –\u00a0yn… iawn!!  Two  spaces\tand a tab\n\nand lines",
        "family 👨‍👩‍👧‍👦, coder 👩🏽‍💻, heart ❤️, rainbow 🏳️‍🌈, key 1️⃣, head 🙂‍↔️",
        "Cymru 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 🇬🇧",
        "می‌خواهم",  # Persian: a joiner that keeps two letters apart
        "ශ්‍රී",  # Sinhala
        "র‍্যাব",  # Bengali
        "সবুজ মাঠ",
        "ไทย\u200bไทย",
        "السعر 20 \u200f(عشرون).\u200f",
        "葛\U000e0100城",
        "≨\ufe00",
        "=1+1",
        "- 5 benches",
    ],
)
def test_what_is_part_of_a_letter_or_a_picture_stays(typed: str) -> None:
    assert clean_typed(typed) == typed


@given(TYPED)
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    assert clean_typed(clean_typed(typed)) == clean_typed(typed)


@given(TYPED)
def test_no_letter_mark_or_sign_is_lost(typed: str) -> None:
    def seen(text: str) -> list[str]:
        # M without the marks that choose a look, and that keep marks apart.
        return sorted(
            each
            for each in unicodedata.normalize("NFD", text)
            if unicodedata.category(each)[0] in "LNPSZ" or unicodedata.combining(each)
            if each not in BLANK_LETTERS | {"\ufffc", "\u2028", "\u2029"}
        )

    assert seen(clean_typed(typed)) == seen(typed)


@given(TYPED)
def test_whatever_comes_out_can_be_kept_and_counted(typed: str) -> None:
    kept = clean_typed(typed)
    kept.encode()
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(each) == "Cc" for each in kept if each not in "\n\t")


@pytest.mark.parametrize(
    "typed",
    [
        "post@bücher.example",
        "POST@BÜCHER.EXAMPLE",
        "post@xn--bcher-kva.example",
        "Post@XN--BCHER-KVA.Example",
        " post@bu\u0308cher.example\u200b",
        "\ufeffpost@bücher\u00ad.example\r\n",
        "post@bücher。example",
    ],
)
def test_one_address_is_one_however_it_is_written(typed: str) -> None:
    assert clean_address(typed) == "post@bücher.example"


@pytest.mark.parametrize(
    "typed", ["", "nobody", "a@", "@b", "a@.example", "a@" + "b" * 70, "a b@c.example", "a@b@c"]
)
def test_what_is_no_address_is_left_for_whoever_checks(typed: str) -> None:
    assert clean_address(typed) == typed


@given(TYPED, TYPED)
def test_an_address_in_one_form_stays_in_it(name: str, domain: str) -> None:
    once = clean_address(f"{name}@{domain}.example")
    assert clean_address(once) == once
