"""The register: a trail written out, for a check that needs nothing of ours. See docs/trail.md.

One JSON object a line. The first holds the keys and the heads; each after it is an entry: with what
it says, for those who may read the history; for everybody else only its hashes, which tell nothing.
"""

import json
from collections.abc import Iterator
from typing import Any

from coproduction.projects.models import AuditEntry, AuditHead, Project, TrailHead
from coproduction.projects.trail.came import came_with
from coproduction.projects.trail.chaining import FORM, contents_of, name_of_chain, sealed
from coproduction.projects.trail.signing import KeysUnreadable, PublicKey, public_keys

_AT_ONCE = 2_000


def full_register(project: Project) -> Iterator[str]:
    """Yield the lines of the register for those who may read the history: all that entries say."""
    end = AuditHead.objects.get(project=project)
    heads = [*_heads_of(project), end]
    yield _line(_beginning(project, "entries", heads))
    for entry in _entries(project, end.number).iterator(chunk_size=_AT_ONCE):
        yield _line(full_entry(entry, name_of_chain(project)))


def public_register(project: Project) -> Iterator[str]:
    """Yield the lines of the register for everybody: the hashes up to the last head given out.

    It begins where entries are salted: the hash of one before that could be tried out.
    """
    heads = _heads_of(project)
    yield _line(_beginning(project, "hashes", heads))
    last = heads[-1].number if heads else 0
    for entry in _entries(project, last).filter(form=FORM).iterator(chunk_size=_AT_ONCE):
        yield _line(
            {
                "number": entry.number,
                "previous": entry.previous,
                "sealed": sealed(entry, name_of_chain(project)),
                "digest": entry.digest,
            }
        )


def full_entry(entry: AuditEntry, chain: str) -> dict[str, Any]:
    """Return an entry with all that its hash is made of."""
    return {
        "form": entry.form,
        **contents_of(entry, chain),
        "salt": entry.salt,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def head_as_json(head: AuditHead | TrailHead) -> dict[str, Any]:
    """Return a head with its signature, as it is published."""
    return {
        "number": head.number,
        "digest": head.digest,
        "key": head.key,
        "signature": head.signature,
    }


def keys_of(project: Project) -> list[PublicKey]:
    """Return every public key that heads of a chain may bear, those it came with first."""
    try:
        came = came_with(name_of_chain(project)).keys
    except KeysUnreadable:
        came = ()
    return list(dict.fromkeys([*came, *public_keys()]))


def keys_as_json(project: Project) -> list[dict[str, str]]:
    """Return every public key that heads of a chain may bear, as they are published."""
    return [{"key": key.key, "begun": key.begun} for key in keys_of(project)]


def _heads_of(project: Project) -> list[TrailHead | AuditHead]:
    """Return the heads that were given out, in order."""
    return list(TrailHead.objects.filter(project=project).order_by("number"))


def _entries(project: Project, last: int) -> Any:
    """Return the entries up to one, in order."""
    rows = AuditEntry.objects.filter(project=project, number__lte=last)
    return rows.select_related("by", "given_pass").order_by("number")


def _beginning(project: Project, holds: str, heads: list[TrailHead | AuditHead]) -> dict[str, Any]:
    """Return the first line: what it is, and what the rest can be checked with."""
    return {
        "register": "coproduction-trail",
        "holds": holds,
        "chain": name_of_chain(project),
        "project": project.slug,
        "keys": keys_as_json(project),
        "heads": [head_as_json(head) for head in heads],
    }


def _line(content: dict[str, Any]) -> str:
    """Write one line."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")) + "\n"
