"""Every figure of a project by name, as the modules that count give it.

A figure is named by what is counted and of what: ``("comments", theme, question)``. Records are
named by their uuid, questions by their kind, actions by their number.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from coproduction.projects.models import Organisation, Project
from engagements.disclosure.small_numbers import PublicCount, disclose_whole
from engagements.models import Engagement, Question, Survey
from engagements.queries.counts import (
    comments_by_question,
    engagements_to_log,
    listening_totals,
    with_answer_counts,
    with_comment_counts,
)
from steering.models import Decision
from steering.queries.agreement import statuses_of_actions
from steering.queries.counts import count_actions, count_seats_by_sector, steering_totals
from themes.models import Theme
from themes.queries.counts import (
    CommentCounts,
    coding_progress,
    count_by_code,
    count_by_theme,
    public_code_counts,
    public_engagements,
    public_question_counts,
    public_totals,
    theming_totals,
)
from workshops.queries.action import newest_wordings
from workshops.queries.counts import count_actions_led, workshop_totals, workshops_with_counts

Figure = tuple[str, ...]
Counts = dict[Figure, int]


def figures_of_team(project: Project) -> Counts:
    """Return every figure as the modules that count give it."""
    listening, theming = listening_totals(project), theming_totals(project)
    progress, workshops = coding_progress(project), workshop_totals(project)
    figures: Counts = {
        ("engagements",): listening.engagements,
        ("people",): listening.people_heard,
        ("comments",): listening.comments,
        ("engagements to log",): engagements_to_log(project),
        ("themes",): theming.themes,
        ("codes",): theming.codes,
        ("comments to code",): theming.uncoded,
        ("coded",): progress.coded,
        ("workshops",): workshops.workshops,
        ("workshops held",): workshops.held,
        ("residents",): workshops.residents,
        ("partners",): workshops.partners,
        ("actions written",): workshops.actions,
    }
    figures |= {
        ("comments", question.kind): number for question, number in comments_by_question(project)
    }
    for each in with_comment_counts(Engagement.objects.of(project)):
        figures["comments", str(each.uuid)] = each.comment_count
        figures["people", str(each.uuid)] = each.people_heard
    for survey in with_answer_counts(Survey.objects.of(project)):
        figures["answers", str(survey.uuid)] = survey.answers
    kinds = dict(Question.objects.of(project).values_list("pk", "kind"))
    for theme, counts in _counts_of_themes(project).items():
        figures["comments", str(theme.uuid)] = counts.total
        figures |= {
            ("comments", str(theme.uuid), kind): counts.by_question.get(question, 0)
            for question, kind in kinds.items()
        }
    for workshop in workshops_with_counts(project):
        uuid = str(workshop.uuid)
        figures["residents", uuid] = workshop.residents
        figures["partners", uuid] = workshop.partners
        figures["notes", uuid] = workshop.note_count
        figures["actions written", uuid] = workshop.action_count
    for wording in newest_wordings(project):
        figures["evidence", str(wording.action.number)] = wording.evidence_count or 0
    led = count_actions_led(project)
    for body in Organisation.objects.of(project):
        figures["actions led", str(body.uuid)] = led.get(body.pk, 0)
    return figures | _figures_of_group(project)


def _counts_of_themes(project: Project) -> dict[Theme, CommentCounts]:
    """Return the counts of each theme and each code."""
    themes, codes = count_by_theme(project), count_by_code(project)
    return {
        each: (themes if each.is_theme else codes).get(each.pk, CommentCounts())
        for each in Theme.objects.of(project).current()
    }


def _figures_of_group(project: Project) -> Counts:
    """Return the figures of what the steering group is and has decided."""
    statuses = list(statuses_of_actions(project).values())
    totals, actions = steering_totals(project), count_actions(statuses)
    decisions = Counter(Decision.objects.of(project).values_list("outcome", flat=True))
    assert totals.agreed == actions.agreed
    figures: Counts = {
        ("seats",): totals.seats,
        ("meetings",): totals.meetings,
        ("undecided",): totals.undecided_rounds,
        ("agreed",): actions.agreed,
        ("committed",): actions.committed,
        ("not taken forward",): actions.not_taken_forward,
        ("decisions",): decisions.total(),
    }
    seats = count_seats_by_sector(project)
    figures |= {("seats", sector): number for sector, number in seats.items()}
    figures |= {("decisions", outcome): decisions[outcome] for outcome in Decision.Outcome.values}
    for each in statuses:
        if tally := each.tally:
            figures["agreeing", str(each.action.number)] = tally.agreeing
            figures["seats", str(each.action.number)] = tally.seats
    return figures


def figures_of_public(project: Project) -> dict[Figure, PublicCount]:
    """Return every figure as the public may read it: small numbers are kept back.

    What an action rests on is not among them: an edition alone says that.
    """
    exact, totals, smallest = figures_of_team(project), public_totals(project), project.small_number
    public = {
        figure: PublicCount(exact[figure])
        for figure in exact
        if figure[0] not in {"comments", "people", "coded", "comments to code", "evidence"}
    }
    public["engagements",] = PublicCount(totals.engagements)
    public["people",], public["comments",] = totals.people_heard, totals.comments
    for each in public_engagements(project):
        public["people", str(each.engagement.uuid)] = each.people_heard
        public["comments", str(each.engagement.uuid)] = each.comments
    questions = list(Question.objects.of(project))
    by_id = {question.pk: number for question, number in comments_by_question(project)}
    public |= {
        ("comments", question.kind): count
        for question, count in public_question_counts(by_id, questions, smallest)
    }
    every = _counts_of_themes(project)
    by_code = {theme.pk: counts for theme, counts in every.items() if not theme.is_theme}
    for theme, counts in every.items():
        if not theme.is_theme:
            continue
        total, parts = disclose_whole(
            [counts.by_question.get(question.pk, 0) for question in questions], smallest
        )
        public["comments", str(theme.uuid)] = total
        for question, part in zip(questions, parts, strict=True):
            public["comments", str(theme.uuid), question.kind] = part
        codes = [each for each in every if each.parent_id == theme.pk]
        for code, count in public_code_counts(counts, by_code, codes, smallest):
            public["comments", str(code.uuid)] = count
    return public


def in_words(figures: Mapping[Figure, Any]) -> dict[Figure, str]:
    """Write figures as they are printed, in the active language."""
    return {
        figure: str(count if isinstance(count, PublicCount) else PublicCount(count))
        for figure, count in figures.items()
    }
