"""Comments that a coder has before them, so that no other is shown them at the same time.

A claim is no change to anybody's work: it is written beside the trail, and runs out by itself.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from coproduction.projects.models import Project, User
from engagements.models import Comment
from themes.models import CodingClaim
from themes.queries.queue import MOST, next_comments, seconds_now

# Longer than somebody reads one comment; whoever leaves keeps nothing from others for long.
LASTS = 10 * 60
# Of those that others take in the same moment, the next are asked for so often.
_TURNS = 4


def comments_to_code(
    *, project: Project, coder: User, after: int, question: UUID | None = None
) -> list[Comment]:
    """Return the next comments after a place in the queue, and keep them from other coders.

    No more than ``MOST``; none where all that wait are before other coders just now.
    """
    for _turn in range(_TURNS):
        found = next_comments(project, coder=coder, after=after, how_many=MOST, question=question)
        held = claim(project=project, coder=coder, keys=[each.pk for each in found])
        if held or not found:
            return [each for each in found if each.pk in held]
    return []


def claim(*, project: Project, coder: User, keys: Iterable[int]) -> set[int]:
    """Keep comments for a coder; return the keys of those that no other has. One statement."""
    # In one order whoever asks: two who ask for the same ones never wait for each other.
    wanted = sorted(set(keys))
    if not wanted:
        return set()
    table = connection.ops.quote_name(CodingClaim._meta.db_table)
    now = seconds_now()
    values = ", ".join(["(%s, %s, %s, %s)"] * len(wanted))
    sent = [value for key in wanted for value in (key, project.pk, coder.pk, now + LASTS)]
    # Only a name of our own and places for values are in the text.
    sql = (
        f"INSERT INTO {table} (comment_id, project_id, by_id, until) VALUES {values} "  # noqa: S608
        "ON CONFLICT (comment_id) DO UPDATE SET by_id = excluded.by_id, until = excluded.until "
        f"WHERE {table}.by_id = excluded.by_id OR {table}.until <= %s RETURNING comment_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*sent, now])
        return {key for (key,) in cursor.fetchall()}


def forget_run_out(*, project: Project) -> None:
    """Take away the claims that ran out, of whomever.

    Those that have not stay: a coder may have them before them in another window.
    """
    CodingClaim.objects.of(project).filter(until__lte=seconds_now()).delete()
