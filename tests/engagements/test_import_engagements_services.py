"""Engagements that a file names: made before its rows, once, called off with it, back with it."""

from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.imports.columns import Columns
from engagements.imports.occasions import TooManyEngagements
from engagements.models import Comment, Engagement, ImportBatch
from engagements.services import import_batch
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.import_batch import NoEngagement, map_import, run_import, undo_import
from engagements.services.submission import CommentDraft, add_submission
from tests.engagements.cases import LOG, LOG_ROWS

FIELDS = {
    **{"engagement": "Event", "date": "Date", "place": "Place", "method": "Method"},
    **{"who": "Who said it", "age": "Age band", "area": "Area"},
    **{"question": "About", "quote": "Quote OK?"},
}
VALUES = {
    "About": {"strengths": "asset", "needs": "need", "ideas for change": "change"},
    "Method": {"stall": "event", "group talk": "group"},
}


def made() -> QuerySet[Engagement]:
    """Return the engagements that files made; there is one besides."""
    return Engagement.objects.exclude(title="Fun day")


@pytest.fixture
def log(bring_in, project):
    """Bring the log of four events in."""

    def brought(text: str = LOG, **more):
        texts = (("Comment", ""),)
        return bring_in(text, texts=texts, values=VALUES, project=project, fields=FIELDS, **more)

    return brought


def test_one_sheet_makes_its_engagements_with_their_dates_and_comments(log, project) -> None:
    batch = log()
    assert (batch.imported, batch.refused) == (LOG_ROWS, 0)
    rows = made().order_by("date")
    assert [
        (each.title, each.date, each.place, each.method, each.area, each.status) for each in rows
    ] == [
        ("Summer fair", date(2023, 8, 19), "Parc", "event", "", "held"),
        ("Youth club", date(2023, 9, 14), "Youth centre", "group", "Glanrafon", "held"),
        ("Chapel tea", date(2023, 10, 3), "Bethel", "group", "Glanrafon", "held"),
        ("Door to door, Heol Isaf", date(2023, 11, 7), "Heol Isaf", "survey", "XX5 9", "held"),
    ]
    assert [each.comments.count() for each in rows] == [2, 2, 1, 1]
    assert Comment.objects.get(text="7").question.kind == "change"
    assert Comment.objects.filter(quote_consent=True).count() == 3
    assert verify(project).fault is None


def test_those_that_are_there_are_taken(log, project, coordinator) -> None:
    fair = plan_engagement(
        project=project,
        title="SUMMER  Fair",
        method="drop_in",
        date=date(2023, 8, 19),
        status="held",
        people_heard=64,
        by=coordinator,
    )
    log()
    fair.refresh_from_db()
    assert (fair.method, fair.people_heard, fair.comments.count()) == ("drop_in", 64, 2)
    assert made().count() == 4


def test_a_day_to_come_makes_a_planned_one_and_no_day_todays(bring_in, project) -> None:
    later = timezone.localdate() + timedelta(days=9)
    batch = bring_in(
        f"said,at,day\nA bus,Fair,{later}\nA park,Tea,\n",
        **{"engagement": "at", "date": "day", "project": project},
        texts=(("said", "need"),),
    )
    assert batch.imported == 2
    rows = dict(made().values_list("title", "status"))
    assert rows == {"Fair": "planned", "Tea": "held"}
    assert Engagement.objects.get(title="Tea").date == timezone.localdate()


def test_rows_are_refused_where_nothing_says_which_engagement(
    bring_in, project, coordinator
) -> None:
    for day in (1, 2):
        plan_engagement(
            project=project, title="Fair", method="event", date=date(2023, 5, day), by=coordinator
        )
    off = plan_engagement(
        project=project, title="Tea", method="event", date=date(2023, 5, 3), by=coordinator
    )
    cancel_engagement(engagement=off, by=coordinator)
    batch = bring_in(
        "said,at,day\nA,Fair,\nB,Fair,2/5/2023\nC,Tea,3/5/2023\nD,,\nE,Fair,soon\n"
        f"F,{'x' * 151},\n",
        **{"engagement": "at", "date": "day", "project": project},
        texts=(("said", "need"),),
    )
    assert dict(batch.refused_rows.values_list("row", "reason")) == {
        2: "several_engagements",
        4: "engagement_cancelled",
        5: "no_engagement",
        6: "date",
        7: "engagement_too_long",
    }
    assert Comment.objects.get().engagement.date == date(2023, 5, 2)


def test_a_file_of_an_engagement_keeps_it_for_rows_that_name_none(bring_in, engagement) -> None:
    bring_in("said,at\nA bus,\nA park,Tea\n", texts=(("said", "need"),), engagement="at")
    rows = Comment.objects.order_by("pk").values_list("text", "engagement__title")
    assert list(rows) == [("A bus", "Fun day"), ("A park", "Tea")]


def test_rows_that_do_not_come_in_make_no_engagement(bring_in, project) -> None:
    batch = bring_in(
        "said,at,state\n,Fair,in\nA bus,Tea,out\nA park,Walk,in\n",
        texts=(("said", "need"),),
        values={"state": {"out": "leave-out"}},
        **{"engagement": "at", "project": project},
    )
    assert (batch.imported, batch.skipped, batch.refused) == (1, 1, 1)
    assert [each.title for each in made()] == ["Walk"]


def test_undone_it_calls_off_what_came_with_it_and_has_nothing_else(
    log, project, coordinator, questions
) -> None:
    batch = log()
    fair = Engagement.objects.get(title="Summer fair")
    add_submission(
        engagement=fair, comments=[CommentDraft(questions["need"], "A bench")], by=coordinator
    )
    undo_import(batch=batch, by=coordinator)
    off = Engagement.objects.filter(status=Engagement.Status.CANCELLED)
    assert {each.title for each in off} == {"Youth club", "Chapel tea", "Door to door, Heol Isaf"}
    # Brought in again, they come back, and are held.
    again = log()
    assert again.imported == LOG_ROWS
    assert not off.all().exists()
    assert made().count() == 4
    assert set(made().values_list("status", flat=True)) == {"held"}
    undo_import(batch=again, by=coordinator)
    assert off.all().count() == 3


def test_begun_again_after_a_crash_it_makes_none_twice(
    take_in, project, coordinator, monkeypatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_args, **_more):
        raise Killed

    batch = take_in(LOG, project=project)
    columns = Columns(texts=(("Comment", ""),), fields=FIELDS, values=VALUES)
    map_import(batch=batch, columns=columns, by=coordinator)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(import_batch, "put_in", die)
        run_import(batch=ImportBatch.objects.get(pk=batch.pk))
    assert made().count() == 4
    run_import(batch=ImportBatch.objects.get(pk=batch.pk))
    assert made().count() == 4
    assert Comment.objects.count() == LOG_ROWS
    planned = AuditEntry.objects.filter(verb="engagements.engagement_planned")
    assert planned.count() == 1 + 4


def test_undone_before_it_began_it_makes_none(take_in, project, coordinator) -> None:
    batch = take_in(LOG, project=project)
    columns = Columns(texts=(("Comment", ""),), fields=FIELDS, values=VALUES)
    map_import(batch=batch, columns=columns, by=coordinator)
    stale = ImportBatch.objects.get(pk=batch.pk)
    undo_import(batch=batch, by=coordinator)
    run_import(batch=stale)
    assert not made().exists()
    assert not Comment.objects.exists()


def test_a_column_of_something_else_stops_it_before_anything_is_made(
    take_in, project, coordinator
) -> None:
    rows = "".join(f"Words {n},Title {n}\n" for n in range(1_001))
    batch = take_in(f"said,at\n{rows}", project=project)
    columns = Columns(texts=(("said", "need"),), fields={"engagement": "at"})
    map_import(batch=batch, columns=columns, by=coordinator)
    with pytest.raises(TooManyEngagements):
        run_import(batch=batch)
    assert not made().exists()


@pytest.mark.parametrize("fields", [{}, {"date": "Date"}])
def test_a_file_for_no_engagement_needs_a_column_that_names_it(
    take_in, project, coordinator, fields
) -> None:
    batch = take_in(LOG, project=project)
    with pytest.raises(NoEngagement):
        columns = Columns(texts=(("Comment", ""),), fields=fields)
        map_import(batch=batch, columns=columns, by=coordinator)
    with pytest.raises(ValueError, match="belongs to a project"):
        take_in(LOG, project=None)
