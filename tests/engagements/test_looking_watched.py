"""Words looked out for, one a line: found whole and in any case, where they stand as written."""

import pytest

from engagements.looking.watched import find_watched, watched_pattern

LINES = ["hits me", "kill myself", "yn fy nharo", "cam-drin", "", "want to die"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My uncle hits me.", "hits me"),
        ("HITS  ME\noften", "HITS  ME"),
        ("Mae e'n yn fy  nharo i", "yn fy  nharo"),
        ("Cafodd ei chám–drin.", None),
        ("Ei gam‑drin; cam–drin.", "cam–drin"),
        ("Dŵr ŵ I want to die", "want to die"),
        ("I could kill\u200b myself laughing", "kill\u200b myself"),
    ],
)
def test_they_are_found_as_they_are_written(text: str, words: str | None) -> None:
    found = [
        text[each.start : each.end] for each in find_watched(text, watched_pattern(LINES), "w")
    ]
    assert found == ([words] if words else [])


@pytest.mark.parametrize("text", ["She hits mementos.", "Whits me", "kill my selfie", ""])
def test_parts_of_words_are_not_meant(text: str) -> None:
    assert find_watched(text, watched_pattern(LINES), "w") == []


def test_nothing_is_looked_out_for_where_the_list_is_empty() -> None:
    assert watched_pattern(["", "  "]) is None
    assert find_watched("hits me", None, "w") == []
