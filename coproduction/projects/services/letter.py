"""Writing letters, as part of the change they tell of; and deciding about those that did not go.

The words and the address are a letter's own, and go with it; see models/letter.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.models import TRIED_FOR, Letter, Project, User
from coproduction.projects.models.person import leads_nowhere
from coproduction.projects.refusals import Refusal

SEND_LETTERS = "projects.send_letters"
NO_WORDS = {"to": "", "reply_to": "", "subject": "", "text": ""}
_ANEW = {"state": Letter.State.WAITING, "claim": None, "tries": 0, "smtp_code": None}


class LetterSettled(Refusal):
    """A letter is decided about once."""

    sentence = _("Somebody has dealt with this letter already.")


class LetterTooLate(Refusal):
    """A letter that would come too late is not sent."""

    sentence = _("It is too late to send this letter: what it is about is over.")


@dataclass(frozen=True)
class Draft:
    """What a letter says, to whom, in which language."""

    to: str
    subject: str
    text: str
    language: str


def write_letters(
    *,
    project: Project | None,
    kind: str,
    drafts: Sequence[Draft],
    expires_at: datetime | None = None,
    is_urgent: bool = False,
    takes_replies: bool = True,
) -> list[Letter]:
    """Write letters, to be sent once what is being done is saved; return them.

    None is written to somebody who has no address, and none for no drafts. Part of the caller's
    transaction: they are sent if it commits, each once. They are dropped when ``expires_at`` comes
    first. Replies go to the address that the project gives the public, unless that mailbox should
    not read an answer.
    """
    drafts = [draft for draft in drafts if not leads_nowhere(draft.to)]
    if not drafts:
        return []
    reply_to = project.contact_email if project is not None and takes_replies else ""
    letters = [
        Letter(
            project=project,
            kind=kind,
            to=draft.to,
            reply_to=reply_to,
            # One line, whatever was typed into what it names.
            subject=" ".join(draft.subject.split()),
            text=draft.text,
            language=draft.language,
            expires_at=expires_at,
            is_urgent=is_urgent,
        )
        for draft in drafts
    ]
    with transaction.atomic():
        Letter.objects.bulk_create(letters)
        queue_sending()
    return letters


def queue_sending(*, wait: float = 0) -> None:
    """Have a worker send what is due, now or in ``wait`` seconds; one job does so for all."""
    enqueue(
        task=SEND_LETTERS,
        scope="",
        arguments={},
        unique=SEND_LETTERS,
        tries=UNTIL_DONE,
        wait=wait,
    )


def requeue_letter(*, uuid: UUID | None, to: str) -> bool:
    """Have a letter that did not go sent again, if it is to this address still.

    Part of the caller's transaction. Return False when there is no such letter to send.
    """
    if uuid is None:
        return False
    lost = Letter.objects.undelivered().filter(uuid=uuid, to=to).exclude(expires_at__lte=Now())
    if not lost.update(**_ANEW, next_try_at=Now(), tried_until=timezone.now() + TRIED_FOR):
        return False
    queue_sending()
    return True


def drop_letter(*, uuid: UUID | None, why: Letter.Why = Letter.Why.WITHDRAWN) -> bool:
    """Drop a letter that was not sent and need not be. Return whether there was one.

    Part of the caller's transaction. One that is being sent at this moment goes.
    """
    if uuid is None:
        return False
    kept = Letter.objects.filter(uuid=uuid)
    unsent = kept.filter(state__in=[Letter.State.WAITING, *Letter.OPEN_QUESTIONS])
    return bool(unsent.update(state=Letter.State.DROPPED, why=why, **NO_WORDS))


def drop_letters_with(*, project: Project, is_meant: Callable[[str], bool]) -> int:
    """Drop the letters not sent yet that hold what was erased; return how many.

    Part of the caller's transaction.
    """
    kept = Letter.objects.of(project).exclude(text="").only("uuid", "subject", "text")
    meant = [each.uuid for each in kept if is_meant(f"{each.subject}\n{each.text}")]
    return sum(drop_letter(uuid=uuid) for uuid in meant)


def send_letter_again(*, letter: Letter, by: User) -> None:
    """Send a letter once more that did not arrive, or may not have; mail programs know it again.

    Raises LetterSettled, LetterTooLate.
    """
    with recorded(project=_project_of(letter), by=by) as ledger:
        if letter.is_too_late:
            raise LetterTooLate
        if not requeue_letter(uuid=letter.uuid, to=letter.to):
            raise LetterSettled
        ledger.record("projects.letter_sent_again", subject=letter)


def leave_letter(*, letter: Letter, by: User) -> None:
    """Decide that a letter need not arrive, and forget its words. Raises LetterSettled."""
    with recorded(project=_project_of(letter), by=by) as ledger:
        if not Letter.objects.undelivered().filter(pk=letter.pk).exists():
            raise LetterSettled
        drop_letter(uuid=letter.uuid, why=Letter.Why.LEFT)
        ledger.record("projects.letter_left", subject=letter)


def _project_of(letter: Letter) -> Project:
    """Return whose letter it is. Raises LetterSettled for nobody's, which nobody decides about."""
    if letter.project is None:
        raise LetterSettled
    return letter.project
