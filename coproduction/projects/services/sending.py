"""Sending letters: one run of the job hands over what is due, each letter once.

A letter is marked, and the mark is saved, before anything of it leaves. So whatever ends a run, the
letters it had sent are known, and the one it was at is known to be uncertain.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from time import monotonic
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce, Least, Now
from django.utils import timezone

from coproduction.projects.mail_server import Delivery, MailServer, Reply
from coproduction.projects.models import Letter, User
from coproduction.projects.models.letter import LetterQuerySet
from coproduction.projects.services.letter import NO_WORDS, queue_sending

# A worker that is asked to stop does so soon; the next run goes on.
LONGEST_RUN_SECONDS = 4.0
LONGEST_PAUSE_SECONDS = 30 * 60.0


def send_due_letters(*, confirm: Callable[[], None]) -> Mapping[str, int]:
    """Hand over the letters that are due; return how many came to which state.

    One run goes on at a time: ``confirm`` is called in each transaction that takes a letter up, and
    raises when this is no longer the one. What remains is queued for another run.
    """
    run, done = uuid4(), Counter[str]()
    with transaction.atomic():
        confirm()
        done += _look_after_those_left()
    server, end = MailServer(), monotonic() + LONGEST_RUN_SECONDS
    try:
        while monotonic() < end and _is_reached(server):
            if (letter := _take_up(run, confirm)) is None:
                break
            if letter.state == Letter.State.DROPPED:
                done[letter.state] += 1
                continue
            state = _note(letter, run, server.hand_over(letter))
            done[state] += 1
            if state == Letter.State.UNCERTAIN:
                # A server that keeps leaving so must not make every letter uncertain.
                _let_all_wait()
                break
    finally:
        server.close()
    with transaction.atomic():
        _forget_old()
        _queue_the_next()
        # Last: who begins the next run holds its row, and then looks at ours.
        confirm()
    return dict(done)


def hold_letters_of_backup() -> None:
    """Send nothing by itself that waited when a backup was made which is put back now.

    It may have gone since. A person decides about each, as about one that was cut off; those of no
    project, such as sign-in codes, are forgotten. Done twice, it changes nothing more.
    """
    with transaction.atomic():
        _look_after_those_left()
        _end(Letter.objects.waiting(), Letter.State.UNCERTAIN)


def _look_after_those_left() -> Counter[str]:
    """Call uncertain what an earlier run was at when it ended, and drop what is too late."""
    left = _end(Letter.objects.filter(state=Letter.State.SENDING), Letter.State.UNCERTAIN)
    why = {"state": Letter.State.DROPPED, "why": Letter.Why.EXPIRED}
    too_late = Letter.objects.expired().update(**why, **NO_WORDS)
    return Counter({Letter.State.UNCERTAIN: left, Letter.State.DROPPED: too_late})


def _is_reached(server: MailServer) -> bool:
    """Whether there is a way to the server, and a use for one; while it is away, all wait."""
    if server.is_open:
        return True
    if not Letter.objects.due().exists():
        return False
    if not server.open():
        _let_all_wait()
    return server.is_open


def _let_all_wait() -> None:
    """Let every letter that is due wait, longer each time; give up those tried for a day."""
    due = Letter.objects.due()
    _end(due.filter(tried_until__lte=Now()), Letter.State.REFUSED)
    tries = due.aggregate(least=Min("tries"))["least"] or 0
    due.update(tries=F("tries") + 1, next_try_at=Now() + _pause(tries + 1))


def _take_up(run: UUID, confirm: Callable[[], None]) -> Letter | None:
    """Mark the next letter as being sent, and return it; None when nothing is due.

    A code that was asked for with nobody's address is dropped: here, and not where it is asked for,
    so that nobody learns there whose address is known.
    """
    with transaction.atomic():
        confirm()
        due = Letter.objects.due().order_by("-is_urgent", "next_try_at", "pk")
        letter = due.select_for_update(skip_locked=True).first()
        if letter is not None and _is_nobodys(letter):
            letter.state, letter.why = Letter.State.DROPPED, Letter.Why.NOBODYS
            Letter.objects.filter(pk=letter.pk).update(
                state=letter.state, why=letter.why, **NO_WORDS
            )
        elif letter is not None:
            letter.state, letter.claim = Letter.State.SENDING, run
            letter.claimed_at, letter.tries = timezone.now(), letter.tries + 1
            letter.save(update_fields=["state", "claim", "claimed_at", "tries"])
    return letter


def _is_nobodys(letter: Letter) -> bool:
    """Say whether it brings a code to an address with which nobody signs in."""
    return letter.kind == Letter.SIGN_IN_CODE and not User.objects.who_signs_in_at(letter.to)


def _note(letter: Letter, run: UUID, reply: Reply) -> str:
    """Keep what came of a letter, and return its state.

    If this run was thought to have ended, and the letter uncertain, what came of it is known now.
    """
    unknown = [Letter.State.SENDING, Letter.State.UNCERTAIN]
    held = Letter.objects.filter(pk=letter.pk, claim=run, state__in=unknown)
    if reply.answer is Delivery.TAKEN:
        held.update(state=Letter.State.SENT, sent_at=Now(), **NO_WORDS)
        return Letter.State.SENT
    if reply.answer is Delivery.UNKNOWN:
        _end(held, Letter.State.UNCERTAIN)
        return Letter.State.UNCERTAIN
    if reply.answer is Delivery.REFUSED or letter.tried_until <= timezone.now():
        _end(held, Letter.State.REFUSED, reply.code)
        return Letter.State.REFUSED
    waits = {"state": Letter.State.WAITING, "next_try_at": Now() + _pause(letter.tries)}
    held.exclude(text="").update(claim=None, **waits)
    return Letter.State.WAITING


def _end(letters: LetterQuerySet, state: Letter.State, code: int | None = None) -> int:
    """Leave letters to a person's decision; return how many. Those of no project are cleared."""
    written = {"state": state, "smtp_code": code}
    return letters.filter(project=None).update(**written, **NO_WORDS) + letters.exclude(
        project=None
    ).update(**written)


def _pause(tries: int) -> timedelta:
    """Return how long a letter waits that has failed so often."""
    seconds = settings.JOBS_SWEEP_SECONDS * 2 ** min(tries, 16)
    return timedelta(seconds=min(seconds, LONGEST_PAUSE_SECONDS))


def _forget_old() -> None:
    """Remove the rows of letters that nobody asks about any more."""
    old = Letter.objects.filter(
        written_at__lt=timezone.now() - timedelta(days=settings.JOBS_KEPT_DAYS)
    )
    over = Q(state__in=[Letter.State.SENT, Letter.State.DROPPED])
    of_no_project = Q(project=None, state__in=Letter.OPEN_QUESTIONS)
    old.filter(over | of_no_project).delete()


def _queue_the_next() -> None:
    """Queue a run for when a letter that waits is due next, or too late."""
    if Letter.objects.due().exists():
        return queue_sending()
    turn = Least("next_try_at", Coalesce("expires_at", "next_try_at"))
    moment = Letter.objects.waiting().aggregate(next=Min(turn))["next"]
    if moment is not None:
        queue_sending(wait=max((moment - timezone.now()).total_seconds(), 1.0))
    return None
