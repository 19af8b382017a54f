"""Loading the whole sample."""

from collections.abc import Callable

from django.db import transaction

from coproduction.projects.models import Project
from sample.services.listening import hold_engagements, make_project_and_people
from sample.services.plan import publish_plan
from sample.services.steering import hold_meetings, propose_changes, seat_group
from sample.services.theming import choose_quotes, make_themes, write_findings
from sample.services.workshops import hold_workshops, propose_actions


def load_sample(report: Callable[[str], None] = lambda line: None) -> Project:
    """Make Bryncoed, all or nothing; ``report`` is called with what is being done.

    Raises ProjectAddressTaken when it is there already.
    """
    with transaction.atomic():
        report("People and organisations")
        sample = make_project_and_people()
        report("47 engagements and 3,940 comments")
        hold_engagements(sample)
        report("6 themes, 15 codes, what we heard")
        themes = make_themes(sample)
        findings = write_findings(sample, themes)
        choose_quotes(sample, themes)
        report("7 workshops and 51 actions")
        workshops = hold_workshops(sample, themes)
        actions = propose_actions(sample, themes, workshops, findings)
        report("9 meetings of the steering group")
        seats = seat_group(sample)
        hold_meetings(sample, seats, actions)
        report("The plan, edition 1")
        publish_plan(sample, themes)
        propose_changes(sample, seats, actions)
    return sample.project
