"""Whether an e-mail that was asked for went, and which of a project's did not."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from coproduction.projects.models import Letter, Project
from coproduction.projects.models.letter import LetterQuerySet


class LetterState(StrEnum):
    """What became of a letter, for a page that needed it to go."""

    # Never written.
    NONE = "none"
    WAITING = "waiting"
    # It failed, and is tried again.
    TRYING = "trying"
    LOST = "lost"
    # Perhaps it was sent: nobody can tell.
    UNCERTAIN = "uncertain"
    GONE = "gone"


ON_ITS_WAY = frozenset({LetterState.WAITING, LetterState.TRYING})
NOT_ARRIVED = frozenset({LetterState.NONE, LetterState.LOST, LetterState.UNCERTAIN})
_STATES = {
    Letter.State.WAITING: LetterState.WAITING,
    Letter.State.SENDING: LetterState.WAITING,
    Letter.State.SENT: LetterState.GONE,
    Letter.State.REFUSED: LetterState.LOST,
    Letter.State.UNCERTAIN: LetterState.UNCERTAIN,
    # Somebody knows of it: nothing is to be said.
    Letter.State.DROPPED: LetterState.GONE,
}


def letter_states(letters: Iterable[UUID | None]) -> dict[UUID | None, LetterState]:
    """Return what became of letters, by their uuid.

    Only the rows of letters that went are cleared, after a while.
    """
    asked = list(letters)
    rows = Letter.objects.filter(uuid__in=filter(None, asked)).values_list("uuid", "state", "tries")
    found = {uuid: _state(state, tries) for uuid, state, tries in rows}
    return {each: found.get(each, LetterState.GONE) if each else LetterState.NONE for each in asked}


def state_of_letter(letter: UUID | None) -> LetterState:
    """Return what became of one letter."""
    return letter_states([letter])[letter]


def _state(state: str, tries: int) -> LetterState:
    """Return what became of one, given what its row says."""
    tried = state == Letter.State.WAITING and tries
    return LetterState.TRYING if tried else _STATES[Letter.State(state)]


def letters_to_decide(project: Project) -> LetterQuerySet:
    """Return a project's letters that did not arrive, or may not have: newest first."""
    letters: LetterQuerySet = Letter.objects.of(project)
    return letters.undelivered().order_by("-written_at", "-pk")
