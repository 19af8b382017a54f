"""Figures open their records: what is counted is what is listed."""

from datetime import date

from engagements.models import Engagement, Method
from engagements.queries.counts import comments_by_question, engagements_held, listening_totals
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.submission import undo_submissions
from engagements.services.withholding import withdraw_comment


def test_the_occasions_listed_hold_the_comments_counted(
    project, engagement, say, coordinator
) -> None:
    def plan(title: str) -> Engagement:
        return plan_engagement(
            project=project,
            title=title,
            method=Method.ONLINE,
            date=date(2024, 5, 4),
            by=coordinator,
        )

    online, undone, _to_come, off, silent = map(
        plan, ["Online", "Undone", "Later", "Off", "Silent"]
    )
    say("A park")
    say("A bus", at=online)
    say("A bench", at=online)
    undo_submissions(submissions=[say("A mistake", at=undone).submission], by=coordinator)
    cancel_engagement(engagement=off, by=coordinator)
    withdraw_comment(comment=say("Withdrawn", at=silent), by=coordinator)
    listed = list(engagements_held(project))
    counted = listening_totals(project)
    assert {each.title for each in listed} == {"Fun day", "Online"}
    assert counted.engagements == len(listed)
    assert counted.people_heard == sum(each.people_heard for each in listed) == 40
    assert counted.comments == sum(each.comment_count for each in listed) == 3
    assert sum(number for _question, number in comments_by_question(project)) == 3
