"""The audit trail: one chained entry for each change, written in the change's own transaction."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.languages.models import Translated
from coproduction.private_words import without_words
from coproduction.projects.arrival import UNDER_WAY
from coproduction.projects.models import (
    Actor,
    Attested,
    AuditEntry,
    AuditHead,
    Pass,
    PassOver,
    Project,
    Sending,
    TrailHead,
    User,
    Versioned,
)
from coproduction.projects.models.versioned import changes_under_way
from coproduction.projects.public_state import note_change, note_unrecorded
from coproduction.projects.seen import (
    ChangedMeanwhile,
    ChangedSince,
    Clash,
    MadeAlready,
    Removed,
    Seen,
    SentForm,
    merge,
    parts_of,
    source_changed_since,
)
from coproduction.projects.trail.appending import append, digests_of, reached_by
from coproduction.projects.trail.chaining import name_of_chain
from coproduction.projects.trail.reached import note_given_out

Row = TypeVar("Row", bound=Versioned)
Record = TypeVar("Record", bound=models.Model)


class Unrecorded(Exception):
    """A row that the trail attests was saved, and no entry of the change holds its digest."""


# Of a record that was changed very often, as far back as anybody has a form open.
_ENTRIES_ASKED = 100


@dataclass
class Ledger:
    """The end of one project's chain, locked for the length of a transaction."""

    project: Project
    head: AuditHead
    by: User | None
    given_pass: Pass | None
    at: datetime
    is_followed_up: bool = False
    # How many entries were appended.
    entries: int = 0
    # The fields that were changed of rows by their keys, until there is an entry of it.
    changed: dict[str, set[str]] = field(default_factory=dict)
    # What was saved and has to enter an entry still, as the trail calls it.
    unrecorded: set[str] = field(default_factory=set)

    def record(
        self,
        verb: str,
        *,
        subject: models.Model,
        was: Mapping[str, Any] | None = None,
        now: Mapping[str, Any] | None = None,
        follow_up: bool = True,
        sending: SentForm | None = None,
        attests: Iterable[Attested] = (),
    ) -> AuditEntry:
        """Append one entry. Raises WordsRefused when a value holds words.

        ``subject`` is named by its uuid where it has one, else by its primary key. Any change may
        mean that something published has to go, so each is followed up, at the cost of one short
        job for many. ``follow_up=False`` is for what can never mean that, and is frequent or itself
        part of a follow-up. ``sending`` is the form that made ``subject``: see ``made_before``.
        The fields that ``change`` and ``merged`` found changed of it are named in the entry.
        Where ``subject`` is a row that the trail attests, the entry holds its digest; so it does of
        those it ``attests`` besides. What the public reads is drawn anew after it, unless
        coproduction/projects/public_state.py names ``verb`` as one that changes nothing of it.
        """
        key = _key_of(subject)
        if fields := self.changed.pop(key, None):
            now = {**(now or {}), "fields": sorted(fields)}
        digests, salt = digests_of([subject, *attests])
        self.unrecorded -= digests.keys()
        entry = AuditEntry(
            project=self.project,
            at=self.at,
            by=self.by,
            given_pass=self.given_pass,
            verb=verb,
            subject_kind=subject._meta.label_lower,
            subject_id=key,
            was=without_words(was or {}),
            now=without_words(now or {}),
            digests=digests,
            digests_salt=salt,
        )
        note_change(self.head, verb, self.at)
        append(entry, self.head)
        self.entries += 1
        self.is_followed_up |= follow_up
        if sending is not None:
            self._keep_sending(sending, entry)
        return entry

    def _keep_sending(self, sending: SentForm, entry: AuditEntry) -> None:
        """Keep what a form made; what it made before may have been removed since."""
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

    def note_changed(self, row: models.Model, *names: str) -> None:
        """Say which fields of a row a button changed: the next entry of the row names them."""
        self.changed.setdefault(_key_of(row), set()).update(names)

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
            found = merge(seen, now=now, sent=values, together=together)
        except ChangedMeanwhile as refusal:
            refusal.clashes = self._with_hands(row, refusal.clashes)
            raise
        self.note_changed(row, *_names_of_changed(now, found))
        return found

    def who_did(self, verb: str, row: models.Model) -> User | None:
        """Return who last did something to a row, where it was somebody signed in."""
        entries = AuditEntry.objects.filter(project=self.project, subject_key=_key_of(row))
        last = entries.filter(verb=verb).select_related("by").order_by("-number").first()
        return last.by if last else None

    def _with_hands(self, row: models.Model, clashes: Iterable[Clash]) -> list[Clash]:
        """Add to each clash who changed the field last: it was changed since the form was drawn.

        Entries from before they named fields say only who changed something. Where they are all by
        one person, it was that person.
        """
        entries = AuditEntry.objects.filter(project=self.project, subject_key=_key_of(row))
        made = entries.order_by("number").values("number")[:1]
        newest = entries.exclude(number__in=made).select_related("by").order_by("-number")
        later = list(newest[:_ENTRIES_ASKED])
        unclear = [each.by for each in later if "fields" not in each.now]
        found = []
        for clash in clashes:
            wanted = {f"{name}:{clash.language}" for name in clash.keeps}.union(clash.keeps)
            hands = [each.by for each in later if wanted.intersection(each.now.get("fields", ()))]
            if not hands and len(set(unclear)) == 1:
                hands = unclear
            who = hands[0] if hands else None
            name, is_own = (who.display_name, who == self.by) if who else ("", False)
            found.append(replace(clash, who=name, is_own=is_own))
        return found

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

    def give_out_head(self) -> TrailHead:
        """Keep the end of the chain as it is now, to be printed or mailed: see docs/trail.md."""
        kept, made = TrailHead.objects.get_or_create(
            project=self.project,
            number=self.head.number,
            defaults={
                "digest": self.head.digest,
                "key": self.head.key,
                "signature": self.head.signature,
                "at": self.at,
            },
        )
        if made:
            chain = name_of_chain(self.project)
            transaction.on_commit(partial(note_given_out, chain, reached_by(kept)))
        return kept

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


def _names_of_changed(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[str]:
    """Return the names of the values that differ; of a text's languages each as "name:language"."""
    found = []
    for name, value in then.items():
        was, is_now = parts_of(now[name]), parts_of(value)
        if not isinstance(value, Mapping):
            found += [name] if was != is_now else []
            continue
        found += [f"{name}:{part}" for part in value if was.get(part, "") != is_now.get(part, "")]
    return sorted(found)


def _key_of(row: models.Model) -> str:
    """Return what names a row in the trail."""
    return str(getattr(row, "uuid", None) or row.pk)


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
    the change is queued here, so that no service can forget it. Raises Unrecorded when a row that
    the trail attests was saved and entered none of its entries.
    """
    with transaction.atomic():
        if (ledger := _open.get().get(project.pk)) is not None:
            head, unrecorded, entries = ledger.head, set(ledger.unrecorded), ledger.entries
            before = {name: getattr(head, name) for name in (*AuditHead.END, *AuditHead.STATES)}
            try:
                with transaction.atomic():
                    yield ledger
            except BaseException:
                head.__dict__.update(before)
                ledger.unrecorded, ledger.entries = unrecorded, entries
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
            if ledger.unrecorded:
                raise Unrecorded(", ".join(sorted(ledger.unrecorded)))
            if not ledger.entries:
                # Rows that come in a piece at a time have one entry, at the end: they count on.
                note_unrecorded(head, ledger.at)
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
