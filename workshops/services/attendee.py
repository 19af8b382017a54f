"""Changes to who came to a workshop."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Organisation, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, SentForm
from workshops.models import Attendee, Table, Workshop
from workshops.services.same_project import require_table, require_within
from workshops.services.workshop import standing_workshop

MOST_AT_ONCE = 200


class ImpossibleNumber(Refusal):
    """A number of people that cannot be."""

    sentence = _("Say how many people, from 1 to 200 at a time.")


class OrganisationMissing(Refusal):
    """A partner always comes from somewhere."""

    sentence = _("Choose the organisation these partners came from.")


class ResidentFromOrganisation(Refusal):
    """A resident was given an organisation."""

    sentence = _("Residents come for themselves. Leave the organisation empty.")


class AddedAlready(MadeAlready):
    """People were added from this page, and it was sent again saying something else."""

    def __init__(self, workshop: Workshop) -> None:
        """Ask to look at the list."""
        super().__init__(workshop)
        self.sentence = _(
            "You have added people from this page already, and gone back to it. Look at who is on "
            "the list below. If these came as well, save again."
        )


def add_attendees(
    *,
    workshop: Workshop,
    kind: str,
    by: User,
    count: int = 1,
    names: Sequence[str] = (),
    organisation: Organisation | None = None,
    table: Table | None = None,
    sending: SentForm | None = None,
) -> list[Attendee]:
    """Add people who came, several at once, in one step; the first ones may have names.

    More names than ``count`` make it as many as there are names. One ``sending`` of a form adds
    them once. Raises ImpossibleNumber, OrganisationMissing, ResidentFromOrganisation, OtherProject,
    WorkshopCalledOff, OtherTable, AddedAlready and ValidationError.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        standing_workshop(ledger, workshop)
        require_within(workshop.project, organisation)
        require_table(workshop, table)
        count = max(count, len(names))
        _check_attendees(kind, count, organisation)
        step = uuid.uuid5(sending.page, sending.content) if sending else uuid.uuid4()
        if there := _added_before(ledger, workshop, sending, step):
            return there
        of_all = {"workshop": workshop, "organisation": organisation, "table": table}
        people = [
            Attendee(kind=kind, name=name, step=step, **of_all)
            for name in [*names, *[""] * (count - len(names))]
        ]
        for person in people:
            person.clean_fields(exclude=["workshop", "organisation", "table"])
        Attendee.objects.bulk_create(people)
        ledger.record(
            "workshops.attendees_added",
            subject=workshop,
            now={
                "kind": kind,
                "count": count,
                "organisation": organisation.uuid if organisation else None,
                "table": table.number if table else None,
                "step": step,
            },
            sending=sending,
        )
    return people


def _added_before(
    ledger: Ledger, workshop: Workshop, sending: SentForm | None, step: uuid.UUID
) -> list[Attendee]:
    """Return who is there from this very sending; those taken off since can be added again."""
    try:
        made = ledger.made_before(sending, Workshop)
    except MadeAlready:
        raise AddedAlready(workshop) from None
    return list(workshop.attendees.filter(step=step)) if made is not None else []


def _check_attendees(kind: str, count: int, organisation: Organisation | None) -> None:
    """Refuse a number of people that cannot be, or people who came from nowhere they could."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise ImpossibleNumber
    if kind == Attendee.Kind.PARTNER and organisation is None:
        raise OrganisationMissing
    if kind == Attendee.Kind.RESIDENT and organisation is not None:
        raise ResidentFromOrganisation


def remove_attendees(*, workshop: Workshop, step: uuid.UUID, by: User) -> int:
    """Take off everybody who was added in one step, names and all; return how many."""
    with recorded(project=workshop.project, by=by) as ledger:
        removed, _by_model = workshop.attendees.filter(step=step).delete()
        if removed:
            ledger.record(
                "workshops.attendees_removed",
                subject=workshop,
                was={"count": removed, "step": step},
            )
    return removed
