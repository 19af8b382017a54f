"""Figures of the workshops."""

import datetime

from django.utils import timezone

from tests.workshops.material import (
    add_note,
    make_action,
    make_organisation,
    make_workshop,
)
from workshops.queries.counts import WorkshopTotals, workshop_totals, workshops_with_counts
from workshops.services.attendee import add_attendees


def test_workshops_are_listed_with_their_counts(project, facilitator) -> None:
    workshop = make_workshop(project)
    add_attendees(workshop=workshop, kind="resident", count=3, by=facilitator)
    body = make_organisation(project)
    add_attendees(workshop=workshop, kind="partner", count=2, organisation=body, by=facilitator)
    add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    make_action(project, workshop=workshop, theme=workshop.theme)
    row = workshops_with_counts(project).get()
    assert (row.residents, row.partners, row.note_count, row.action_count) == (3, 2, 1, 1)
    totals = WorkshopTotals(workshops=1, held=1, residents=3, partners=2, actions=1)
    assert workshop_totals(project) == totals


def test_nobody_has_come_to_a_workshop_of_a_day_to_come(project, facilitator) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    workshop = make_workshop(project, date=tomorrow)
    add_attendees(workshop=workshop, kind="resident", count=3, by=facilitator)
    totals = WorkshopTotals(workshops=1, held=0, residents=0, partners=0, actions=0)
    assert workshop_totals(project) == totals
