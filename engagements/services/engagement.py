"""Changes to engagements: plan one, change it, log that it was held, call it off."""

from datetime import date as Date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Comment, Engagement, Level


class NotYetHeld(Refusal):
    """An engagement can't have been held on a day that has not come."""

    sentence = _("That date has not come yet. Give the day on which it was held.")


class HasComments(Refusal):
    """An engagement that people spoke at was held; it can't be called off."""

    sentence = _(
        "People said things at this engagement, so it can't be called off. Log it instead."
    )


class ImportUnderWay(Refusal):
    """People's words are on their way in, or may be; then they spoke here."""

    sentence = _(
        "A file for this engagement is not all in yet. Finish its import or undo it, "
        "then call the engagement off."
    )


def plan_engagement(
    *,
    project: Project,
    title: str,
    method: str,
    date: Date,
    by: User,
    place: str = "",
    area: str = "",
    level: str = Level.CONSULT,
    purpose: str = "",
    status: str = Engagement.Status.PLANNED,
    people_heard: int = 0,
) -> Engagement:
    """Put an occasion in the diary; or, with ``status`` held, log one that has been.

    Raises NotYetHeld for one held on a day to come, and ValidationError.
    """
    if status == Engagement.Status.HELD and date > timezone.localdate():
        raise NotYetHeld
    with recorded(project=project, by=by) as ledger:
        engagement = Engagement(
            project=project,
            title=title,
            method=method,
            place=place,
            area=area,
            date=date,
            level=level,
            purpose=purpose,
            people_heard=people_heard,
            status=status,
        )
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_planned",
            subject=engagement,
            now={"date": date, "status": status, "people_heard": people_heard},
        )
    return engagement


def change_engagement(
    *,
    engagement: Engagement,
    title: str,
    method: str,
    date: Date,
    by: User,
    place: str = "",
    area: str = "",
    level: str = Level.CONSULT,
    purpose: str = "",
) -> Engagement:
    """Change what is known of an occasion. Raises NotYetHeld, ValidationError."""
    if engagement.is_held and date > timezone.localdate():
        raise NotYetHeld
    with recorded(project=engagement.project, by=by) as ledger:
        ledger.refresh(engagement)
        was = {"date": engagement.date, "method": engagement.method, "level": engagement.level}
        engagement.title, engagement.method, engagement.date = title, method, date
        engagement.place, engagement.area = place, area
        engagement.level, engagement.purpose = level, purpose
        engagement.full_clean()
        # Only these: somebody may be logging it at this moment.
        engagement.save(
            update_fields=["title", "method", "date", "place", "area", "level", "purpose"]
        )
        ledger.record(
            "engagements.engagement_changed",
            subject=engagement,
            was=was,
            now={"date": date, "method": method, "level": level},
        )
    return engagement


def log_engagement(
    *, engagement: Engagement, people_heard: int, date: Date, by: User
) -> Engagement:
    """Say that an occasion was held, when, and how many people were heard. Raises NotYetHeld.

    Logging it again corrects the date or the number.
    """
    if date > timezone.localdate():
        raise NotYetHeld
    with recorded(project=engagement.project, by=by) as ledger:
        ledger.refresh(engagement)
        was = {
            "status": engagement.status,
            "date": engagement.date,
            "people_heard": engagement.people_heard,
        }
        engagement.status = Engagement.Status.HELD
        engagement.date, engagement.people_heard = date, people_heard
        engagement.full_clean()
        engagement.save(update_fields=["status", "date", "people_heard"])
        ledger.record(
            "engagements.engagement_logged",
            subject=engagement,
            was=was,
            now={"status": engagement.status, "date": date, "people_heard": people_heard},
        )
    return engagement


def cancel_engagement(*, engagement: Engagement, by: User) -> Engagement:
    """Call an occasion off.

    Raises HasComments when people spoke at it, FileUnderWay when a file of what they said is not
    all in yet.
    """
    with recorded(project=engagement.project, by=by) as ledger:
        ledger.refresh(engagement)
        if Comment.objects.filter(
            engagement=engagement, submission__undone_at__isnull=True
        ).exists():
            raise HasComments
        if engagement.imports.filter(finished_at__isnull=True, undone_at__isnull=True).exists():
            raise ImportUnderWay
        was = {"status": engagement.status, "people_heard": engagement.people_heard}
        engagement.status, engagement.people_heard = Engagement.Status.CANCELLED, 0
        engagement.full_clean()
        engagement.save(update_fields=["status", "people_heard"])
        ledger.record(
            "engagements.engagement_cancelled",
            subject=engagement,
            was=was,
            now={"status": engagement.status},
        )
    return engagement


def revive_engagement(*, engagement: Engagement, by: User) -> Engagement:
    """Put an occasion that was called off back in the diary; anything else is left as it is."""
    with recorded(project=engagement.project, by=by) as ledger:
        ledger.refresh(engagement)
        if not engagement.is_cancelled:
            return engagement
        engagement.status = Engagement.Status.PLANNED
        engagement.full_clean()
        engagement.save(update_fields=["status"])
        ledger.record(
            "engagements.engagement_revived",
            subject=engagement,
            was={"status": Engagement.Status.CANCELLED},
            now={"status": engagement.status},
        )
    return engagement
