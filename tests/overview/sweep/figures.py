"""Every figure of a project by name, as the modules that count give it.

A figure is named by what is counted and of what: ``("comments", theme, question)``. Records are
named by their uuid, questions by their kind, actions by their number.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from coproduction.projects.models import Organisation, Project
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Engagement, Question, Survey
from engagements.queries.counts import (
    comments_by_question,
    engagements_to_log,
    listening_totals,
    with_answer_counts,
    with_comment_counts,
)
from plan.edition.disclosed_counts import FEWEST_SEATS
from steering.models import Decision
from steering.queries.agreement import statuses_of_actions
from steering.queries.counts import count_actions, count_seats_by_sector, steering_totals
from themes.models import Theme
from themes.queries.counts import (
    CommentCounts,
    coding_progress,
    count_by_theme,
    theming_totals,
)
from themes.queries.public_counts import PublicCounts, theme_line
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
    counted = count_by_theme(project)
    return {
        each: counted.get(each.pk, CommentCounts()) for each in Theme.objects.of(project).current()
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
    exact, told = figures_of_team(project), PublicCounts(project)
    public = {
        figure: PublicCount(exact[figure])
        for figure in exact
        if figure[0] not in {"comments", "people", "coded", "comments to code", "evidence"}
    }
    for figure in [each for each in public if each[0] == "agreeing"]:
        if exact["seats", figure[1]] < FEWEST_SEATS:
            public[figure] = PublicCount(None)
    public["engagements",] = PublicCount(told.engagement_count)
    public["people",], public["comments",] = told.people_heard, told.comments
    for each in told.told_of(told.engagements()):
        public["people", str(each.engagement.uuid)] = each.people_heard
        public["comments", str(each.engagement.uuid)] = each.comments
    questions = list(Question.objects.of(project))
    public |= {("comments", each.kind): count for each, count in told.by_question(questions)}
    every = _counts_of_themes(project)
    for theme in every:
        if not theme.is_theme:
            continue
        uuid = str(theme.uuid)
        public["comments", uuid] = told.of_theme(theme)
        for question in questions:
            count = told.line(theme_line(uuid)).told.get(question.kind, PublicCount(0))
            public["comments", uuid, question.kind] = count
        codes = [each for each in every if each.parent_id == theme.pk]
        for code, count in told.by_code(theme, codes):
            public["comments", str(code.uuid)] = count
    return public


def in_words(figures: Mapping[Figure, Any]) -> dict[Figure, str]:
    """Write figures as they are printed, in the active language."""
    return {
        figure: str(count if isinstance(count, PublicCount) else PublicCount(count))
        for figure, count in figures.items()
    }
