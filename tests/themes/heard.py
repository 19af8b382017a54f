"""Makes comments to be sorted: quickly, for tests that are not about how they came in."""

from datetime import date
from itertools import count

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question, Submission

KINDS = ("asset", "need", "change")
_numbers = count(1)


def make_questions(project: Project) -> dict[str, Question]:
    """Find or make the three questions of a project."""
    found = {}
    for position, kind in enumerate(KINDS):
        found[kind], _made = Question.objects.get_or_create(
            project=project,
            kind=kind,
            defaults={
                "position": position,
                "wording": {
                    "en": {"text": f"What do we {kind}?", "of": None},
                    "cy": {"text": f"Beth {kind}?", "of": None},
                },
            },
        )
    return found


def make_comments(
    project: Project,
    *texts: str,
    kind: str = "need",
    consent: bool = False,
    language: str = "en",
    descriptor: str = "",
    engagement: Engagement | None = None,
) -> list[Comment]:
    """Make comments, each in a sitting of its own, on one occasion."""
    question = make_questions(project)[kind]
    if engagement is None:
        engagement, _made = Engagement.objects.get_or_create(
            project=project,
            title="Open day",
            defaults={
                "method": "event",
                "date": date(2026, 3, 1),
                "place": "The hall",
                "people_heard": 40,
                "status": "held",
            },
        )
    made = []
    for text in texts:
        submission = Submission.objects.create(
            project=project,
            engagement=engagement,
            channel="typed",
            receipt=f"{project.slug}-{next(_numbers)}",
            quote_consent=consent,
            descriptor=descriptor,
            language=language,
        )
        made.append(
            Comment.objects.create(
                project=project,
                submission=submission,
                engagement=engagement,
                question=question,
                text=text,
                language=language,
            )
        )
    return made
