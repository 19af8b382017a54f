"""Changes to workshops and their tables."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from tests.workshops.material import (
    add_note,
    make_action,
    make_theme,
    make_workshop,
)
from workshops.models import Table, Workshop
from workshops.queries.counts import workshop_totals
from workshops.services.attendee import (
    add_attendees,
    remove_attendees,
)
from workshops.services.note import (
    NewNote,
    add_notes,
    undo_notes,
)
from workshops.services.same_project import NotACurrentTheme, OtherProject
from workshops.services.workshop import (
    MOST_TABLES,
    TableInUse,
    TooManyTables,
    WorkshopCalledOff,
    WorkshopWasHeld,
    call_off_workshop,
    change_workshop,
    name_host,
    revive_workshop,
    set_tables,
)


def verbs(project) -> list[str]:
    """Return what the audit trail says was done at workshops, in order."""
    entries = AuditEntry.objects.filter(project=project, verb__startswith="workshops.")
    return list(entries.order_by("number").values_list("verb", flat=True))


def test_a_workshop_is_planned_with_numbered_tables(project) -> None:
    workshop = make_workshop(project, tables=3)
    assert [table.number for table in workshop.tables.all()] == [1, 2, 3]
    assert workshop.title.text("cy") == "Noson y parciau"
    assert verbs(project) == ["workshops.workshop_planned"]
    assert verify(project).fault is None


def test_a_workshop_is_on_a_current_theme_of_its_own_project(project, other_project) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    merged = make_theme(project, "Green space", merged_into=theme)
    refused = 0
    for given, refusal in [
        (code, NotACurrentTheme),
        (merged, NotACurrentTheme),
        (make_theme(other_project), OtherProject),
    ]:
        with pytest.raises(refusal):
            make_workshop(project, theme=given)
        refused += 1
    assert refused == 3
    assert not Workshop.objects.exists()
    assert verbs(project) == []


@pytest.mark.parametrize("tables", [-1, MOST_TABLES + 1])
def test_an_impossible_number_of_tables_plans_nothing(project, tables) -> None:
    with pytest.raises(TooManyTables):
        make_workshop(project, tables=tables)
    assert not Workshop.objects.exists()


def test_a_workshop_needs_a_title(project) -> None:
    with pytest.raises(ValidationError):
        make_workshop(project, title={"en": ""})
    assert not Workshop.objects.exists()


def test_a_workshop_keeps_a_theme_that_was_merged_later(project, facilitator) -> None:
    workshop = make_workshop(project)
    workshop.theme.merged_into = make_theme(project, "Outdoors")
    workshop.theme.save()
    change_workshop(
        workshop=workshop,
        title={"en": "Parks night"},
        theme=workshop.theme,
        date=datetime.date(2024, 3, 1),
        place="",
        purpose="",
        by=facilitator,
    )
    workshop.refresh_from_db()
    assert workshop.title.text("en") == "Parks night"
    assert workshop.title.out_of_date(["cy"]) == ["cy"]
    assert workshop.date == datetime.date(2024, 3, 1)


def test_tables_are_added_and_empty_ones_taken_away(project, facilitator) -> None:
    workshop = make_workshop(project, tables=2)
    set_tables(workshop=workshop, count=4, by=facilitator)
    set_tables(workshop=workshop, count=3, by=facilitator)
    assert [table.number for table in workshop.tables.all()] == [1, 2, 3]


def test_a_table_with_notes_or_people_stays(project, facilitator) -> None:
    workshop = make_workshop(project, tables=2)
    second = workshop.tables.get(number=2)
    people = add_attendees(workshop=workshop, kind="resident", table=second, by=facilitator)
    with pytest.raises(TableInUse):
        set_tables(workshop=workshop, count=1, by=facilitator)
    remove_attendees(workshop=workshop, step=people[0].step, by=facilitator)
    note = add_note(
        workshop=workshop, table=second, kind="idea", text="Slide", language="en", by=facilitator
    )
    undo_notes(workshop=workshop, notes=[note], by=facilitator)
    with pytest.raises(TableInUse):
        set_tables(workshop=workshop, count=1, by=facilitator)
    assert workshop.tables.count() == 2


def test_a_table_has_a_host(project, facilitator) -> None:
    table = make_workshop(project).tables.get(number=1)
    name_host(table=table, host="Gwyn", by=facilitator)
    assert Table.objects.get(pk=table.pk).host == "Gwyn"


def test_a_workshop_is_called_off_and_takes_nothing_until_it_is_held_after_all(
    project, facilitator
) -> None:
    workshop = make_workshop(project)
    call_off_workshop(workshop=workshop, why=" Planned twice. ", by=facilitator)
    workshop.refresh_from_db()
    assert workshop.called_off_why == "Planned twice."
    assert (workshop_totals(project).workshops, workshop_totals(project).held) == (0, 0)
    taken = [
        lambda: add_attendees(workshop=workshop, kind="resident", by=facilitator),
        lambda: add_notes(
            workshop=workshop, notes=[NewNote(kind="idea", text="Slide")], by=facilitator
        ),
        lambda: set_tables(workshop=workshop, count=4, by=facilitator),
        lambda: make_action(project, workshop=workshop),
    ]
    refused = 0
    for change in taken:
        with pytest.raises(WorkshopCalledOff):
            change()
        refused += 1
    assert refused == 4
    revive_workshop(workshop=workshop, by=facilitator)
    assert workshop_totals(project).workshops == 1
    for change in taken:
        change()
    assert workshop.notes.count() == 1


def test_a_workshop_that_was_held_is_not_called_off(project, facilitator) -> None:
    refused = 0
    for hold in (
        lambda workshop: add_attendees(workshop=workshop, kind="resident", by=facilitator),
        lambda workshop: add_notes(
            workshop=workshop, notes=[NewNote(kind="idea", text="Slide")], by=facilitator
        ),
        lambda workshop: make_action(project, workshop=workshop),
    ):
        workshop = make_workshop(project)
        hold(workshop)
        with pytest.raises(WorkshopWasHeld):
            call_off_workshop(workshop=workshop, why="Snow.", by=facilitator)
        refused += 1
    assert refused == 3
    assert workshop_totals(project).workshops == 3
