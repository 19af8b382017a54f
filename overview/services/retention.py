"""What is over goes: announced two weeks ahead, then taken away by the stages that keep it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, RetentionNotice, User
from coproduction.projects.models.retention import PERIODS
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.retention import take_away_over as take_away_of_project
from engagements.services.retention import delete_removed_files
from engagements.services.retention import take_away_over as take_away_of_listening
from overview.queries.retention import Over, notice_waiting, over_by
from workshops.services.retention import take_away_names

# So long before anything goes, it is announced.
AHEAD = timedelta(days=14)


@dataclass
class Retained:
    """What became of one project: what was announced to go, and what went, by kind."""

    announced: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)


def apply_retention(*, project: Project, today: date | None = None) -> Retained:
    """Announce what will be over in two weeks, or take away what was announced and is due.

    However often and from wherever it is called, each is done once: who comes second finds it done.
    What a run that was cut off left of files, the next deletes. One project at a time.
    """
    today = today or timezone.localdate()
    delete_removed_files(project=project)
    if _has_nothing_to_do(project, today):
        return Retained()
    with recorded(project=project, by=None) as ledger:
        notice = notice_waiting(project)
        if notice is None:
            return Retained(announced=_announce(project, today + AHEAD, ledger))
        if notice.due_on > today:
            return Retained()
        return Retained(taken=_take_away(notice, ledger))


def would_apply(project: Project, today: date | None = None) -> Retained:
    """Return what ``apply_retention`` would do, and do nothing."""
    today = today or timezone.localdate()
    notice = notice_waiting(project)
    if notice is None:
        return Retained(announced=over_by(project, today + AHEAD).counts)
    if notice.due_on > today:
        return Retained()
    return Retained(taken=_over_of(notice).counts)


def _has_nothing_to_do(project: Project, today: date) -> bool:
    """Look without a lock, since on most days there is nothing; who goes on looks again."""
    found = would_apply(project, today)
    notice = notice_waiting(project)
    is_due = notice is not None and notice.due_on <= today
    return not (found.announced or found.taken or is_due)


def _over_of(notice: RetentionNotice) -> Over:
    """Return what goes of what was announced: no more, whatever was set since."""
    return over_by(notice.project, notice.as_of, notice.months)


def _announce(project: Project, day: date, ledger: Ledger) -> dict[str, int]:
    """Keep what will go on a day, and write to those who may put it off; return how many."""
    over = over_by(project, day)
    if not over.counts:
        return {}
    RetentionNotice.objects.create(
        project=project, as_of=day, due_on=day, months=over.months, counts=over.counts
    )
    may = User.objects.filter(
        is_active=True,
        memberships__project=project,
        memberships__role__in=CAPABILITIES["project.manage"],
        memberships__joined_at__isnull=False,
    )
    drafts = [_draft(project, user, sum(over.counts.values()), day) for user in may.distinct()]
    write_letters(project=project, kind="retention", drafts=drafts)
    now = {"due_on": day, **over.counts}
    ledger.record("projects.retention_announced", subject=project, now=now, follow_up=False)
    return over.counts


def _draft(project: Project, user: User, number: int, day: date) -> Draft:
    """Write to one person, in their language, how many things go, when, and where to look."""
    with translation.override(user.language):
        path = reverse("overview:retention", kwargs={"project": project.slug})
        context = {
            "person": user,
            "project": project,
            "number": number,
            "day": day,
            "url": f"{settings.SITE_URL}{path}",
        }
        return Draft(
            to=user.email,
            subject=render_to_string("overview/email/retention_subject.txt", context),
            text=render_to_string("overview/email/retention_message.txt", context),
            language=user.language,
        )


def _take_away(notice: RetentionNotice, ledger: Ledger) -> dict[str, int]:
    """Have each stage take its own away, and record how many of each kind went."""
    project, over = ledger.project, _over_of(notice)
    taken = {
        **take_away_of_listening(project=project, days=over.days),
        **take_away_names(project=project, days=over.days),
        **take_away_of_project(project=project, days=over.days),
    }
    gone = {name: taken[name] for name in PERIODS if taken[name]}
    notice.counts, notice.done_at = gone, ledger.at
    notice.save()
    was = {"due_on": notice.due_on}
    ledger.record("projects.retention_applied", subject=project, was=was, now=gone)
    return gone
