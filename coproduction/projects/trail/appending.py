"""Appending an entry to a chain, which is locked: numbered, salted, chained, and its end signed."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from coproduction.private_words import without_words
from coproduction.projects.models import Attested, AuditEntry, AuditHead, TrailHead, User
from coproduction.projects.trail.came import came_with
from coproduction.projects.trail.chaining import (
    FORM,
    digest_of,
    head_to_sign,
    name_of_chain,
    new_salt,
)
from coproduction.projects.trail.reached import (
    Reached,
    ReachedUnreadable,
    end_reached,
    note_end,
)
from coproduction.projects.trail.signing import (
    KeysUnreadable,
    PublicKey,
    Signature,
    is_signed,
    public_keys,
    replace_key,
    signature_of,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Replaced:
    """A key that was made, and the chains whose ends were not signed with it."""

    key: PublicKey
    left: tuple[str, ...]


def append(entry: AuditEntry, head: AuditHead) -> None:
    """Put an entry at the end of its chain, and sign the new end.

    An end that was not ours is signed no further: that would vouch for whatever was put there.
    """
    chain = name_of_chain(entry.project)
    is_ours = is_our_end(chain, head)
    entry.number, entry.previous = head.number + 1, head.digest
    entry.form, entry.salt = FORM, new_salt()
    entry.digest = digest_of(entry, chain)
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    _sign(chain, head, signed=is_ours)
    head.save(update_fields=[*AuditHead.END, *AuditHead.STATES])
    if is_ours:
        transaction.on_commit(partial(note_end, chain, reached_by(head)))
    else:
        logger.error(
            "The end of the trail of %s was changed and is not signed: verify_audit", chain
        )


def is_our_end(chain: str, head: AuditHead) -> bool:
    """Whether an end, which is locked, is as we left it, as far as the files beside it can tell."""
    try:
        known = end_reached(chain)
    except ReachedUnreadable:
        known = None
    if known is not None and (
        head.number < known.number or (head.number == known.number and head.digest != known.digest)
    ):
        return False
    if not head.signature:
        # Nothing was signed yet: there was no key, or the chain is from before there was one.
        return known is None or not known.is_signed
    on_file = [each.key for each in public_keys()]
    text = head_to_sign(chain, head.number, head.digest)
    try:
        known_key = not on_file or came_with(chain).place_of(head, on_file) is not None
    except KeysUnreadable:
        known_key = head.key in on_file
    return known_key and is_signed(text, key=head.key, signature=head.signature)


def replace_key_and_sign_ends(*, as_they_stand: bool = False) -> Replaced:
    """Make a new key, and sign the end of each chain with it: none bears an older one after that.

    One that is not ours is left as it is, so that checking goes on to name it; ``as_they_stand``
    signs it too. All ends are locked meanwhile, so that no entry is signed with the old key after.
    """
    left = []
    with transaction.atomic():
        heads = list(
            AuditHead.objects.select_for_update(of=("self",))
            .select_related("project")
            .order_by("pk")
        )
        chains = {head.pk: name_of_chain(head.project) for head in heads}
        ours = {head.pk: is_our_end(chains[head.pk], head) for head in heads}
        made = replace_key()
        for head in heads:
            if not head.number:
                continue
            if not ours[head.pk] and not as_they_stand:
                left.append(head.project.slug if head.project else chains[head.pk])
                continue
            _sign(chains[head.pk], head)
            head.save(update_fields=["key", "signature"])
            noted = partial(note_end, chains[head.pk], reached_by(head), again=True)
            transaction.on_commit(noted)
    return Replaced(made, tuple(left))


def reached_by(head: AuditHead | TrailHead) -> Reached:
    """Return what is kept of a head beside the keys."""
    return Reached(head.number, head.digest, bool(head.signature))


def _sign(chain: str, head: AuditHead, *, signed: bool = True) -> None:
    """Put the signature of an end in place, or none."""
    text = head_to_sign(chain, head.number, head.digest)
    signature = signature_of(text) if signed else Signature()
    head.key, head.signature = signature.key, signature.signature


def digests_of(rows: Iterable[models.Model]) -> tuple[dict[str, str], str]:
    """Return the digests of what is attested among some rows, and their salt.

    They are of what the database has now, so that comparing it later asks the same.
    """
    keys: dict[type[Attested], list[Any]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Attested) and row.is_attested:
            keys[type(row)].append(row.pk)
    if not keys:
        return {}, ""
    salt = new_salt()
    found: dict[str, str] = {}
    for kind, some in keys.items():
        there = kind.rows_to_attest().filter(pk__in=some)
        found |= {row.name_in_trail: row.digest(salt) for row in there}
    return found, salt


def record_here(
    verb: str, *, by: User | None, user: User | None = None, now: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append an entry to the installation's own chain: of what happens in no project.

    That somebody signed in, out, or failed to; ``user`` is whom it is about. Raises WordsRefused.
    """
    with transaction.atomic():
        head, _made = AuditHead.objects.select_for_update().get_or_create(project=None)
        entry = AuditEntry(
            at=timezone.now(),
            by=by,
            verb=verb,
            subject_kind=User._meta.label_lower,
            subject_id=str(user.uuid) if user else "",
            now=without_words(now or {}),
        )
        append(entry, head)
    return entry
