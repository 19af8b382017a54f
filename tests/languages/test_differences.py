"""What differs between texts, and what becomes of two changes of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.languages.differences import join_changes

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
