"""The fields that any form may have."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from coproduction.ui.forms import local_moment, time_field


class Closing(forms.Form):
    """A form with a time."""

    at = time_field("When?")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "2027-03-28T01:30",
            "The clocks go forward that night, so there is no 01:30. Choose another time.",
        ),
        (
            "2027-10-31T01:30",
            "The clocks go back that night, so 01:30 comes twice. Choose another time.",
        ),
        ("2027-02-30T01:30", "Enter a real date and time."),
        ("", "Enter a date and a time."),
    ],
)
def test_a_time_that_is_none_is_refused_in_plain_words(typed: str, words: str) -> None:
    assert Closing({"at": typed}).errors == {"at": [words]}


def test_the_clocks_are_told_of_in_welsh() -> None:
    with translation.override("cy"):
        errors = [str(each) for each in Closing({"at": "2027-10-31T01:30"}).errors["at"]]
    assert errors == [
        "Mae'r clociau'n mynd yn ôl y noson honno, felly daw 01:30 ddwywaith. Dewiswch amser arall."
    ]


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        (datetime(2027, 3, 28, 0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 2, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 0, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (datetime(2027, 10, 31, 2, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_any_other_time_is_the_moment_the_clocks_show(shown: datetime, moment: datetime) -> None:
    assert local_moment(shown) == moment
    form = Closing({"at": shown.isoformat()})
    assert form.is_valid()
    assert form.cleaned_data["at"] == moment


def test_a_time_is_never_moved() -> None:
    with pytest.raises(ValidationError):
        local_moment(datetime(2027, 3, 28, 1, 0))
    with pytest.raises(ValidationError):
        local_moment(datetime(2027, 10, 31, 1, 0))
