"""The shape of an archive: its manifest, the names of its members, and how much it may hold."""

import re
from typing import Any

import msgspec

# Raised when the shape of an archive changes; one of a later shape is not read.
VERSION = 5
KIND = "coproduction-archive"

MANIFEST, SCHEMA, REGISTER, CHECKER = (
    "manifest.json",
    "schema.json",
    "trail/register.jsonl",
    "trail/check_trail.py",
)
# What a stored file is called: in one folder, without a way out of it.
STORED_NAME = re.compile(r"^[a-z]{1,20}/[A-Za-z0-9][A-Za-z0-9_.-]{0,150}$", re.ASCII)

# The job that makes one which was asked for in the browser.
MAKE = "overview.make_archive"

MEGABYTE = 1024 * 1024
MOST_IN_MANIFEST = 16 * MEGABYTE
MOST_IN_A_LINE = 32 * MEGABYTE
MOST_IN_ALL = 16 * 1024 * MEGABYTE
MOST_MEMBERS = 50_000
# What unpacks to so many times its size is no archive of ours; small members may be anything.
MOST_TIMES, BEFORE_TIMES_COUNT = 200, 4 * MEGABYTE
# How many rows a table may have: more than any project has.
MOST_ROWS = 20_000_000


class ArchivedRows(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table in the archive."""

    model: str
    rows: int
    digest: str


class ArchivedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored file: what it is called, and which member of the archive it is."""

    name: str
    member: str
    bytes: int
    digest: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an archive says of itself."""

    kind: str
    version: int
    made_at: str
    project: str
    slug: str
    place: str
    tables: tuple[ArchivedRows, ...]
    files: tuple[ArchivedFile, ...]
    # Files that a row names, and that were gone when the archive was made.
    missing: tuple[str, ...]
    # Files that a row names and that were deleted rightly: others took their place.
    deleted: tuple[str, ...]
    # The public keys that heads of the trail may bear, each with the day it began.
    keys: tuple[tuple[str, str], ...]
    # Digests of the members that tell of the archive and are not read again.
    others: dict[str, str]


def schema_of_manifest() -> dict[str, Any]:
    """Return the JSON Schema of the manifest."""
    return msgspec.json.schema(Manifest)


def name_of_archive(archive: str) -> str:
    """Return what an archive that waits to be taken is called where files are stored."""
    return f"archives/{archive}.zip"
