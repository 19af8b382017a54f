"""Changes to workshops and their tables."""

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from themes.models import Theme
from workshops.models import Table, Workshop
from workshops.services.same_project import require_theme

MOST_TABLES = 60


class TooManyTables(Refusal):
    """More tables than any hall holds, or fewer than none."""

    sentence = _("A workshop can have up to 60 tables.")


class TableInUse(Refusal):
    """A table that has notes or people stays."""

    sentence = _("A table that has notes or people can't be taken away.")


class WorkshopCalledOff(Refusal):
    """Nothing is written down of a workshop that is not held."""

    sentence = _(
        "This workshop was called off, so nothing was saved. If it is held after all, say so on "
        "its page first."
    )


class WorkshopWasHeld(Refusal):
    """What people said and proposed at a workshop would be called off with it."""

    sentence = _(
        "People, notes or actions are written down for this workshop, so it was held. If it was "
        "not, take them off first."
    )


def standing_workshop(ledger: Ledger, workshop: Workshop) -> Workshop:
    """Read a workshop again, now that the project is locked. Raises WorkshopCalledOff."""
    if ledger.refresh(workshop).called_off_at is not None:
        raise WorkshopCalledOff
    return workshop


def plan_workshop(
    *,
    project: Project,
    title: Mapping[str, str],
    theme: Theme,
    date: datetime.date,
    by: User,
    place: str = "",
    purpose: str = "",
    tables: int = 0,
    sending: SentForm | None = None,
) -> Workshop:
    """Plan a workshop on a theme, with so many numbered tables; by one ``sending`` of a form, once.

    Raises NotACurrentTheme, OtherProject, TooManyTables, MadeAlready and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Workshop)) is not None:
            return made
        require_theme(project, theme)
        workshop = Workshop(
            project=project,
            title=Translated().changed(title),
            theme=theme,
            place=place,
            date=date,
            purpose=purpose,
        )
        workshop.full_clean()
        workshop.save()
        _add_missing_tables(workshop, tables)
        ledger.record(
            "workshops.workshop_planned",
            subject=workshop,
            now={"theme": theme.uuid, "date": date, "tables": tables},
            sending=sending,
        )
    return workshop


def change_workshop(
    *,
    workshop: Workshop,
    title: Mapping[str, str],
    theme: Theme,
    date: datetime.date,
    place: str,
    purpose: str,
    by: User,
    seen: Seen | None = None,
) -> Workshop:
    """Change what a workshop is about, where or when.

    Raises WorkshopCalledOff, NotACurrentTheme, OtherProject, ChangedMeanwhile and ValidationError.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        standing_workshop(ledger, workshop)
        before, was = workshop.theme_id, {"theme": workshop.theme.uuid, "date": workshop.date}
        ledger.change(
            workshop, seen=seen, title=title, theme=theme, date=date, place=place, purpose=purpose
        )
        if workshop.theme_id != before:
            require_theme(workshop.project, workshop.theme)
        workshop.full_clean()
        workshop.save()
        ledger.record(
            "workshops.workshop_changed",
            subject=workshop,
            was=was,
            now={"theme": workshop.theme.uuid, "date": workshop.date},
        )
    return workshop


def call_off_workshop(*, workshop: Workshop, why: str, by: User) -> Workshop:
    """Call a workshop off: it stays on the list, with the reason.

    Raises WorkshopCalledOff and WorkshopWasHeld.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        standing_workshop(ledger, workshop)
        if (
            workshop.attendees.exists()
            or workshop.notes.not_undone().exists()
            or workshop.actions.standing().exists()
        ):
            raise WorkshopWasHeld
        workshop.called_off_at, workshop.called_off_why = ledger.at, why.strip()
        workshop.save(update_fields=["called_off_at", "called_off_why"])
        ledger.record(
            "workshops.workshop_called_off", subject=workshop, was={"date": workshop.date}
        )
    return workshop


def revive_workshop(*, workshop: Workshop, by: User) -> Workshop:
    """Hold after all a workshop that was called off; any other is left as it is."""
    with recorded(project=workshop.project, by=by) as ledger:
        if ledger.refresh(workshop).called_off_at is None:
            return workshop
        workshop.called_off_at, workshop.called_off_why = None, ""
        workshop.save(update_fields=["called_off_at", "called_off_why"])
        ledger.record("workshops.workshop_revived", subject=workshop)
    return workshop


def set_tables(*, workshop: Workshop, count: int, by: User, seen: Seen | None = None) -> int:
    """Have so many tables: add the missing ones, or take the last ones away; return how many.

    Raises WorkshopCalledOff, TooManyTables, ChangedMeanwhile, and TableInUse for one that has notes
    (even undone) or people.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        was = standing_workshop(ledger, workshop).tables.count()
        count = ledger.merged(workshop, seen=seen, now={"count": was}, count=count)["count"]
        if count == was:
            return count
        spare = workshop.tables.filter(number__gt=count)
        if (
            spare.filter(notes__isnull=False).exists()
            or spare.filter(attendees__isnull=False).exists()
        ):
            raise TableInUse
        for table in spare:
            # So that a page still open at one of them can be told.
            ledger.record("workshops.table_removed", subject=table, was={"table": table.number})
        spare.delete()
        _add_missing_tables(workshop, count)
        ledger.record(
            "workshops.tables_set", subject=workshop, was={"tables": was}, now={"tables": count}
        )
    return count


def name_host(*, table: Table, host: str, by: User, seen: Seen | None = None) -> Table:
    """Say who leads or writes at a table. Raises ChangedMeanwhile and ValidationError."""
    workshop = table.workshop
    with recorded(project=workshop.project, by=by) as ledger:
        ledger.change(table, seen=seen, host=host)
        table.full_clean()
        table.save(update_fields=["host"])
        ledger.record("workshops.host_named", subject=workshop, now={"table": table.number})
    return table


def _add_missing_tables(workshop: Workshop, count: int) -> None:
    """Add the tables that are missing up to ``count``."""
    if not 0 <= count <= MOST_TABLES:
        raise TooManyTables
    there = set(workshop.tables.values_list("number", flat=True))
    Table.objects.bulk_create(
        Table(workshop=workshop, number=number)
        for number in range(1, count + 1)
        if number not in there
    )
