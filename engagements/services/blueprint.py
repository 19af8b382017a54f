"""Taking over how another project listens: its questions, and when answers go on hold."""

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from engagements.models import HoldRules, Question
from engagements.services.hold_rules import change_hold_rules


def take_questions(*, project: Project, origin: Project, by: User) -> list[Question]:
    """Ask in a new project what another asks: codes, words, colours, order, and what is asked.

    The new project has no questions yet. Part of the caller's ``recorded`` of both projects. Two
    statements, however many there are.
    """
    with recorded(project=project, by=by) as ledger:
        taken = Question.objects.bulk_create(
            Question(
                project=project,
                kind=each.kind,
                name=each.name,
                wording=each.wording,
                symbol=each.symbol,
                is_asked=each.is_asked,
                position=each.position,
            )
            for each in Question.objects.of(origin)
        )
        if taken:
            ledger.record(
                "engagements.questions_set",
                subject=project,
                now={question.kind: sorted(question.wording.entries) for question in taken},
            )
    return taken


def take_hold_limits(*, project: Project, origin: Project, by: User) -> None:
    """Put answers on hold from as many on as another project does.

    The words that it looks out for stay there: they are often names.
    """
    rules = HoldRules.objects.of(origin).first()
    if rules is not None:
        change_hold_rules(
            project=project,
            most_of_network=rules.most_of_network,
            most_of_survey=rules.most_of_survey,
            words="",
            by=by,
        )
