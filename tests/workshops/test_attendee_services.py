"""Changes to who came to a workshop."""

import pytest
from django.core.exceptions import ValidationError

from coproduction.projects.models import AuditEntry
from tests.workshops.material import (
    make_organisation,
    make_workshop,
)
from workshops.models import Attendee
from workshops.services.attendee import (
    ImpossibleNumber,
    OrganisationMissing,
    ResidentFromOrganisation,
    add_attendees,
    remove_attendees,
)
from workshops.services.same_project import OtherProject, OtherTable


def verbs(project) -> list[str]:
    """Return what the audit trail says was done at workshops, in order."""
    entries = AuditEntry.objects.filter(project=project, verb__startswith="workshops.")
    return list(entries.order_by("number").values_list("verb", flat=True))


def test_many_people_come_in_one_step_and_the_first_have_names(project, facilitator) -> None:
    workshop = make_workshop(project)
    table = workshop.tables.get(number=1)
    added = add_attendees(
        workshop=workshop,
        kind="resident",
        count=3,
        names=["Mair"],
        table=table,
        by=facilitator,
    )
    assert [person.name for person in workshop.attendees.order_by("pk")] == ["Mair", "", ""]
    assert len({person.step for person in added}) == 1
    assert remove_attendees(workshop=workshop, step=added[0].step, by=facilitator) == 3
    assert not workshop.attendees.exists()
    assert verbs(project)[-2:] == ["workshops.attendees_added", "workshops.attendees_removed"]


def test_partners_come_from_an_organisation_and_residents_do_not(project, facilitator) -> None:
    workshop, body = make_workshop(project), make_organisation(project)
    with pytest.raises(OrganisationMissing):
        add_attendees(workshop=workshop, kind="partner", by=facilitator)
    with pytest.raises(ResidentFromOrganisation):
        add_attendees(workshop=workshop, kind="resident", organisation=body, by=facilitator)
    with pytest.raises(ImpossibleNumber):
        add_attendees(workshop=workshop, kind="resident", count=0, by=facilitator)
    with pytest.raises(ValidationError):
        add_attendees(workshop=workshop, kind="visitor", by=facilitator)
    assert not Attendee.objects.exists()
    add_attendees(workshop=workshop, kind="partner", organisation=body, by=facilitator)
    assert workshop.attendees.get().organisation == body


def test_people_are_never_seated_elsewhere(project, other_project, facilitator) -> None:
    workshop, another = make_workshop(project), make_workshop(other_project)
    with pytest.raises(OtherTable):
        add_attendees(
            workshop=workshop, kind="resident", table=another.tables.first(), by=facilitator
        )
    with pytest.raises(OtherProject):
        add_attendees(
            workshop=workshop,
            kind="partner",
            organisation=make_organisation(other_project),
            by=facilitator,
        )
    assert not Attendee.objects.exists()
