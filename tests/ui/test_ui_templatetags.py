"""Tags of components: numbers."""

import pytest

from coproduction.ui.templatetags.ui import number


@pytest.mark.parametrize(
    ("value", "text"), [(3940, "3,940"), (0, "0"), (None, ""), ("", ""), (12.5, "12.5"), (2.0, "2")]
)
def test_numbers_are_written_as_people_do(value: object, text: str) -> None:
    assert number(value) == text
