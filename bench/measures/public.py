"""What the readers of a public page stand beside: the bytes they get, and private writes."""

import time
from pathlib import Path

from django.conf import settings

from bench.measures.people import PROJECT, role_of, sample_project, session_of
from bench.views import keep
from plan.models import Rendering
from workshops.models import Workshop
from workshops.services.note import NewNote, add_notes

ADDRESSES = {
    "plan": f"/{PROJECT}/plan/",
    "what we heard": f"/{PROJECT}/what-we-heard/",
    "project home": f"/{PROJECT}/",
    "action": f"/{PROJECT}/plan/actions/1/",
}


def addresses() -> dict[str, str]:
    """Return the public pages that are asked for over HTTP, by what figures call them."""
    return ADDRESSES


def keep_bytes(name: str, content: str, headers: dict[str, str]) -> str:
    """Put a page's bytes (as hexadecimal) where the bare view gives them; return its address."""
    keep(name.replace(" ", "-"), bytes.fromhex(content), headers)
    return f"/bare/kept/{name.replace(' ', '-')}"


def stored_file() -> str:
    """Return where the plan's PDF stands on the disk."""
    rows = Rendering.objects.filter(project=sample_project(), language="en", retired_at=None)
    return str(rows.exclude(file="").order_by("-pk")[0].file.path)


def sessions(roles: list[str]) -> dict[str, str]:
    """Sign roles in; return their cookies."""
    return {role: session_of(role) for role in roles if role}


def write_privately(a_second: int) -> dict[str, float]:
    """Keep a workshop's notes, one at a time, so many a second, until there is a file ``enough``.

    A note is the team's own: no public page shows any of it. Returns how many, and in how long.
    """
    enough, by = Path(settings.DATA_DIR, "enough"), role_of("facilitator")
    workshop = Workshop.objects.filter(project=sample_project()).order_by("pk")[0]
    began, written = time.monotonic(), 0
    while not enough.exists():
        note = NewNote(kind="idea", text=f"A note of a workshop evening, number {written}.")
        add_notes(workshop=workshop, notes=[note], by=by)
        written += 1
        time.sleep(max(0, began + written / a_second - time.monotonic()))
    enough.unlink()
    return {"written": written, "seconds": time.monotonic() - began}
