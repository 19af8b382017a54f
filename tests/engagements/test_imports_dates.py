"""Days as people write them in a table are read; what is no day is none."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from engagements.imports.dates import read_date

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        *("2023-09-16", "2023-09-16 10:30", "2023-09-16T10:30:00Z", "2023/9/16", "16/09/2023"),
        *("16/9/23", "16.9.2023", "16-09-2023", "16 September 2023", "16 Sept 2023"),
        *("16th September 2023", "Sat 16 Sep 2023", "Saturday, 16 September 2023", "16-Sep-23"),
        *("September 16, 2023", "16th of September 2023", "16 Medi 2023", "16eg o Fedi 2023"),
        *("Dydd Sadwrn 16 MEDI 2023", "  16 medi 2023 ", "16/09/2023 14:05"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert read_date(written) == date(2023, 9, 16)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "09/16/2023", "31 February 2023", "2023", "May", "16 Smarch 2023", "1/2"],
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert read_date(written) is None


@given(DAYS, st.sampled_from(["en_GB", "cy"]), st.sampled_from(["d MMMM y", "d MMM y", "d/M/y"]))
def test_every_day_of_these_languages_is_read_back(day: date, language: str, form: str) -> None:
    assert read_date(format_date(day, form, locale=language)) == day


@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_asked_about(text: str) -> None:
    found = read_date(text)
    assert found is None or isinstance(found, date)
