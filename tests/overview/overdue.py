"""One of each thing that is kept for a while only, made through the services long ago."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.projects.models import Letter, Project, User
from coproduction.projects.services.letter import Draft, write_letters
from engagements.models import Comment, Concern, ImportBatch, Redaction
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import start_import
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.withholding import raise_concern, redact_comment, resolve_concern
from tests.workshops.material import make_workshop
from workshops.services.attendee import add_attendees
from workshops.services.workshop import name_host

LONG_AGO = datetime(2021, 3, 2, 12, tzinfo=UTC)
# What there is one of, by period; of the names there are two.
THERE = {"originals": 1, "imports": 1, "attendees": 2, "concerns": 1, "letters": 1, "jobs": 1}


def make_overdue(project: Project, by: User) -> Comment:
    """Make one of each, as of LONG_AGO; return the comment that was redacted."""
    engagement = plan_engagement(
        project=project, title="Fair", method="event", date=date(2021, 3, 1), by=by
    )
    questions = ensure_questions(project=project, by=by)
    words = ["Mrs Pugh of number 9 needs a ramp.", "Swings that swing."]
    drafts = [CommentDraft(questions["need"], each) for each in words]
    first, second = (
        add_submission(engagement=engagement, comments=drafts, by=by)
        .comments.order_by("position")
        .all()
    )
    redact_comment(comment=first, text="A neighbour needs a ramp.", by=by)
    concern = raise_concern(comment=second, by=by)
    resolve_concern(
        concern=concern, outcome="restored", decision="no_risk", decided_by="Sgt Price", by=by
    )
    batch = start_import(
        engagement=engagement, file=BytesIO(b"comment\nA bus\n"), name="notes.csv", by=by
    )
    batch.refused_rows.create(row=9, reason="no_text", content='["Mrs Pugh"]')
    workshop = make_workshop(project, date=date(2021, 3, 2))
    add_attendees(workshop=workshop, kind="resident", count=2, names=["Nia Pugh"], by=by)
    name_host(table=workshop.tables.get(number=1), host="Ffion", by=by)
    write_letters(project=project, kind="test", drafts=[Draft("a@b.example", "Hi", "Read", "en")])
    _move_to_long_ago(project, batch)
    return first


def _move_to_long_ago(project: Project, batch: ImportBatch) -> None:
    """Let it all have been then; that a file came in then is what its entry would say too."""
    Redaction.objects.filter(comment__project=project).update(at=LONG_AGO)
    Concern.objects.filter(comment__project=project).update(resolved_at=LONG_AGO)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=LONG_AGO)
    letters: Any = Letter.objects.filter(project=project, kind="test")
    letters.update(state=Letter.State.REFUSED, written_at=LONG_AGO)
    Job.objects.create(
        task="tests.failed",
        scope=str(project.uuid),
        state=Job.State.FAILED,
        sentence="It failed.",
        finished_at=LONG_AGO,
    )


def in_days(count: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=count)
