"""The letter of the day: how many answers to surveys came since the last; none of their words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.audit import recorded
from coproduction.projects.models import Letter, Project, User
from coproduction.projects.services.letter import Draft, write_letters
from engagements.models import Submission, Survey

_KIND = "survey_answers"
# The first letter goes back no further; and two are never closer than this, whatever runs twice.
_FIRST, _APART = timedelta(days=7), timedelta(hours=20)


def tell_of_answers(*, project: Project) -> int:
    """Write once a day to those who look after what people say; return of how many answers.

    Nothing is written where none came since the last letter, or where nobody would read it.
    """
    if not _answers(project, _told_until(project)).exists():
        return 0
    with recorded(project=project, by=None) as ledger:
        since = _told_until(project)
        if since > ledger.at - _APART and _has_told(project):
            return 0
        surveys = _counted(project, since)
        number = sum(survey.new for survey in surveys)
        drafts = [_draft(project, user, surveys) for user in _readers(project)] if number else []
        if not drafts:
            return 0
        write_letters(project=project, kind=_KIND, drafts=drafts)
        ledger.record(
            "engagements.answers_told_of", subject=project, now={"answers": number}, follow_up=False
        )
    return number


def _has_told(project: Project) -> bool:
    """Say whether there ever was a letter."""
    return bool(Letter.objects.of(project).filter(kind=_KIND).exists())


def _told_until(project: Project) -> datetime:
    """Return when the last letter was written, or from when on the first one tells."""
    letters = Letter.objects.of(project).filter(kind=_KIND).order_by("-written_at")
    last: datetime | None = letters.values_list("written_at", flat=True).first()
    return last or timezone.now() - _FIRST


def _answers(project: Project, since: datetime) -> QuerySet[Submission]:
    """Return the answers that came since, and stand."""
    answers = Submission.objects.of(project).not_undone().filter(survey__isnull=False)
    return answers.filter(created_at__gt=since)


def _counted(project: Project, since: datetime) -> Sequence[Any]:
    """Return the surveys that were answered since, each with how often and how many wait."""
    keys = _answers(project, since).values("pk")
    new = Count("submissions", filter=Q(submissions__in=keys))
    waiting = Count("submissions", filter=Q(submissions__in=keys, submissions__on_hold=True))
    rows = Survey.objects.of(project).annotate(new=new, waiting=waiting)
    return list(rows.filter(new__gt=0).order_by("-new", "pk"))


def _readers(project: Project) -> Sequence[User]:
    """Return who looks after what people say, of those who have come."""
    rows = User.objects.filter(
        is_active=True,
        memberships__project=project,
        memberships__role__in=CAPABILITIES["comments.withhold"],
        memberships__joined_at__isnull=False,
    )
    return list(rows.distinct().order_by("pk"))


def _draft(project: Project, user: User, surveys: Sequence[Any]) -> Draft:
    """Write to one person, in their language: numbers, and where to read."""
    with translation.override(user.language):
        path = reverse("engagements:comment_list", kwargs={"project": project.slug})
        context = {
            "person": user,
            "project": project,
            "surveys": surveys,
            "number": sum(survey.new for survey in surveys),
            "waiting": sum(survey.waiting for survey in surveys),
            "url": f"{settings.SITE_URL}{path}",
        }
        return Draft(
            to=user.email,
            subject=render_to_string("engagements/email/answers_subject.txt", context),
            text=render_to_string("engagements/email/answers_message.txt", context),
            language=user.language,
        )
