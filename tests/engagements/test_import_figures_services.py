"""What a sheet says of engagements is filled in, each change in the trail; read again, nothing."""

from datetime import date

import pytest

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.imports.drafting import Occasion
from engagements.imports.figures import EngagementFigures, FiguresProblem
from engagements.imports.table import Row
from engagements.models import Engagement
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.import_batch import undo_import
from engagements.services.import_figures import ImportUndone, bring_figures, fill_figures

FAIR = Occasion("FUN  day", date(2024, 5, 4))


def test_numbers_are_filled_in_and_what_is_left_open_stays(
    engagement, project, coordinator
) -> None:
    said = [EngagementFigures(2, FAIR, None, 3, 150, 4120)]
    filled = fill_figures(project=project, figures=said, by=coordinator)
    assert (len(filled.changes), filled.problems) == (1, {})
    engagement.refresh_from_db()
    assert (engagement.people_heard, engagement.helpers) == (40, 3)
    assert (str(engagement.hours), str(engagement.costs)) == ("2.5", "41.2")
    entry = AuditEntry.objects.filter(verb="engagements.engagement_logged").get()
    assert (entry.was["helpers"], entry.now["helpers"]) == (None, 3)
    assert verify(project).fault is None
    again = fill_figures(project=project, figures=said, by=coordinator)
    assert (again.changes, again.same, again.problems) == ([], 1, {})


def test_people_heard_are_those_of_one_that_was_held(engagement, project, coordinator) -> None:
    plan_engagement(
        project=project, title="Walk", method="event", date=date(2024, 6, 1), by=coordinator
    )
    said = [EngagementFigures(2, FAIR, 64), EngagementFigures(3, Occasion("Walk"), 9, 2)]
    filled = fill_figures(project=project, figures=said, by=coordinator)
    assert (len(filled.changes), filled.problems) == (2, {3: FiguresProblem.NOT_HELD})
    engagement.refresh_from_db()
    walk = Engagement.objects.get(title="Walk")
    assert (engagement.people_heard, walk.people_heard, walk.helpers) == (64, 0, 2)
    assert walk.hours is None
    assert walk.costs is None


def test_a_sheet_is_read_and_filled_in_by_its_headings(engagement, project, coordinator) -> None:
    rows = [Row(2, ["Fun day", "64", "2.5"]), Row(3, ["Fun day", "", "3"]), Row(4, ["", "1", ""])]
    brought = bring_figures(
        project=project, headings=["Event", "People heard", "Hours"], rows=rows, by=coordinator
    )
    assert len(brought.changes) == 1
    assert brought.problems == {3: FiguresProblem.AGAINST, 4: FiguresProblem.NO_TITLE}
    engagement.refresh_from_db()
    assert (engagement.people_heard, engagement.helper_minutes) == (64, 150)


def test_the_comments_own_sheet_may_say_them_in_each_row(bring_in, project) -> None:
    batch = bring_in(
        "said,at,heard,spent\nA bus,Fair,64,£10\nA park,Fair,64,\nA pond,Fair,,£11\n",
        texts=(("said", "need"),),
        **{"engagement": "at", "people": "heard", "costs": "spent", "project": project},
    )
    assert (batch.imported, batch.refused) == (3, 0)
    fair = Engagement.objects.get(title="Fair")
    assert (fair.people_heard, fair.cost_pence, fair.helpers) == (64, 1000, None)


def test_rows_of_engagements_that_are_not_there_are_told(engagement, project, coordinator) -> None:
    off = plan_engagement(
        project=project, title="Tea", method="event", date=date(2024, 6, 1), by=coordinator
    )
    cancel_engagement(engagement=off, by=coordinator)
    said = [
        EngagementFigures(2, Occasion("Tea"), 3),
        EngagementFigures(3, Occasion("Elsewhere"), 3),
    ]
    filled = fill_figures(project=project, figures=said, by=coordinator)
    assert filled.changes == []
    assert filled.problems == {2: FiguresProblem.CALLED_OFF, 3: FiguresProblem.NOT_THERE}


def test_undoing_an_import_puts_back_the_numbers_that_its_file_filled_in(
    bring_in, engagement, coordinator
) -> None:
    batch = bring_in("said\nA bus\n", texts=(("said", "need"),))
    engagement.refresh_from_db()
    before = engagement.people_heard
    for people, hours in ((64, 150), (70, 150)):
        said = [EngagementFigures(2, FAIR, people, None, hours)]
        fill_figures(project=batch.project, figures=said, batch=batch, by=coordinator)
    Engagement.objects.filter(pk=engagement.pk).update(helper_minutes=90)
    undo_import(batch=batch, by=coordinator)
    engagement.refresh_from_db()
    # What somebody changed since stays.
    assert (before, engagement.people_heard, engagement.helper_minutes) == (40, 40, 90)
    assert verify(batch.project).fault is None
    with pytest.raises(ImportUndone):
        fill_figures(project=batch.project, figures=said, batch=batch, by=coordinator)
