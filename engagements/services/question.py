"""Changes to the questions a project asks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Question

Kind = Question.Kind
# What is asked until a project says it in its own words.
USUAL_WORDINGS: dict[str, dict[str, str]] = {
    Kind.ASSET: {"en": "What do we have?", "cy": "Beth sydd gennym ni?"},
    Kind.NEED: {"en": "What do we need?", "cy": "Beth sydd ei angen arnom ni?"},
    Kind.CHANGE: {"en": "What should change?", "cy": "Beth ddylai newid?"},
    Kind.NONE: {"en": "Anything else", "cy": "Unrhyw beth arall"},
}


class UnknownQuestion(Refusal):
    """There are three questions, and "anything else"."""

    sentence = _("That is not one of the questions. Choose asset, need, change or none.")


def usual_wordings(project: Project) -> dict[str, dict[str, str]]:
    """Return the usual wording of each question, in the project's languages."""
    return {
        kind: {language: texts[language] for language in project.languages if language in texts}
        or {"en": texts["en"]}
        for kind, texts in USUAL_WORDINGS.items()
    }


def set_questions(
    *, project: Project, wordings: Mapping[str, Mapping[str, str]], by: User
) -> list[Question]:
    """Set how the questions are put, by kind; those not yet there are added.

    Answers stay with their question: a new wording is the same question. Raises UnknownQuestion,
    and ValidationError for a question without words.
    """
    if unknown := set(wordings) - set(Kind.values):
        raise UnknownQuestion from KeyError(*unknown)
    with recorded(project=project, by=by) as ledger:
        existing = {question.kind: question for question in Question.objects.of(project)}
        changed: list[Question] = []
        for kind, texts in wordings.items():
            question = existing.get(kind) or Question(project=project, kind=kind)
            wording = question.wording.changed(texts)
            if question.pk and wording == question.wording:
                continue
            question.wording = wording
            question.position = Kind.values.index(kind)
            question.full_clean()
            question.save()
            changed.append(question)
        if changed:
            ledger.record(
                "engagements.questions_set",
                subject=project,
                now={question.kind: sorted(question.wording.entries) for question in changed},
            )
    return list(Question.objects.of(project))


def ensure_questions(*, project: Project, by: User) -> dict[str, Question]:
    """Return every question by kind, adding those not there yet in their usual wording."""
    there = {question.kind: question for question in Question.objects.of(project)}
    if missing := [kind for kind in Kind.values if kind not in there]:
        usual = usual_wordings(project)
        made = set_questions(project=project, wordings={k: usual[k] for k in missing}, by=by)
        there = {question.kind: question for question in made}
    return there
