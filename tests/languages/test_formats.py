"""Dates and times: written as people in Wales write them, in one place, in both languages."""

import re
from datetime import date, datetime
from types import ModuleType

from django.template import engines
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone

from coproduction.languages.formats.cy import formats as welsh
from coproduction.languages.formats.en import formats as english
from tests.architecture.sources import ROOT, modules, templates

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


def test_a_day_that_is_read_later_says_its_year_where_that_is_not_this_one() -> None:
    this = timezone.localdate().year
    looked = 0
    for language, said in [("en", "31 October"), ("cy", "31 Hydref")]:
        for year, after in [(this, ""), (this + 1, f" {this + 1}"), (this - 1, f" {this - 1}")]:
            day = {"day": date(year, 10, 31)}
            template = '{{ day|date_for_later:"MONTH_DAY_FORMAT" }}'
            assert written(template, language, **day) == said + after
            until = written('{{ day|date_for_later:"UNTIL_DAY_FORMAT" }}', language, **day)
            assert until.endswith(said + after)
            looked += 1
    assert looked == 6


def test_the_year_is_that_of_the_place_and_not_of_another_clock() -> None:
    late = datetime(timezone.localdate().year, 12, 31, 23, 30, tzinfo=get_default_timezone())
    assert written('{{ at|date_for_later:"MONTH_DAY_FORMAT" }}', "en", at=late) == "31 December"


def test_letters_name_the_year_where_it_is_not_this_one() -> None:
    letters = [path for path in templates() if path.suffix == ".txt"]
    yearless = {name for name in named(english) if "Y" not in getattr(english, name)}
    assert "UNTIL_DAY_FORMAT" in yearless
    sign = re.compile(rf"\|date:\W+({'|'.join(yearless)})\b")
    found = {path.name: sign.findall(path.read_text()) for path in letters}
    assert len(found) > 10
    assert {name: forms for name, forms in found.items() if forms} == {}


def test_no_weekday_keeps_its_word_for_day() -> None:
    with translation.override("cy"):
        for day in range(1, 8):
            told = date_format(date(2026, 6, day), "UNTIL_DAY_FORMAT")
            assert re.fullmatch(r"ddydd (?!Dydd)\w+ \d Mehefin", told), told


def test_no_template_has_a_date_format_of_its_own() -> None:
    pattern = r"\|(?:date|time):\s*[\"']([^\"']*)[\"']"
    found = [
        (path.name, used) for path in templates() for used in re.findall(pattern, path.read_text())
    ]
    assert len(found) > 3
    known = named(english) | FOR_MACHINES
    assert [(name, used) for name, used in found if used not in known] == []


def test_no_module_writes_dates_or_numbers_in_its_own_way() -> None:
    calls = re.compile(
        r"\b(?:date_format|time_format|strftime|localize|intcomma)\(|:,(?:\.\d+f|d)?}"
    )
    homes = {"coproduction/languages/formats/__init__.py", "coproduction/ui/numbers.py"}
    looked, found = 0, set()
    for path in modules():
        looked += 1
        if calls.search(path.read_text()):
            found.add(path.relative_to(ROOT).as_posix())
    assert found - homes == set()
    assert "coproduction/ui/numbers.py" in found
    assert looked > 100


def test_every_format_asked_for_is_one_there_is() -> None:
    found = [
        (path.name, used)
        for path in modules()
        for used in re.findall(r"write_date\(.*\"(\w+)\"\)", path.read_text())
    ]
    assert len(found) > 2
    assert [(name, used) for name, used in found if used not in named(english)] == []
