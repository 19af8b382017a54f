"""A project with one of everything that a new one can begin with."""

from datetime import date, timedelta

from django.utils import timezone

from coproduction.projects.models import Project, Retention
from coproduction.projects.services.project import change_project
from coproduction.projects.services.retention import set_periods
from engagements.models import Method
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.hold_rules import change_hold_rules
from engagements.services.question import add_question
from engagements.services.survey import open_survey
from plan.services.section import write_section
from steering.services.meeting import call_meeting
from steering.services.terms import set_terms
from tests.plan.story import Story, both, make_story
from tests.themes.conftest import make_book

PURPOSE = "To hear who never comes to meetings."
INTRODUCTION = "Tell us about the park."
AGENDA = ["Welcome", "What we heard", "Actions to agree"]


def make_full(project: Project) -> Story:
    """Give the project a small plan, and every setting and text that goes along to another."""
    story = make_story(project)
    by = story.coordinator
    make_book(project, story.analyst)
    change_project(
        project=project,
        place=project.place,
        name=both("Bryn together"),
        scope=both("The park, and not the road."),
        languages=["en", "cy"],
        contact_email="bryn@bryn.example",
        safeguarding_lead="lead@bryn.example",
        figures_are_public=True,
        by=by,
    )
    add_question(project=project, name=both("Buses"), wording=both("Where do you go?"), by=by)
    about = {"project": project, "by": by, "method": Method.DROP_IN, "level": "involve"}
    plan_engagement(title="Old one", date=date(2024, 1, 1), purpose="Another purpose", **about)
    held = plan_engagement(title="At Nia's", date=date(2024, 2, 1), purpose=PURPOSE, **about)
    off = plan_engagement(title="Snow", date=date(2024, 3, 1), purpose="Never held", **about)
    cancel_engagement(engagement=off, by=by)
    open_survey(
        project=project,
        engagement=held,
        slug="park",
        title=both("Your park"),
        introduction=both(INTRODUCTION),
        by=by,
    )
    change_hold_rules(
        project=project, most_of_network=31, most_of_survey=301, words="Gwenllian", by=by
    )
    set_terms(project=project, quorum=3, decision_method="consensus", by=story.chair)
    days = timezone.localdate() - timedelta(days=60)
    call_meeting(project=project, date=days, agenda=["Older"], by=story.chair)
    last = timezone.localdate() - timedelta(days=30)
    call_meeting(project=project, date=last, agenda=AGENDA, by=story.chair)
    for kind in ("how_we_listened", "how_we_decided", "what_happens_next", "thanks"):
        write_section(project=project, kind=kind, body=both(f"Text: {kind}."), by=story.editor)
    months = Retention.objects.in_force(project).months | {"imports": 7}
    set_periods(project=project, small_number=12, by=by, **months)
    return story
