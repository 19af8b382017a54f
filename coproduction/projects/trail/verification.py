"""Checking a trail: its chain, its signatures, and every row that it attests, as it is now.

Each fault is a plain sentence with where it is. Read a piece at a time: a chain may be long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import Storage

from coproduction.fingerprints import RunningFingerprint
from coproduction.projects.models import Attested, AuditEntry, AuditHead, Project, TrailHead
from coproduction.projects.trail.attestation import (
    Attestation,
    is_from_before,
    taken_under_new_names,
)
from coproduction.projects.trail.came import CameWith, came_with
from coproduction.projects.trail.chaining import digest_of, head_to_sign, name_of_chain
from coproduction.projects.trail.moment import as_of_one_moment
from coproduction.projects.trail.reached import (
    Reached,
    ReachedUnreadable,
    end_reached,
    heads_given_out,
)
from coproduction.projects.trail.signing import (
    KeysUnreadable,
    is_signed,
    key_in_force,
    keys_on_file,
)

_AT_ONCE = 2_000
# How far from its number an entry is looked for that stands in the wrong place.
_NEAR = 200


@dataclass(frozen=True)
class Verdict:
    """What checking found: how many entries are sound, what was compared, and every fault."""

    entries: int
    faults: tuple[str, ...] = ()
    # What is no fault, and whoever reads the verdict should know.
    notices: tuple[str, ...] = field(default=(), compare=False)
    rows: int = field(default=0, compare=False)
    files: int = field(default=0, compare=False)
    heads: int = field(default=0, compare=False)

    @property
    def fault(self) -> str | None:
        """The first fault, if any."""
        return self.faults[0] if self.faults else None


class _Check:
    """One check of one chain, from its first entry to its rows."""

    def __init__(self, project: Project | None) -> None:
        self.project = project
        self.chain = name_of_chain(project)
        self.faults: list[str] = []
        self.notices: list[str] = []
        self.attested: dict[str, Attestation] = {}
        self.given_out: dict[int, TrailHead] = {}
        self.on_file: list[str] = []
        # Whether there ever was a key here: then there is no end that was rightly not signed.
        self.had_key = False
        # The key that the end has to bear; empty where there never was any here.
        self.in_force = ""
        self.came = CameWith()
        # What was kept beside the keys: the last entry, by its number, and heads given out.
        self.reached: dict[int, Reached] = {}
        self.kept_heads: list[Reached] = []
        self.sound = self.rows = self.files = self.heads = 0

    def verdict(self) -> Verdict:
        """Check it all."""
        self.read_keys()
        # Before the rows: beside the keys it may be behind them, and must not be ahead.
        self.read_reached()
        with as_of_one_moment():
            given_out = TrailHead.objects.filter(project=self.project) if self.project else []
            self.given_out = {head.number: head for head in given_out}
            last = self.check_chain()
            self.check_end(last)
            self.check_heads(last.number if last else 0)
            if self.project is not None:
                self.check_rows(self.project)
        if not any(head.key for head in self.given_out.values()):
            self.notices.append("no signed head was given out yet, in an edition or with minutes")
        return Verdict(
            entries=self.sound,
            faults=tuple(self.faults),
            notices=tuple(self.notices),
            rows=self.rows,
            files=self.files,
            heads=self.heads,
        )

    def read_keys(self) -> None:
        """Read the keys; say what is wrong with them."""
        self.in_force = key_in_force()
        try:
            self.on_file = [key.key for key in keys_on_file()]
            self.came = came_with(self.chain)
        except KeysUnreadable as trouble:
            self.had_key = True
            self.faults.append(str(trouble))
        if self.on_file and not self.in_force:
            self.in_force = self.on_file[-1]
            self.faults.append(
                "the key to sign with is gone, or can't be read: nothing is signed any more"
            )
        elif self.in_force and self.in_force not in self.on_file:
            self.on_file.append(self.in_force)
            self.faults.append(f"the key that is signed with, {self.in_force}, is not on file")

        self.had_key |= bool(self.on_file)

    def read_reached(self) -> None:
        """Read what was kept of this chain beside the keys."""
        try:
            end = end_reached(self.chain)
            self.reached = {end.number: end} if end else {}
            self.kept_heads = heads_given_out(self.chain)
        except ReachedUnreadable as trouble:
            self.faults.append(f"how far the chain came can't be read: {trouble}")

    def check_chain(self) -> AuditEntry | None:
        """Compute every entry anew; return the last."""
        before: AuditEntry | None = None
        rows = AuditEntry.objects.filter(project=self.project).select_related("by", "given_pass")
        for entry in rows.order_by("number").iterator(chunk_size=_AT_ONCE):
            found = len(self.faults)
            expected = before.number + 1 if before else 1
            if entry.number != expected:
                self.faults.append(_missing(expected, entry.number - 1))
            elif entry.previous != (before.digest if before else ""):
                self.faults.append(f"entry {expected} does not follow the one before it")
            elif before and entry.form < before.form:
                self.faults.append(f"entry {expected} is of an older form than the one before it")
            self._check_entry(entry)
            self.sound += len(self.faults) == found
            kept = self.reached.get(entry.number)
            if kept is not None and kept.digest != entry.digest:
                self.faults.append(
                    f"entry {entry.number} is not the one that there was: entries were written anew"
                )
            if entry.number in self.given_out:
                self._check_given_out(self.given_out[entry.number], entry.digest)
            before = entry
        return before

    def _check_entry(self, entry: AuditEntry) -> None:
        """Check that an entry says what its hash was made of; note what it attests."""
        if digest_of(entry, self.chain) != entry.digest:
            number = self._written_as(entry)
            self.faults.append(
                f"entry {entry.number} was changed"
                if number is None
                else f"entry {entry.number} is out of order: it was written as entry {number}"
            )
        if not isinstance(entry.digests, dict) or (entry.form == 1 and entry.digests):
            # No entry of the first form had any, and its hash is not made of them.
            self.faults.append(f"entry {entry.number} was changed: it can attest nothing")
            return
        can_differ = entry.number <= self.came.until and entry.subject_id.isdecimal()
        if entry.subject_key != entry.subject_id and not can_differ:
            self.faults.append(f"entry {entry.number} was changed: it is about another record")
        self.attested |= taken_under_new_names(entry, self.attested)
        for name, digest in entry.digests.items():
            known = self.attested.get(name)
            self.attested[name] = Attestation(
                number=entry.number,
                digest=digest,
                salt=entry.digests_salt,
                first=known.first if known else entry.number,
                is_from_before=known.is_from_before if known else is_from_before(entry),
            )

    def _written_as(self, entry: AuditEntry) -> int | None:
        """Return under which other number an entry's hash was made; None when it was changed."""
        here = entry.number
        try:
            for number in range(max(1, here - _NEAR), here + _NEAR):
                entry.number = number
                if number != here and digest_of(entry, self.chain) == entry.digest:
                    return number
            return None
        finally:
            entry.number = here

    def check_end(self, last: AuditEntry | None) -> None:
        """Check that the chain ends where it is said to, and that its end is signed."""
        head = AuditHead.objects.filter(project=self.project).first()
        number, digest = (last.number, last.digest) if last else (0, "")
        for kept in self.reached.values():
            if kept.number > number:
                self.faults.append(
                    f"entries after {number} were taken out: there were {kept.number}"
                )
        if head is None:
            self.faults += [] if last is None else ["the end of the chain is missing"]
            return
        if head.number != number:
            self.faults.append(f"the chain ends at {number}, not at {head.number}")
        elif head.digest != digest:
            self.faults.append(f"entry {number} is not the one that the chain ended with")
        if last is not None or head.number:
            self._check_signature(f"the end of the chain, at entry {head.number},", head)
        if head.signature and not self.had_key:
            self.faults.append(
                "the keys are gone, and the chain was signed: put them back, or the next entry is "
                "signed with a new one"
            )
        if head.signature and self.in_force and head.key != self.in_force:
            self.faults.append(
                f"the end of the chain, at entry {head.number}, is signed with another key than "
                "the one in force"
            )

    def check_heads(self, last: int) -> None:
        """Check that each head that was given out is there, and none bears an older key again."""
        newest = 0
        for number in sorted(self.given_out):
            head = self.given_out[number]
            if number > last:
                self.faults.append(
                    f"the chain ends at {last}, and a head of entry {number} was given out"
                )
            place = self.came.place_of(head, self.on_file)
            if place is not None:
                if place < newest:
                    self.faults.append(
                        f"the head given out at entry {number} is signed with an older key than "
                        "one before it"
                    )
                newest = max(newest, place)
        for kept in self.kept_heads:
            found = self.given_out.get(kept.number)
            if found is None:
                self.faults.append(f"the head given out at entry {kept.number} was taken out")
            elif found.digest != kept.digest:
                self.faults.append(f"the head given out at entry {kept.number} was changed")

    def _check_given_out(self, head: TrailHead, digest: str) -> None:
        """Check a head that was printed or mailed against the chain, and its signature."""
        self.heads += 1
        if head.digest != digest:
            self.faults.append(
                f"the head given out at entry {head.number} is not that of the chain: entries up "
                "to it were written anew"
            )
        self._check_signature(f"the head given out at entry {head.number}", head)

    def _check_signature(self, where: str, head: AuditHead | TrailHead) -> None:
        """Check the signature of a head, by a key that is on file."""
        if not head.signature:
            # The key was lost since, or this was emptied.
            told = self.faults if self.had_key else self.notices
            told.append(f"{where} is not signed")
            return
        text = head_to_sign(self.chain, head.number, head.digest)
        if not is_signed(text, key=head.key, signature=head.signature):
            self.faults.append(f"{where} does not bear its signature: it was written anew")
        elif self.on_file and self.came.place_of(head, self.on_file) is None:
            self.faults.append(
                f"{where} is signed with a key that is not on file: {head.key}. If an edition or a "
                "letter of that time names it, add it to public-keys; otherwise it is not yours"
            )
        elif not self.on_file:
            self.notices.append(f"{where} is signed with {head.key}; no key is on file here")

    def check_rows(self, project: Project) -> None:
        """Compare every row that the trail attests, or should, with what it says last."""
        there: set[str] = set()
        for model in attested_models():
            latest: Any = None
            for row in _rows_of(model, project):
                self.rows += 1
                there.add(row.name_in_trail)
                said = self.attested.get(row.name_in_trail)
                if said is None:
                    self.faults.append(f"{_called(row)} is there, and no entry tells of it")
                    continue
                place = getattr(row, model.in_order_of) if model.in_order_of else said.first
                if latest is not None and place < latest:
                    self.faults.append(f"{_called(row)} is out of order among the rows of its kind")
                latest = place
                self._check_row(row, said)
        for name, said in self.attested.items():
            if name not in there:
                called = _named(name)
                self.faults.append(f"{called} was deleted; entry {said.number} tells of it")

    def _check_row(self, row: Attested, said: Attestation) -> None:
        """Compare one row, its file and the head that it prints, with what the trail says."""
        known = 0 < said.form <= len(row.attested)
        if not known or _digest_now(row, said) != said.digest:
            self.faults.append(f"{_called(row)} was changed since entry {said.number}")
        if row.file_to_check is not None:
            self.files += 1
            held = _bytes_of(row.file_to_check.storage, row.file_to_check.name)
            if held is None:
                self.faults.append(f"the file of {_called(row)} is gone")
            elif held != row.hash_to_check:
                self.faults.append(f"the file of {_called(row)} was changed")
        if hasattr(row, "head_id"):
            self._check_printed(row, said)

    def _check_printed(self, row: Any, said: Attestation) -> None:
        """Check that a row that prints a head prints that of the entry by which it was made."""
        own = self.given_out.get(said.first)
        if row.head_id is None:
            if not said.is_from_before:
                self.faults.append(f"{_called(row)} prints no head, and was given one")
        elif row.head_id not in {head.pk for head in self.given_out.values()}:
            self.faults.append(f"the head that {_called(row)} prints was taken out")
        elif own is None or row.head_id != own.pk:
            self.faults.append(f"{_called(row)} prints a head that is not its own")


def verify(project: Project | None) -> Verdict:
    """Check a project's chain and all it attests; None: that of the installation."""
    return _Check(project).verdict()


def attested_models() -> list[type[Attested]]:
    """Return the kinds of row that the trail attests, in a settled order."""
    found = [model for model in apps.get_models() if issubclass(model, Attested)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _rows_of(model: type[Attested], project: Project) -> Iterator[Attested]:
    """Yield a project's rows of a kind that are decided."""
    rows = model.rows_to_attest().filter(**{model.path_to_project: project})
    return (row for row in rows.iterator(chunk_size=_AT_ONCE) if row.is_attested)


def _digest_now(row: Attested, said: Attestation) -> str:
    """Return the digest of a row as it is; empty where what it points to is gone."""
    try:
        return row.digest(said.salt, said.form, said.called)
    except ObjectDoesNotExist:
        return ""


def _called(row: Attested) -> str:
    """Return what a sentence calls a row."""
    return _named(row.name_in_trail)


def _named(name: str) -> str:
    """Return what a sentence calls a row that the trail has a name for: its kind, and its key."""
    kind, _colon, key = name.partition(":")
    labels = {model._meta.label_lower: model._meta.verbose_name for model in attested_models()}
    return f"{labels.get(kind, kind)} {key}"


def _missing(first: int, last: int) -> str:
    """Say which entries are not there."""
    return (
        f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
    )


def _bytes_of(storage: Storage, name: str | None) -> str | None:
    """Return the hash of a stored file; None where it is gone."""
    if not name or not storage.exists(name):
        return None
    running = RunningFingerprint()
    with storage.open(name, "rb") as file:
        for piece in file.chunks():
            running.add(piece)
    return running.value
