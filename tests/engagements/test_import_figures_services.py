"""What a sheet says of engagements is filled in, each change in the trail; read again, nothing."""

from datetime import date

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.imports.drafting import Occasion
from engagements.imports.figures import EngagementFigures
from engagements.imports.table import Row
from engagements.models import Engagement
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.import_figures import bring_figures, fill_figures

FAIR = Occasion("FUN  day", date(2024, 5, 4))


def test_numbers_are_filled_in_and_what_is_left_open_stays(
    engagement, project, coordinator
) -> None:
    said = [EngagementFigures(2, FAIR, None, 3, 150, 4120)]
    assert fill_figures(project=project, figures=said, by=coordinator) == (1, [])
    engagement.refresh_from_db()
    assert (engagement.people_heard, engagement.helpers) == (40, 3)
    assert (str(engagement.hours), str(engagement.costs)) == ("2.5", "41.2")
    entry = AuditEntry.objects.filter(verb="engagements.engagement_logged").get()
    assert (entry.was["helpers"], entry.now["helpers"]) == (None, 3)
    assert verify(project).fault is None
    assert fill_figures(project=project, figures=said, by=coordinator) == (0, [])


def test_people_heard_are_those_of_one_that_was_held(engagement, project, coordinator) -> None:
    plan_engagement(
        project=project, title="Walk", method="event", date=date(2024, 6, 1), by=coordinator
    )
    said = [EngagementFigures(2, FAIR, 64), EngagementFigures(3, Occasion("Walk"), 9, 2)]
    assert fill_figures(project=project, figures=said, by=coordinator) == (2, [])
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
    assert brought == (1, [3, 4])
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
    assert fill_figures(project=project, figures=said, by=coordinator) == (0, [2, 3])
