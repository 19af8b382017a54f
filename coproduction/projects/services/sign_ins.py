"""What the installation's own trail keeps of signing in and out, and of codes that were wrong.

No address: of one that a wrong code was typed for, a fingerprint with our key, so that somebody who
looks after the installation can tell one tried a hundred times from a hundred tried once.
"""

from coproduction.fingerprints import secret_fingerprint
from coproduction.projects.models import User
from coproduction.projects.trail.appending import record_here


def note_signed_in(user: User) -> None:
    """Note that somebody signed in."""
    record_here("projects.signed_in", by=user, user=user)


def note_signed_out(user: User) -> None:
    """Note that somebody signed out."""
    record_here("projects.signed_out", by=user, user=user)


def note_wrong_code(address: str) -> None:
    """Note that a wrong sign-in code was typed: the same whether or not anybody has the address."""
    now = {"address": secret_fingerprint(address, length=16)}
    record_here("projects.sign_in_code_wrong", by=None, now=now)
