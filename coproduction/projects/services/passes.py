"""Changes to passes: giving one, taking one back, and trying the short code of one."""

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.projects.audit import recorded
from coproduction.projects.models import Pass, PassOver, PassScope, Project, User
from coproduction.projects.refusals import Refusal

# After so many wrong ones a code no longer works; the link it came with still does.
_WRONG_CODES = 5


class WrongCode(Refusal):
    """A code was typed that is not the one in the letter."""

    sentence = _("That is not the code in the letter. Ask for the six digits again.")


class TooManyWrongCodes(Refusal):
    """Somebody guesses, or misreads it every time."""

    sentence = _(
        "The code was wrong too often, so it no longer works. The link in the letter still does."
    )


class GivenPass(NamedTuple):
    """A new pass, with the two things nobody can read again: its token, and its short code."""

    record: Pass
    token: str
    code: str


def give_pass(
    *,
    project: Project,
    scope: PassScope,
    subject: UUID,
    holder: str,
    ends_at: datetime,
    by: User | None,
    language: str = "",
) -> GivenPass:
    """Let somebody without an account do one thing to one record, until a moment.

    An earlier pass of theirs for the same is taken back: the newest letter is the one that works.
    """
    token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
    with recorded(project=project, by=by) as ledger:
        earlier = Pass.objects.of(project).filter(scope=scope, subject=subject, holder=holder)
        earlier.in_force_at(ledger.at).update(revoked_at=ledger.at)
        given = Pass(
            project=project,
            scope=scope,
            subject=subject,
            holder=holder,
            language=language,
            token_digest=fingerprint(token),
            ends_at=ends_at,
            given_by=by,
        )
        given.code_digest = given.digest_of_code(code)
        given.full_clean()
        given.save()
        ledger.record(
            "projects.pass_given",
            subject=given,
            now={"scope": scope, "to": subject, "ends_at": ends_at},
        )
    return GivenPass(given, token, code)


def revoke_pass(*, given: Pass, by: User) -> Pass:
    """Take a pass back: its link and its code no longer work. One taken back before is left."""
    with recorded(project=given.project, by=by) as ledger:
        ledger.refresh(given)
        if given.revoked_at is None:
            given.revoked_at = ledger.at
            given.save(update_fields=["revoked_at"])
            ledger.record("projects.pass_revoked", subject=given)
    return given


def check_code(*, scope: PassScope, subject: UUID, code: str, project: Project, by: User) -> Pass:
    """Return the pass for a record whose short code somebody read out. Wrong ones are counted.

    Raises WrongCode, TooManyWrongCodes, and PassOver where there is none in force.
    """
    with recorded(project=project, by=by) as ledger:
        rows = Pass.objects.of(project).filter(scope=scope, subject=subject)
        given: Pass | None = rows.in_force_at(ledger.at).first()
        if given is None:
            raise PassOver
        if given.wrong_codes >= _WRONG_CODES:
            raise TooManyWrongCodes
        is_right = constant_time_compare(given.digest_of_code(code), given.code_digest)
        if not is_right:
            given.wrong_codes += 1
            given.save(update_fields=["wrong_codes"])
            ledger.record("projects.pass_code_wrong", subject=given)
    # Only now: a refusal inside would take the count back.
    if not is_right:
        raise WrongCode
    return given
