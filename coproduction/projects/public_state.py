"""The state of what the public reads of a project, by its name: which changes give it another.

Public pages are kept under it. So every change gives it another name, in its own transaction, but
for those named here: a change that nobody thought of is never left out.
"""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from coproduction.projects.models import AuditHead
from coproduction.projects.models.audit import new_state

# What leaves every public page as it is. tests/plan/test_public_pages.py does each of them.
PRIVATE = frozenset(
    {
        # Who is on the team, how they are written to, and what they read or took out.
        *("projects.member_added", "projects.member_invited_again", "projects.member_removed"),
        *("projects.member_signed_out", "projects.account_closed", "projects.account_reopened"),
        *("projects.second_step_reset", "projects.account_deleted"),
        *("projects.letter_left", "projects.letter_sent_again", "projects.register_taken_out"),
        # What somebody complained of, and was answered.
        *("projects.complaint_received", "projects.complaint_acknowledged"),
        "projects.complaint_answered",
        *("projects.archive_asked_for", "projects.archive_taken_out"),
        # What another project was begun from, and what nobody but the team begins with.
        *("projects.blueprint_taken", "projects.texts_read", "projects.text_template_removed"),
        *("projects.pass_given", "projects.pass_revoked", "projects.pass_code_wrong"),
        *("engagements.original_read", "engagements.refused_rows_taken_out"),
        *("engagements.comments_taken_out", "engagements.comments_looked_at"),
        *("engagements.hints_let_be", "engagements.answers_told_of"),
        # What is got ready: a file that came in, what puts an answer on hold.
        *("engagements.file_taken_in", "engagements.file_looked_through"),
        "engagements.layout_chosen",
        *("engagements.hold_rules_changed", "engagements.networks_forgotten"),
        *("engagements.network_watched", "engagements.network_watch_ended"),
        # By what somebody of the team looks at the comments.
        *("engagements.view_saved", "engagements.view_removed"),
        # What is worked on, and in no edition yet. Notes that are there may be in one.
        *("workshops.attendees_added", "workshops.attendees_removed", "workshops.host_named"),
        *("workshops.tables_set", "workshops.table_removed", "workshops.notes_added"),
        *("workshops.action_proposed", "workshops.evidence_cited", "workshops.evidence_taken_off"),
        *("projects.organisation_added", "plan.section_written"),
        # What the group says before it decides, and how it meets.
        *("steering.answer_given", "steering.answer_confirmed", "steering.terms_set"),
        *("steering.meeting_called", "steering.meeting_changed", "steering.meeting_called_off"),
        *("steering.minutes_recorded", "steering.minutes_circulated", "steering.meeting_sealed"),
        *("steering.member_seated", "steering.seat_changed", "steering.seat_left"),
        *("steering.seat_removed",),
    }
)
# What comes many times a minute and only counts on: whatever shows counts may tell those of
# PUBLIC_COUNTS_SECONDS ago. Nothing that takes a word away is among them.
COUNTED = frozenset(
    {
        *("engagements.submissions_added", "themes.comment_coded", "themes.comments_coded"),
        "themes.coding_undone",
    }
)


class PublicState(NamedTuple):
    """What names the state of a project's public pages: whoever knows it knows what they say."""

    # Of all but counts, and of counts.
    words: str
    counts: str


def note_change(head: AuditHead, verb: str, at: datetime) -> None:
    """Name the state anew on a head, which is locked and saved after, if a change asks for it."""
    if verb in COUNTED:
        _count_on(head, at)
    elif verb not in PRIVATE:
        head.public_state = new_state()


def note_unrecorded(head: AuditHead, at: datetime) -> None:
    """Name the state of the counts anew after a change that made no entry; save it."""
    _count_on(head, at)
    head.save(update_fields=list(AuditHead.STATES))


def _count_on(head: AuditHead, at: datetime) -> None:
    """Name the state of the counts anew; the one before stands until its time is over."""
    moment = int(at.timestamp() * 1000)
    if _is_over(head.counts_at, moment):
        head.counts_before = head.counts_state
    head.counts_state, head.counts_at = new_state(), moment


def _is_over(earlier: int, now: int) -> bool:
    """Say whether counts of one moment are told at another: in turns of the same length for all.

    By the clock and not since they were last told, so that no reader has to write anything down.
    """
    turn = int(settings.PUBLIC_COUNTS_SECONDS * 1000)
    return not turn or earlier // turn < now // turn


def state_of(slug: str) -> PublicState | None:
    """Read the state of a project's public pages; None where there is no such project. One query.

    Read it before anything else: what is read after can only be newer than its name.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question(), [slug])
        row = cursor.fetchone()
    if row is None:
        return None
    words, counts, before, at = row
    is_over = _is_over(at, int(timezone.now().timestamp() * 1000))
    return PublicState(words, counts if is_over else before)


@lru_cache(maxsize=1)
def _question() -> str:
    """Compile the question once: putting it together takes ten times as long as answering it."""
    heads = AuditHead.objects.filter(project__slug="").values_list(*AuditHead.STATES)
    sql, _parameters = heads.query.sql_with_params()
    return str(sql)
