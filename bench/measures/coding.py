"""Coding as the page's own script does it: saving one comment, and whatever it asks after that."""

from itertools import count
from typing import Any

from django.test import Client

from bench.measures.people import PROJECT, client_of, sample_project
from bench.timing import paired
from coproduction.projects.models import Project
from themes.models import Coding, Theme, WaitingComment

_ASKED_FOR = {"accept": "application/json"}
_URL = f"/{PROJECT}/themes/coding/"
# Which turn it is, so that one or two codes are chosen by turns.
_turn = count()
_waiting: list[int] = []


def begin(without_codings: bool = False) -> dict[str, int]:
    """Get ready; ``without_codings`` takes all of them out first. Says what there is."""
    project = sample_project()
    if without_codings:
        Coding.objects.of(project).delete()
    waiting = WaitingComment.objects.of(project).order_by("comment_id")
    rows = waiting.values_list("comment_id", flat=True)
    _waiting[:] = rows[:5_000]
    return {"codings": Coding.objects.of(project).count(), "waiting": len(_waiting)}


def turns(times: int, warm: int = 0) -> dict[str, list[float]]:
    """Code so many comments, each with one or two codes, turn about with a bare write; ms."""
    client, project = client_of("analyst"), sample_project()
    codes = [str(code.uuid) for code in Theme.objects.of(project).codes()]
    return paired(
        lambda: _code_one(client, project, codes),
        lambda: _write_one(client),
        times=times,
        warm=warm,
    )


def _code_one(client: Client, project: Project, codes: list[str]) -> None:
    """Save a comment's codes, and hear what comes next, in one request or in two."""
    turn, comment = next(_turn), _waiting.pop(0)
    # The page has the next few; it asks after the one that was saved.
    have = _waiting[:5]
    chosen = [codes[(turn + step) % len(codes)] for step in range(1 + turn % 2)]
    sent: dict[str, Any] = {"comment": comment, "codes": chosen, "have": have}
    answer = client.post(_URL, sent, headers=_ASKED_FOR)
    if answer.status_code != 200:
        raise RuntimeError(f"Coding answered {answer.status_code}.")
    following = answer.json()
    if "next" not in following:
        asked = {"after": comment, "have": have}
        following = client.get(_URL, asked, headers=_ASKED_FOR).json()
    if not following["next"]:
        raise RuntimeError("Nothing comes next.")


def _write_one(client: Client) -> None:
    """Write one bare row, behind the same middleware, for the same person."""
    if client.post("/bare/write", {"subject": 1, "kind": 2}).status_code != 204:
        raise RuntimeError("The baseline did not write.")


def nothing(times: int) -> dict[str, list[float]]:
    """Take the bare write beside a page that does nothing: how much of it is the harness; ms."""
    client = client_of("analyst")
    return paired(
        lambda: client.get("/bare/nothing"), lambda: _write_one(client), times=times, warm=5
    )
