"""Changes to engagements: plan one, change it, log that it was held, call it off."""

from datetime import date as Date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from engagements.models import BulkChange, Comment, Engagement, Level, Withdrawal


class NotYetHeld(Refusal):
    """An engagement can't have been held on a day that has not come."""

    sentence = _("That date has not come yet. Give the day on which it was held.")


class CalledOffMeanwhile(Refusal):
    """Somebody called it off while another wrote its log: an older page does not undo that."""

    sentence = _(
        "This engagement was called off. If it was held after all, put it back in the diary first, "
        "then log it."
    )


class HasComments(Refusal):
    """What people said at an engagement is moved or withdrawn first, or with it."""

    sentence = _(
        "People said things at this engagement, so it can't be called off like this. "
        "A co-ordinator can move or withdraw what they said with it."
    )


class MoveUnderWay(Refusal):
    """Comments are on their way to an engagement, or back to where they were."""

    sentence = _(
        "Comments are being moved to this engagement just now. Look when that is done, "
        "then call the engagement off."
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
    came_with: UUID | None = None,
    sending: SentForm | None = None,
) -> Engagement:
    """Put an engagement in the diary; or, with ``status`` held, log one that has been.

    ``came_with`` is the import that names it. By one ``sending`` of a form, once. Raises NotYetHeld
    for one held on a day to come, MadeAlready, and ValidationError.
    """
    if status == Engagement.Status.HELD and date > timezone.localdate():
        raise NotYetHeld
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Engagement)) is not None:
            return made
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
            came_with=came_with,
        )
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_planned",
            subject=engagement,
            now={"date": date, "status": status, "people_heard": people_heard},
            sending=sending,
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
    seen: Seen | None = None,
) -> Engagement:
    """Change an engagement's facts. Raises NotYetHeld, ChangedMeanwhile, ValidationError."""
    with recorded(project=engagement.project, by=by) as ledger:
        was = _facts(ledger.refresh(engagement))
        ledger.change(
            engagement,
            seen=seen,
            title=title,
            method=method,
            date=date,
            place=place,
            area=area,
            level=level,
            purpose=purpose,
        )
        if engagement.is_held and engagement.date > timezone.localdate():
            raise NotYetHeld
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_changed", subject=engagement, was=was, now=_facts(engagement)
        )
    return engagement


def _facts(engagement: Engagement) -> dict[str, object]:
    """Return what the trail keeps of an engagement: nothing that was typed."""
    return {"date": engagement.date, "method": engagement.method, "level": engagement.level}


def log_engagement(
    *,
    engagement: Engagement,
    people_heard: int,
    date: Date,
    by: User,
    seen: Seen | None = None,
    **took: Any,
) -> Engagement:
    """Say that an engagement was held, when, how many people were heard, and what it took.

    ``took`` are its ``helpers``, ``hours`` and ``costs`` in pounds, None for what nobody said;
    without any, what is known of them stays. Logging it again corrects what it says. Raises
    NotYetHeld, CalledOffMeanwhile and ChangedMeanwhile.
    """
    with recorded(project=engagement.project, by=by) as ledger:
        was = _log_of(ledger.refresh(engagement))
        if engagement.is_cancelled:
            raise CalledOffMeanwhile
        # What the form shows before anybody was counted: an empty box.
        people = engagement.people_heard if engagement.is_held else None
        now = {"date": engagement.date, "people_heard": people}
        now |= {name: getattr(engagement, name) for name in took}
        sent = {"date": date, "people_heard": people_heard, **took}
        found = ledger.merged(engagement, seen=seen, now=now, **sent)
        engagement.date, engagement.people_heard = found.pop("date"), found.pop("people_heard")
        if took:
            engagement.take_note(**found)
        if engagement.date > timezone.localdate():
            raise NotYetHeld
        engagement.status = Engagement.Status.HELD
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_logged", subject=engagement, was=was, now=_log_of(engagement)
        )
    return engagement


def _log_of(engagement: Engagement) -> dict[str, object]:
    """Return what an engagement's log says."""
    return {
        "status": engagement.status,
        "date": engagement.date,
        "people_heard": engagement.people_heard,
        **({"helpers": engagement.helpers} if engagement.helpers is not None else {}),
        **({"minutes": engagement.helper_minutes} if engagement.helper_minutes is not None else {}),
        **({"pence": engagement.cost_pence} if engagement.cost_pence is not None else {}),
    }


def cancel_engagement(
    *, engagement: Engagement, by: User, version: int | None = None
) -> Engagement:
    """Call an engagement off; one that is called off already is left as it is.

    ``version`` is the one that the page showed. Raises HasComments when people spoke at it and did
    not take it back,
    ImportUnderWay when a file of what they said is not all in yet, MoveUnderWay when comments are
    being moved to it, and ChangedSince.
    """
    with recorded(project=engagement.project, by=by) as ledger:
        if ledger.refresh(engagement).is_cancelled:
            return engagement
        ledger.refresh(engagement, version=version)
        if comments_in_the_way(engagement).exists():
            raise HasComments
        if engagement.imports.filter(finished_at__isnull=True, undone_at__isnull=True).exists():
            raise ImportUnderWay
        if _is_being_filled(engagement):
            raise MoveUnderWay
        was = {"status": engagement.status, "people_heard": engagement.people_heard}
        engagement.status, engagement.people_heard = Engagement.Status.CANCELLED, 0
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_cancelled",
            subject=engagement,
            was=was,
            now={"status": engagement.status},
        )
    return engagement


def _is_being_filled(engagement: Engagement) -> bool:
    """Say whether a change to many puts comments here; one that is undone may put some back."""
    moves = BulkChange.objects.of(engagement.project).filter(kind=BulkChange.Kind.ENGAGEMENT)
    coming = Q(engagement=engagement, finished_at__isnull=True, undone_at__isnull=True)
    back = Q(undone_at__isnull=False, undo_finished_at__isnull=True)
    return moves.filter(coming | back).exists()


def comments_in_the_way(engagement: Engagement) -> QuerySet[Comment]:
    """Return what keeps an engagement from being called off: not undone, nor withdrawn."""
    withdrawn = Withdrawal.objects.filter(comment=OuterRef("pk"), lifted_at__isnull=True)
    said = Comment.objects.filter(engagement=engagement, submission__undone_at__isnull=True)
    return said.exclude(Exists(withdrawn))


def revive_engagement(
    *, engagement: Engagement, by: User, version: int | None = None
) -> Engagement:
    """Put an engagement that was called off back in the diary; anything else is left as it is.

    ``version`` is the one that the page showed. Raises ChangedSince.
    """
    with recorded(project=engagement.project, by=by) as ledger:
        if not ledger.refresh(engagement).is_cancelled:
            return engagement
        ledger.refresh(engagement, version=version)
        engagement.status = Engagement.Status.PLANNED
        engagement.full_clean()
        engagement.save()
        ledger.record(
            "engagements.engagement_revived",
            subject=engagement,
            was={"status": Engagement.Status.CANCELLED},
            now={"status": engagement.status},
        )
    return engagement
