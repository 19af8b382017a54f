"""Publishing: the one change that makes a frozen, numbered edition for everyone to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from engagements.disclosure.over_time import Line
from engagements.services.published_counts import keep_published_counts
from plan.edition.format import write
from plan.edition.snapshot import Snapshot
from plan.models import CitedComment, Edition
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import cited_comments, lines_told
from plan.queries.gate import Gate, gate_of
from plan.services.rendering import request_missing

# How often an edition is made before its editor is told that others are changing the project.
_ATTEMPTS = 5
_PAIRS_AT_ONCE = 5_000


class SomethingInTheWay(Refusal):
    """The gate is shut: ``gate_of`` says what has to be put right."""

    sentence = _("The plan can't be published yet. Put right what is listed, then publish.")


class TitleMissing(Refusal):
    """The plan's name is public text too."""

    sentence = _("Give the plan a title in every language.")


class NotYetThatDay(Refusal):
    """An edition is dated by the day it is published."""

    sentence = _("The date is in the future. Publish with today's date, or wait until then.")


class BeforeTheLastEdition(Refusal):
    """An edition is to have an earlier day than the one before it."""

    sentence = _("The last edition has a later date. Choose that day or one after it.")


class ChangedSinceRead(Refusal):
    """What would be published is not what the editor read."""

    sentence = _(
        "Something in the plan has changed since you opened this page, so nothing was published. "
        "Read the draft again, then publish."
    )


class PublishedMeanwhile(Refusal):
    """The page said which edition it would be, and that one is there."""

    def __init__(self, last: Edition, *, by: User) -> None:
        """Say which, and whose it is."""
        words = _(
            "%(name)s has published edition %(number)d meanwhile, so nothing was published. "
            "Look at it before you publish another."
        )
        if last.by == by:
            words = _(
                "You have published edition %(number)d already, in another window, so nothing was "
                "published. Look at it before you publish another."
            )
        super().__init__(words % {"name": last.by.display_name, "number": last.number})


class ChangedWhilePublishing(Refusal):
    """Each time the edition was made, something of the project had changed before it was kept."""

    sentence = _(
        "Somebody was changing something just as you published, so nothing was published. "
        "Try again in a minute."
    )


class NothingNew(Refusal):
    """The last edition says exactly this."""

    sentence = _("The last edition says all this already, so nothing was published.")


def publish(
    *,
    project: Project,
    title: Mapping[str, str],
    by: User,
    published_on: date | None = None,
    read: str = "",
    follows: int | None = None,
    sending: SentForm | None = None,
) -> Edition:
    """Freeze the plan as an edition with the next number, and ask for its files.

    Nobody waits while it is made: the chain is locked to see where it ends, and again to keep the
    edition, where it ends there still. So nothing comes in the way between looking and publishing;
    where something did, it is made again. ``read`` is the ``promises_fingerprint`` that the editor
    saw, and ``follows`` the number of the last edition: of two people at once the second is told.
    ``published_on`` is for records of the past. Raises TitleMissing, NotYetThatDay,
    BeforeTheLastEdition, NothingNew, SomethingInTheWay, ChangedSinceRead, PublishedMeanwhile,
    ChangedWhilePublishing and MadeAlready.
    """
    for _attempt in range(_ATTEMPTS):
        with recorded(project=project, by=by) as ledger:
            if (made := ledger.made_before(sending, Edition)) is not None:
                return made
            last, end = _last_edition(project, follows, by), _end_of(ledger)
        edition = Edition(
            project=project,
            number=last.number + 1 if last else 1,
            title=_check_name(project, title),
            published_on=_check_day(published_on),
            by=by,
        )
        prepared = _prepare(edition, last, read)
        with recorded(project=project, by=by) as ledger:
            if _end_of(ledger) == end:
                return _keep(ledger, prepared, sending)
    raise ChangedWhilePublishing


@dataclass(frozen=True)
class _Prepared:
    """An edition, not yet kept, with what is kept beside it."""

    edition: Edition
    snapshot: Snapshot
    told: Mapping[str, Line]
    cited: Sequence[tuple[int, int]]


def _end_of(ledger: Ledger) -> tuple[int, str]:
    """Return where the chain ends: the same as long as nothing was changed."""
    return ledger.head.number, ledger.head.digest


def _prepare(edition: Edition, last: Edition | None, read: str) -> _Prepared:
    """Freeze the plan into the edition that comes after the last; nothing is kept of it yet."""
    # What the gate has looked at is what is frozen.
    snapshot = (gate := _through_the_gate(edition.project, read)).snapshot
    _check_follows(last, edition.published_on, edition.title, snapshot)
    edition.snapshot = write(snapshot)
    # Whether its number is free is asked where it is kept: somebody may take it until then, and
    # that is no fault of what was written.
    edition.full_clean(validate_unique=False, validate_constraints=False)
    # Read now what its files will be asked for by.
    snapshot_of_edition(edition)
    told = lines_told(gate.counts, gate.actions, snapshot)
    return _Prepared(edition, snapshot, told, cited_comments(gate.actions, snapshot))


def _keep(ledger: Ledger, prepared: _Prepared, sending: SentForm | None) -> Edition:
    """Keep an edition with what stands beside it, and ask for its files."""
    edition, snapshot = prepared.edition, prepared.snapshot
    edition.validate_unique()
    edition.validate_constraints()
    edition.save()
    _keep_beside(ledger, prepared)
    request_missing(ledger=ledger, edition=edition)
    ledger.record(
        "plan.edition_published",
        subject=edition,
        now={
            "number": edition.number,
            "published_on": edition.published_on,
            "actions": snapshot.figures.actions,
            "quotes": len(snapshot.quotes_named),
        },
        sending=sending,
    )
    return _with_head(edition, ledger)


def _last_edition(project: Project, follows: int | None, by: User) -> Edition | None:
    """Return the last edition, where it is the one that the editor knew of."""
    last = Edition.objects.select_related("by").latest_of(project)
    if last is not None and follows not in {None, last.number}:
        raise PublishedMeanwhile(last, by=by)
    return last


def _check_day(published_on: date | None) -> date:
    """Return the day an edition is dated by: today, or one of the past."""
    day = published_on or timezone.localdate()
    if day > timezone.localdate():
        raise NotYetThatDay
    return day


def _with_head(edition: Edition, ledger: Ledger) -> Edition:
    """Keep with an edition the end of the trail as its own entry left it: it prints that."""
    edition.head = ledger.give_out_head()
    edition.save(update_fields=["head"])
    return edition


def _check_name(project: Project, title: Mapping[str, str]) -> Translated:
    """Return what an edition is called, in every language."""
    name = Translated().changed({lang: text.strip() for lang, text in title.items()})
    if name.missing(project.languages):
        raise TitleMissing
    return name


def _keep_beside(ledger: Ledger, prepared: _Prepared) -> None:
    """Note which comments the edition's actions rest on, and what each of its counts stands at."""
    edition = prepared.edition
    keep_published_counts(
        ledger=ledger,
        project=edition.project,
        counted_on=edition.published_on,
        lines=prepared.told,
    )
    _note_cited(edition, prepared.cited)


def _note_cited(edition: Edition, cited: Sequence[tuple[int, int]]) -> None:
    """Insert the pairs by numbers of actions and keys of comments, some thousands at a time.

    They are written out as they are, numbers all: making a row and a parameter of each takes ten
    times as long, and everybody waits.
    """
    table = CitedComment._meta.db_table
    insert = f"INSERT INTO {table} (edition_id, number, comment_id) VALUES "  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(cited), _PAIRS_AT_ONCE):
            some = cited[start : start + _PAIRS_AT_ONCE]
            rows = (f"({edition.pk:d}, {number:d}, {comment:d})" for number, comment in some)
            cursor.execute(insert + ", ".join(rows))


def _through_the_gate(project: Project, read: str) -> Gate:
    """Return the gate, where nothing stands in the way and it lets through what was read."""
    gate = gate_of(project)
    if not gate.is_open:
        raise SomethingInTheWay
    if read and read != gate.promises_fingerprint:
        raise ChangedSinceRead
    return gate


def _check_follows(last: Edition | None, day: date, title: Translated, snapshot: Snapshot) -> None:
    """Refuse an edition dated before the last, or the same as it."""
    if last is None:
        return
    if day < last.published_on:
        raise BeforeTheLastEdition
    if snapshot_of_edition(last) == snapshot and last.title == title:
        raise NothingNew
