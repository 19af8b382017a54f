"""Taking in the archive of a whole project: all of it in one transaction, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction

from coproduction.database import renew_statistics
from coproduction.fingerprints import RunningFingerprint
from coproduction.projects.models import SLUG, Project, User
from coproduction.projects.models.person import CAME_WITHOUT
from coproduction.projects.queries.slugs import is_slug_taken
from coproduction.projects.trail.came import forget_came_with
from coproduction.projects.trail.chaining import name_of_chain
from coproduction.projects.trail.signing import PublicKey
from engagements.services.look import queue_look
from overview.archive.refusals import (
    ArchiveDamaged,
    ArchiveTooBig,
    NotAnArchiveAddress,
    ProjectIsHere,
)
from overview.archive.shape import MOST_ROWS, STORED_NAME, ArchivedFile
from overview.archive.tables import PIECES, ArchivedTable, table_of, tables
from overview.archive.values import Renamed, WrongValue
from overview.archive.zipped import ProjectArchive
from overview.queries.round_evidence import evidence_as_read
from overview.services.arriving_rows import ArrivingRows, Report
from overview.services.trail_of_archive import (
    begin_trail,
    check_editions,
    continue_trail,
    faults_of_trail,
    note_adapted,
)

_CHAIN = ("projects.AuditEntry", "projects.TrailHead", "projects.AuditHead")


@dataclass(frozen=True)
class BroughtIn:
    """A project that was taken in, and how much of it."""

    project: Project
    rows: int
    files: int
    is_copy: bool
    # What is wrong in its trail, where it was taken in as it stands.
    faults: tuple[str, ...]


def bring_in(
    *,
    path: Path,
    slug: str = "",
    as_it_stands: bool = False,
    report: Report = lambda _done, _all: None,
) -> BroughtIn:
    """Take in an archive, under its own address or another.

    Where the project is here already, another address makes a copy of it: a project of its own,
    with a trail that begins anew. One whose trail does not hold is refused, but ``as_it_stands``.
    Raises ArchiveRefused, with nothing done.
    """
    with ProjectArchive(path) as archive:
        coming = _Coming(archive, slug, as_it_stands, report)
        try:
            with transaction.atomic():
                return coming.take_in()
        except (IntegrityError, DataError, ValidationError) as broken:
            coming.forget_files()
            raise ArchiveDamaged("its records do not fit together") from broken
        except WrongValue as wrong:
            coming.forget_files()
            raise ArchiveDamaged("a record names what is not there") from wrong
        except BaseException:
            coming.forget_files()
            raise


@dataclass
class _Coming:
    """One archive on its way in."""

    archive: ProjectArchive
    slug: str
    as_it_stands: bool
    report: Report
    # The files that were stored, and the chain whose keys were kept.
    stored: list[str] = field(default_factory=list)
    chain: str = ""

    def take_in(self) -> BroughtIn:
        """Put all of it in place."""
        manifest = self.archive.manifest
        numbers = {part.model: part.rows for part in manifest.tables}
        if any(not 0 <= number <= MOST_ROWS for number in numbers.values()):
            raise ArchiveTooBig
        if numbers["projects.Project"] != 1 or numbers["projects.AuditHead"] != 1:
            raise ArchiveDamaged("it is not of one project")
        self._find_address()
        self._check_others()
        names = [*(each.name for each in manifest.files), *manifest.missing, *manifest.deleted]
        files = frozenset(map(self.renamed.text, names))
        self.rows = ArrivingRows(self.archive, self.is_copy, self.renamed, files, self.report)
        self.project = self._take_project()
        self._take_people()
        head: dict[str, Any] = {}
        for table in tables():
            if table.label in {"projects.Project", "projects.User"}:
                continue
            rows = self.rows.read(table)
            if self.is_copy and table.label in _CHAIN:
                # Its trail is of another project: this one's begins with what is here today.
                self.rows.keys[table.label] = [0] * sum(1 for _row in rows)
            elif table.label == "projects.AuditHead":
                ((_number, head),) = rows
            else:
                self.rows.insert(table, self.project, rows)
        for file in manifest.files:
            self._store(file)
        check_editions(self.project)
        faults = self._go_on_with_trail(head)
        queue_look(self.project)
        transaction.on_commit(renew_statistics)
        return BroughtIn(self.project, self.rows.total, len(manifest.files), self.is_copy, faults)

    def _go_on_with_trail(self, head: dict[str, Any]) -> tuple[str, ...]:
        """Enter in the trail that it came; return what is wrong in what came. ArchiveRefused."""
        evidence = {
            key: evidence_as_read(said, lambda kind, number: self.rows.key(PIECES[kind], number))
            for key, said in self.rows.evidence.items()
        }
        if self.is_copy:
            begin_trail(
                self.project,
                origin=self.origin,
                evidence=evidence,
                originals=self.renamed.originals,
            )
            return ()
        keys = tuple(PublicKey(key, begun) for key, begun in self.archive.manifest.keys)
        self.chain = name_of_chain(self.project)
        continue_trail(self.project, head=head, keys=keys, renamed=self.rows.called)
        faults = faults_of_trail(self.project, without_address=self.rows.without_address)
        if faults and not self.as_it_stands:
            raise ArchiveDamaged(f"its trail does not hold: {faults[0]}")
        note_adapted(self.project, evidence=evidence, without_address=self.rows.without_address)
        return faults

    def _find_address(self) -> None:
        """Say under which address it comes in, and whether as a copy. Raises ArchiveRefused."""
        manifest = self.archive.manifest
        try:
            self.origin = UUID(manifest.project)
        except ValueError as wrong:
            raise ArchiveDamaged("manifest.json") from wrong
        self.is_copy = Project.objects.filter(uuid=self.origin).exists()
        if self.is_copy and self.slug in {"", manifest.slug}:
            raise ProjectIsHere
        self.renamed = Renamed(uuid4() if self.is_copy else None)
        address = self.slug or manifest.slug
        try:
            SLUG(address)
        except ValidationError as wrong:
            raise NotAnArchiveAddress from wrong
        if len(address) > 60 or is_slug_taken(address):
            raise NotAnArchiveAddress
        self.address = address

    def _check_others(self) -> None:
        """Look at the members that are not taken in: they are to be what the archive says."""
        for name, digest in self.archive.manifest.others.items():
            for _piece in self.archive.checked(name, digest):
                pass

    def _take_project(self) -> Project:
        """Make the project."""
        ((_number, row),) = self.rows.read(table_of("projects.Project"))
        if row["slug"] != self.archive.manifest.slug or row["uuid"] != self.renamed.uuid(
            str(self.origin)
        ):
            raise ArchiveDamaged("it is not of the project that it names")
        project = Project(**row | {"slug": self.address}, **table_of("projects.Project").stays)
        project.full_clean(validate_unique=False)
        made = project.created_at
        project.save(force_insert=True)
        # Django puts today's date in its place.
        Project.objects.filter(pk=project.pk).update(created_at=made, version=row["version"])
        project.refresh_from_db()
        return project

    def _take_people(self) -> None:
        """Find the people who are known here, and name the others: they can't sign in."""
        table = table_of("projects.User")
        rows = [row for _number, row in self.rows.read(table)]
        if len({row["uuid"] for row in rows}) != len(rows):
            raise ArchiveDamaged("projects.User")
        here = User.objects.filter(uuid__in=[row["uuid"] for row in rows])
        known = dict(here.values_list("uuid", "pk"))
        keys = []
        for row in rows:
            if (key := known.get(row["uuid"])) is None:
                key = self._add_person(row, table)
            keys.append(key)
        self.rows.keys[table.label] = keys

    def _add_person(self, row: dict[str, Any], table: ArchivedTable) -> int:
        """Name somebody who was never here; by their address only if nobody here has it."""
        email = row.pop("email")
        if not email or User.objects.at_address(email) is not None:
            email = f"{row['uuid']}{CAME_WITHOUT}"
        person = User(email=email, is_active=False, came_along=True, **row, **table.stays)
        person.set_unusable_password()
        person.full_clean()
        person.save(force_insert=True)
        return int(person.pk)

    def _store(self, file: ArchivedFile) -> None:
        """Put a stored file in place. Raises ArchiveRefused where another has its name."""
        name = self.renamed.text(file.name)
        if not STORED_NAME.fullmatch(name) or name not in self.rows.files_named:
            raise ArchiveDamaged("a file is in it that nothing names")
        if default_storage.exists(name):
            # Of an earlier time that ended before its end, where it is the same.
            if _digest_of(name) != file.digest:
                raise ArchiveDamaged("a file of that name is here already")
            for _piece in self.archive.checked(file.member, file.digest):
                pass
            return
        self.stored.append(name)
        content: Any = _Pieces(self.archive.checked(file.member, file.digest))
        if default_storage.save(name, content) != name:
            raise ArchiveDamaged("a file of that name is here already")

    def forget_files(self) -> None:
        """Take away the files that were stored for what did not come in."""
        for name in self.stored:
            default_storage.delete(name)
        if self.chain:
            forget_came_with(self.chain)


class _Pieces:
    """A stored file that is read from an archive, for the storage to write."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def chunks(self) -> Iterator[bytes]:
        """Yield it piece by piece."""
        return self._pieces


def _digest_of(name: str) -> str:
    """Return the digest of a stored file."""
    running = RunningFingerprint()
    with default_storage.open(name) as file:
        for piece in file.chunks():
            running.add(piece)
    return running.value
