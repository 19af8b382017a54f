"""What differs between texts, and what becomes of two changes of one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.differences import compare_texts, join_changes

SAID = "Ask Dai Jones on 07700 in the evening"


@pytest.mark.parametrize(
    ("theirs", "yours", "joined"),
    [
        (SAID, SAID, SAID),
        (
            "Ask [name] on 07700 in the evening",
            "Ask Dai Jones on [number] in the evening",
            "Ask [name] on [number] in the evening",
        ),
        # The same words, each in part.
        (
            "Ask [name] on 07700 in the evening",
            "Ask Dai [name] on 07700 in the evening",
            "Ask [name] on 07700 in the evening",
        ),
        ("Ask somebody", SAID, "Ask somebody"),
        ("Ask Dai Jones on 07700", "Ask Dai Jones", "Ask Dai Jones"),
    ],
)
def test_what_either_took_out_is_out(theirs: str, yours: str, joined: str) -> None:
    assert join_changes(SAID, theirs, yours) == joined
    assert join_changes(SAID, yours, theirs) == joined


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=12, unique=True)


@given(WORDS, st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_no_word_that_either_took_out_stays(
    said: list[str], one: set[str], other: set[str]
) -> None:
    def without(gone: set[str]) -> str:
        return " ".join("[x]" if word in gone else word for word in said)

    joined = join_changes(" ".join(said), without(one), without(other))
    assert not (one | other) & set(joined.split())
    assert set(said) - one - other <= set(joined.split())


COMMON = "the park and a bus of people in to we said more safe play hall school road water".split()


def rebuilt(pieces, kind: str) -> str:
    """Return one of the two texts from what both have and what only it has."""
    return "".join(piece.text for piece in pieces if piece.kind in {"same", kind})


def long_text(letters: int) -> list[str]:
    """Return sentences of common words, so many letters in all."""
    return [
        " ".join(COMMON[(number * (word + 3) + word * word) % len(COMMON)] for word in range(12))
        + f" {number}. "
        for number in range(letters // 55)
    ]


@pytest.mark.parametrize("letters", [20_000, 100_000])
def test_a_long_text_is_compared_while_somebody_waits(letters: int):
    before = long_text(letters)
    after = [*before]
    for number in range(0, len(after), len(after) // 20):
        after[number] = after[number].replace(" ", " CHANGED ", 1)
    began = time.monotonic()
    pieces = compare_texts("".join(before), "".join(after))
    assert time.monotonic() - began < 5
    assert (rebuilt(pieces, "gone"), rebuilt(pieces, "new")) == ("".join(before), "".join(after))
    changed = [piece.text.strip() for piece in pieces if piece.is_new]
    assert set(changed) == {"CHANGED"}
    assert len(changed) > 19


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 10_000, "a " * 9_999 + "b"),
        ("a. " * 10_000, "a. " * 9_999 + "b."),
        ("a " * 10_000, "b. " + "a " * 10_000),
        ("x" * 50_000, "y" * 50_000),
    ],
)
def test_the_same_over_and_over_takes_no_longer(before: str, after: str):
    began = time.monotonic()
    pieces = compare_texts(before, after)
    assert time.monotonic() - began < 5
    assert (rebuilt(pieces, "gone"), rebuilt(pieces, "new")) == (before, after)
