"""Makes comments to be sorted, for tests that are not about how they came in."""

from datetime import date

from django.db.models import QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from tests.cast import make_person
from themes.models import WaitingComment


def uncoded_comments(project: Project) -> QuerySet[Comment]:
    """Return the comments that wait for a code, in the order they came in."""
    waiting = WaitingComment.objects.of(project).values("comment")
    return Comment.objects.filter(pk__in=waiting).order_by("pk")


def make_questions(project: Project) -> dict[str, Question]:
    """Find or make the questions of a project, by kind."""
    return ensure_questions(project=project, by=make_person("coordinator", project.slug))


def make_engagement(project: Project, title: str = "Open day", people: int = 40) -> Engagement:
    """Find or make an occasion that was held."""
    found = Engagement.objects.of(project).filter(title=title).first()
    return found or plan_engagement(
        project=project,
        title=title,
        method="event",
        place="The hall",
        date=date(2026, 3, 1),
        status=Engagement.Status.HELD,
        people_heard=people,
        by=make_person("coordinator", project.slug),
    )


def make_comments(
    project: Project,
    *texts: str,
    kind: str = "need",
    consent: bool = False,
    language: str = "en",
    descriptor: str = "",
    translation: dict[str, str] | None = None,
    engagement: Engagement | None = None,
) -> list[Comment]:
    """Make comments, each in a sitting of its own, on one occasion."""
    question = make_questions(project)[kind]
    submissions = add_submissions(
        engagement=engagement or make_engagement(project),
        entries=[
            SubmissionDraft(
                comments=[CommentDraft(question, text, translation or {})],
                descriptor=descriptor,
                quote_consent=consent,
                language=language,
            )
            for text in texts
        ],
        channel="typed",
        by=make_person("coordinator", project.slug),
    )
    of_each = Comment.objects.filter(submission__in=submissions).select_related("project")
    by_text = {comment.text: comment for comment in of_each}
    return [by_text[text] for text in texts]
