"""The audit trail: one chained entry for each change, written in the change's own transaction."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from coproduction.fingerprints import fingerprint
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.languages.models import Translated
from coproduction.private_words import without_words
from coproduction.projects.arrival import UNDER_WAY
from coproduction.projects.models import (
    Actor,
    AuditEntry,
    AuditHead,
    Pass,
    PassOver,
    Project,
    Sending,
    User,
    Versioned,
)
from coproduction.projects.models.versioned import changes_under_way
from coproduction.projects.seen import (
    ChangedMeanwhile,
    ChangedSince,
    MadeAlready,
    Removed,
    Seen,
    SentForm,
    merge,
    source_changed_since,
)

Row = TypeVar("Row", bound=Versioned)
Record = TypeVar("Record", bound=models.Model)


def digest_of(entry: AuditEntry, project_uuid: str, by_uuid: str | None) -> str:
    """Return the hash of an entry: everything it says, and the hash of the one before it."""
    content = {
        "project": project_uuid,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": by_uuid,
        "verb": entry.verb,
        "subject": [entry.subject_kind, entry.subject_id],
        "was": entry.was,
        "now": entry.now,
        "previous": entry.previous,
    }
    # Entries from before there were passes keep the hash they had.
    if entry.given_pass is not None:
        content["pass"] = str(entry.given_pass.uuid)
    return fingerprint(json.dumps(content, sort_keys=True, separators=(",", ":")))


@dataclass
class Ledger:
    """The end of one project's chain, locked for the length of a transaction."""

    project: Project
    head: AuditHead
    by: User | None
    given_pass: Pass | None
    at: datetime
    is_followed_up: bool = False

    def record(
        self,
        verb: str,
        *,
        subject: models.Model,
        was: Mapping[str, Any] | None = None,
        now: Mapping[str, Any] | None = None,
        follow_up: bool = True,
        sending: SentForm | None = None,
    ) -> AuditEntry:
        """Append one entry. Raises WordsRefused when a value holds words.

        ``subject`` is named by its uuid where it has one, else by its primary key. Any change may
        mean that something published has to go, so each is followed up, at the cost of one short
        job for many. ``follow_up=False`` is for what can never mean that, and is frequent or itself
        part of a follow-up. ``sending`` is the form that made ``subject``: see ``made_before``.
        """
        entry = AuditEntry(
            project=self.project,
            number=self.head.number + 1,
            at=self.at,
            by=self.by,
            given_pass=self.given_pass,
            verb=verb,
            subject_kind=subject._meta.label_lower,
            subject_id=str(getattr(subject, "uuid", None) or subject.pk),
            was=without_words(was or {}),
            now=without_words(now or {}),
            previous=self.head.digest,
        )
        by_uuid = str(self.by.uuid) if self.by else None
        entry.digest = digest_of(entry, str(self.project.uuid), by_uuid)
        entry.save(force_insert=True)
        self.head.number, self.head.digest = entry.number, entry.digest
        self.head.save(update_fields=["number", "digest"])
        self.is_followed_up |= follow_up
        if sending is not None:
            # What it made before may have been removed since.
            Sending.objects.update_or_create(
                project=self.project,
                page=sending.page,
                content=sending.content,
                defaults={
                    "subject_kind": entry.subject_kind,
                    "subject_key": entry.subject_id,
                    "at": self.at,
                },
            )
        return entry

    def refresh(self, row: Row, *, version: int | None = None) -> Row:
        """Read a row again, now that nobody else can change it; return it. Raises Removed.

        A row that was read before the lock can't be saved without. ``version`` is the one that the
        page showed on which a button was pressed: where it is another by now, raises ChangedSince.
        """
        # The project is what is locked, so it need not be asked for again.
        project = getattr(row, "project", None) if "project" in row._state.fields_cache else None
        try:
            row.refresh_from_db()
        except type(row).DoesNotExist:
            raise Removed from None
        if project is not None:
            row.project = project  # type: ignore[attr-defined]
        if version is not None and row.version != version:
            raise ChangedSince
        return row

    def change(
        self,
        row: Row,
        *,
        seen: Seen | None,
        together: Iterable[Iterable[str]] = (),
        **values: Any,
    ) -> frozenset[str]:
        """Read a row under the lock and put in place those ``values`` that the person changed.

        Return the names of what is different now. ``seen`` is what the form was drawn from, None
        for a command; what only somebody else changed since is left as they made it. Names in
        ``together`` are taken whole. Nothing is saved but sets of records, so check the row and
        save it. Raises ChangedMeanwhile and Removed.
        """
        if not row.is_fresh:
            self.refresh(row)
        present = {name: getattr(row, name) for name in values}
        merged = self.merged(row, seen=seen, together=together, now=present, **values)
        older = source_changed_since(seen, present) if seen else frozenset()
        return frozenset(
            name
            for name, value in merged.items()
            if _put(row, name, value, beside_older=name in older)
        )

    def merged(
        self,
        row: Versioned,
        *,
        seen: Seen | None,
        now: Mapping[str, Any],
        together: Iterable[Iterable[str]] = (),
        **values: Any,
    ) -> dict[str, Any]:
        """Return those ``values`` that the person changed, and what is there ``now`` for the rest.

        For what is not put in place on the row as it is; ``change`` is for everything else. Of a
        text it gives only the languages that the person changed. Raises ChangedMeanwhile.
        """
        try:
            return merge(seen, now=now, sent=values, together=together)
        except ChangedMeanwhile as refusal:
            refusal.who = self._last_hand(row)
            raise

    def _last_hand(self, row: models.Model) -> str:
        """Return what to call whoever changed a row last, other than who is changing it now."""
        key = str(getattr(row, "uuid", None) or row.pk)
        entries = AuditEntry.objects.filter(project=self.project, subject_id=key)
        last = entries.exclude(by=None).select_related("by").order_by("-number").first()
        return last.by.display_name if last is not None and last.by is not None else ""

    def made_before(self, sending: SentForm | None, kind: type[Record]) -> Record | None:
        """Return what this very sending of a form has made already; None when it is new.

        Raises MadeAlready when the same page made something, and was sent again saying something
        else: only a person knows whether that is another one or the first put right.
        """
        if sending is None:
            return None
        found = Sending.objects.filter(
            project=self.project, page=sending.page, subject_kind=kind._meta.label_lower
        )
        made = {each.subject_key: each.content for each in found.order_by("pk")}
        rows: Any = kind._default_manager
        # What was removed since counts for nothing.
        there: dict[str, Record] = {str(row.uuid): row for row in rows.filter(uuid__in=made)}
        for key, row in there.items():
            if made[key] == sending.content:
                return row
        if there:
            raise MadeAlready(next(there[key] for key in reversed(made) if key in there))
        return None

    def queue_follow_up(self) -> None:
        """Have later stages look at what they published, once for all that was recorded since.

        The job is named in the settings, since nothing here knows of later stages.
        """
        if self.is_followed_up:
            enqueue(
                task=settings.FOLLOW_UP_TASK,
                scope=str(self.project.uuid),
                arguments={"project": self.project.pk},
                unique=f"{settings.FOLLOW_UP_TASK}:{self.project.pk}",
                tries=UNTIL_DONE,
            )


def _put(row: Versioned, name: str, value: Any, *, beside_older: bool = False) -> bool:
    """Put one value in place; say whether that changed anything."""
    before = getattr(row, name)
    if isinstance(before, models.Manager):
        if set(before.all()) == set(value):
            return False
        before.set(value)  # type: ignore[attr-defined]
        return True
    if isinstance(before, Translated):
        beside_older &= before.source not in value
        value = before.changed(value, beside_older=beside_older)
    setattr(row, name, value)
    return bool(before != value)


# The ledgers open in this thread, by project: a service that calls another shares its chain end.
_open: ContextVar[Mapping[int, Ledger]] = ContextVar("open ledgers", default=MappingProxyType({}))


@contextmanager
def recorded(*, project: Project, by: Actor | None) -> Iterator[Ledger]:
    """Open a transaction with the project's chain locked, for one change and its entry.

    The head row is locked before anything else, always: two writers wait for each other there, and
    so can't each hold what the other needs. ``by`` is a person, or the pass that somebody without
    an account was given, and None for what a resident does signed out. Raises PassOver for one that
    was taken back or has ended.
    A service called by another joins its ledger; what it wrote goes if it fails. The follow-up of
    the change is queued here, so that no service can forget it.
    """
    with transaction.atomic():
        if (ledger := _open.get().get(project.pk)) is not None:
            end = (ledger.head.number, ledger.head.digest)
            try:
                with transaction.atomic():
                    yield ledger
            except BaseException:
                ledger.head.number, ledger.head.digest = end
                raise
            return
        head = AuditHead.objects.select_for_update().get(project=project)
        given = by if isinstance(by, Pass) else None
        person = by if isinstance(by, User) else None
        ledger = Ledger(project=project, head=head, by=person, given_pass=given, at=timezone.now())
        if given is not None:
            _note_use(given, project, ledger.at)
        token = _open.set({**_open.get(), project.pk: ledger})
        changes = changes_under_way.set((*changes_under_way.get(), ledger))
        try:
            yield ledger
            ledger.queue_follow_up()
        finally:
            changes_under_way.reset(changes)
            _open.reset(token)


def _note_use(given: Pass, project: Project, at: datetime) -> None:
    """Note under the lock when a pass was used; what reached us in time still counts.

    Raises PassOver.
    """
    in_force = Pass.objects.of(project).in_force_at(at - UNDER_WAY)
    if not in_force.filter(pk=given.pk).update(last_used_at=at):
        raise PassOver


@dataclass(frozen=True)
class Verdict:
    """What checking a chain found: how many entries, and the first fault, if any."""

    entries: int
    fault: str | None = None


def verify(project: Project) -> Verdict:
    """Recompute a project's chain from its first entry; stop at the first fault."""
    previous, expected = "", 1
    rows = AuditEntry.objects.filter(project=project).select_related("by", "given_pass")
    rows = rows.order_by("number")
    for entry in rows.iterator(chunk_size=2_000):
        by_uuid = str(entry.by.uuid) if entry.by else None
        if entry.number != expected:
            return Verdict(expected - 1, f"entry {expected} is missing")
        if entry.previous != previous:
            return Verdict(expected - 1, f"entry {expected} does not follow the one before it")
        if entry.digest != digest_of(entry, str(project.uuid), by_uuid):
            return Verdict(expected - 1, f"entry {expected} was changed")
        previous, expected = entry.digest, expected + 1
    head = AuditHead.objects.get(project=project)
    if (head.number, head.digest) != (expected - 1, previous):
        return Verdict(expected - 1, f"the chain ends at {expected - 1}, not at {head.number}")
    return Verdict(expected - 1)
