"""How long a project keeps what it needs for a while only; and taking away what is over."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, Retention, RetentionNotice, User
from coproduction.projects.queries.retention import failed_jobs_over, letters_over
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from coproduction.projects.services.letter import NO_WORDS

# How much longer what was announced to go stays, where somebody puts it off.
PUT_OFF_FOR = timedelta(days=30)


def set_periods(
    *, project: Project, small_number: int, by: User, seen: Seen | None = None, **months: Any
) -> Retention:
    """Say the smallest number that is shown, and for how many ``months`` each kind is kept.

    Raises ChangedMeanwhile, and ValidationError for what no project may say.
    """
    with recorded(project=project, by=by) as ledger:
        ledger.refresh(project)
        periods = Retention.objects.in_force(project)
        was = {"small_number": project.small_number, **periods.months}
        given = ledger.merged(project, seen=seen, now=was, small_number=small_number, **months)
        project.small_number = given.pop("small_number")
        for name, value in given.items():
            setattr(periods, name, value)
        project.full_clean()
        periods.full_clean(exclude=["project"])
        project.save()
        periods.save()
        now = {"small_number": project.small_number, **periods.months}
        ledger.record("projects.periods_set", subject=project, was=was, now=now)
    return periods


def take_away_over(*, project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Take away what was over by the day of each period; return how many of each.

    Part of the caller's ``recorded``.
    """
    # That it did not arrive stays true, and pages that needed it to go still say so.
    letters = letters_over(project, days["letters"]).update(**NO_WORDS)
    jobs, _by_model = failed_jobs_over(project, days["jobs"]).delete()
    return {"letters": letters, "jobs": jobs}


class PutOffBefore(Refusal):
    """What is announced to go is put off once, and before it went."""

    sentence = _("This was put off before, or has gone. It can be put off once.")


def put_off(*, notice: RetentionNotice, why: str, by: User) -> RetentionNotice:
    """Let what was announced to go wait for PUT_OFF_FOR longer. Raises PutOffBefore."""
    with recorded(project=notice.project, by=by) as ledger:
        ledger.refresh(notice)
        if notice.was_put_off or notice.done_at is not None:
            raise PutOffBefore
        was = {"due_on": notice.due_on}
        notice.put_off_at, notice.put_off_why, notice.put_off_by = ledger.at, why, by
        notice.due_on += PUT_OFF_FOR
        notice.full_clean()
        notice.save()
        now = {"due_on": notice.due_on}
        ledger.record("projects.retention_put_off", subject=notice.project, was=was, now=now)
    return notice
