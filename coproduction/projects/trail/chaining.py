"""How the entries of a trail are chained: the hash of each, and of the one before it.

The forms are those that docs/trail.md describes, and that the downloadable check computes on its
own: a hash that was made once is never made otherwise.
"""

import json
import secrets
from datetime import UTC
from typing import Any

from coproduction.fingerprints import fingerprint
from coproduction.projects.models import AuditEntry, Project

# What the chain of the installation is called, which belongs to no project.
INSTALLATION = "installation"
# 1: one hash over everything. 2: a salted hash of what an entry says, and the chain over those.
FORM = 2


def new_salt() -> str:
    """Return a salt for one entry."""
    return secrets.token_hex(16)


def name_of_chain(project: Project | None) -> str:
    """Return what a chain is called in its own hashes: they are of no other chain."""
    return str(project.uuid) if project is not None else INSTALLATION


def contents_of(entry: AuditEntry, chain: str) -> dict[str, Any]:
    """Return what an entry says, as its hash is made of it: no words, no addresses."""
    content: dict[str, Any] = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": str(entry.by.uuid) if entry.by is not None else None,
        "verb": entry.verb,
        "subject": [entry.subject_kind, entry.subject_id],
        "was": entry.was,
        "now": entry.now,
    }
    given_pass = str(entry.given_pass.uuid) if entry.given_pass is not None else None
    if entry.form == 1:
        # Entries from before there were passes keep the hash they had.
        with_pass = {"pass": given_pass} if given_pass else {}
        return {"project": chain, "previous": entry.previous, **with_pass, **content}
    return {
        "form": entry.form,
        "chain": chain,
        "pass": given_pass,
        "digests": entry.digests,
        **content,
    }


def sealed(entry: AuditEntry, chain: str) -> str:
    """Return the salted hash of what an entry says: it can be published, and tells nothing."""
    return fingerprint(f"{entry.salt}\n{_written(contents_of(entry, chain))}")


def digest_of(entry: AuditEntry, chain: str) -> str:
    """Return the hash of an entry: what it says, and the hash of the one before it."""
    if entry.form == 1:
        return fingerprint(_written(contents_of(entry, chain)))
    return chained(chain, entry.number, entry.previous, sealed(entry, chain))


def chained(chain: str, number: int, previous: str, seal: str) -> str:
    """Return the hash of an entry of which only the salted hash is known."""
    return fingerprint(f"coproduction-trail-2\n{chain}\n{number}\n{previous}\n{seal}")


def head_to_sign(chain: str, number: int, digest: str) -> str:
    """Return what is signed of a head: no signature is of another chain or another end."""
    return f"coproduction-head-1\n{chain}\n{number}\n{digest}"


def _written(content: dict[str, Any]) -> str:
    """Write JSON in the one way that is hashed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"))
