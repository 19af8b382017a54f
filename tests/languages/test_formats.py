"""Dates and times: written as people in Wales write them, in one place, in both languages."""

import re
from datetime import date, datetime
from types import ModuleType

import pytest
from django.template import engines
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone

from coproduction.languages.formats.cy import formats as welsh
from coproduction.languages.formats.en import formats as english
from tests.architecture.sources import modules, templates

FRIDAY = datetime(2026, 7, 3, 8, 5, tzinfo=get_default_timezone())
# What machines read: the datetime of a <time>.
FOR_MACHINES = {"Y-m-d", "c"}


def named(module: ModuleType) -> set[str]:
    """Return the names of the formats in a module."""
    return {name for name in vars(module) if name.endswith("_FORMAT")}


def written(source: str, language: str, **context: object) -> str:
    """Render a template in a language."""
    with translation.override(language):
        return engines["django"].from_string(source).render(context)


def test_both_languages_have_every_format() -> None:
    assert named(english) == named(welsh)
    assert english.DATE_INPUT_FORMATS[0] == welsh.DATE_INPUT_FORMATS[0] == "%Y-%m-%d"


def test_a_date_without_a_format_is_written_day_first() -> None:
    for language, day in [("en", "3 July 2026"), ("cy", "3 Gorffennaf 2026")]:
        assert written("{{ day }}", language, day=date(2026, 7, 3)) == day
        assert written("{{ day|date }}", language, day=date(2026, 7, 3)) == day
        assert written("{{ at }}", language, at=FRIDAY) == f"{day}, 08:05"


def test_a_day_mutates_in_the_middle_of_a_welsh_sentence() -> None:
    for language, head, until in [
        ("en", "Friday 3 July 2026", "Friday 3 July, 08:05"),
        ("cy", "Dydd Gwener 3 Gorffennaf 2026", "ddydd Gwener 3 Gorffennaf, 08:05"),
    ]:
        with translation.override(language):
            assert date_format(FRIDAY, "WEEKDAY_FORMAT") == head
            assert date_format(FRIDAY, "UNTIL_FORMAT") == until


def test_no_weekday_keeps_its_word_for_day() -> None:
    with translation.override("cy"):
        for day in range(1, 8):
            told = date_format(date(2026, 6, day), "UNTIL_DAY_FORMAT")
            assert re.fullmatch(r"ddydd (?!Dydd)\w+ \d Mehefin", told), told


@pytest.mark.parametrize("kind", ["templates", "modules"])
def test_nobody_writes_a_date_format_of_their_own(kind: str) -> None:
    asked = {
        "templates": (templates, r"\|(?:date|time):\s*[\"']([^\"']*)[\"']"),
        "modules": (modules, r"date_format\([^\"\n]*\"([^\"]*)\""),
    }
    paths, pattern = asked[kind]
    found = [
        (path.name, used) for path in paths() for used in re.findall(pattern, path.read_text())
    ]
    assert len(found) > 3
    known = named(english) | FOR_MACHINES
    assert [(name, used) for name, used in found if used not in known] == []
