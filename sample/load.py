"""Loads the whole of the sample, stage by stage, through the services and nothing else."""

from collections.abc import Callable

from django.db import transaction

from coproduction.projects.models import Project
from sample import deciding, designing, listening, sorting


def load(tell: Callable[[str], None] = lambda line: None) -> Project:
    """Make Bryncoed, all or nothing; ``tell`` hears what is being done.

    Raises AddressTaken when it is there already.
    """
    with transaction.atomic():
        tell("People and organisations")
        sample = listening.begin()
        tell("47 engagements and 3,940 comments")
        listening.listen(sample)
        tell("6 themes, 15 codes, what we heard")
        themes, _codes = sorting.sort_comments(sample)
        findings = sorting.say_what_was_heard(sample, themes)
        tell("7 workshops and 51 actions")
        workshops = designing.hold_workshops(sample, themes)
        actions = designing.propose_actions(sample, themes, workshops, findings)
        tell("9 meetings of the steering group")
        seats = deciding.seat_the_group(sample)
        deciding.meet(sample, seats, actions)
        tell("The plan, edition 1")
        deciding.write_the_plan(sample, themes)
        deciding.leave_work_to_do(sample, seats, actions)
    return sample.project
