"""Where each stage of a project stands and what is next in it: figures, never sentences."""

from dataclasses import dataclass

from coproduction.projects.access import allowed
from coproduction.projects.models import Blueprint, Project
from engagements.models import Question
from engagements.queries.counts import engagements_to_log, listening_totals
from plan.models import Edition
from steering.queries.counts import steering_totals
from themes.queries.counts import theming_totals
from workshops.queries.counts import workshop_totals


@dataclass(frozen=True)
class Step:
    """The next thing to do in a stage, who may do it, and how many things ask for it.

    ``waits`` says that somebody's work waits for it; otherwise it is only what one could do next.
    """

    name: str
    capability: str
    count: int = 0
    waits: bool = True


@dataclass(frozen=True)
class Stage:
    """Where a stage stands: its app, its figures by name, and the next step."""

    app: str
    figures: dict[str, int]
    step: Step

    @property
    def capability(self) -> str:
        """What somebody needs to open it."""
        return f"{self.app}.view"

    @property
    def has_begun(self) -> bool:
        """Whether anything has been done in it: the first figure counts that."""
        return bool(next(iter(self.figures.values())))


def _stage(app: str, figures: dict[str, int], *steps: tuple[object, Step]) -> Stage:
    """Return a stage with the first step whose condition holds; the last one's always does."""
    return Stage(app, figures, next(step for asked_for, step in steps if asked_for))


def _listening(project: Project) -> Stage:
    """Return how the listening stands. Five queries."""
    totals, due = listening_totals(project), engagements_to_log(project)
    unread = Blueprint.objects.of(project).filter(read_at__isnull=True).exists()
    asks = Question.objects.of(project).asked().exists()
    figures = {
        "engagements_held": totals.engagements,
        "people_heard": totals.people_heard,
        "comments": totals.comments,
    }
    return _stage(
        "engagements",
        figures,
        (unread, Step("read_texts", "project.manage")),
        (not project.scope, Step("say_scope", "project.manage")),
        (not asks, Step("write_questions", "project.manage")),
        (due, Step("log_engagements", "engagements.log", due)),
        (True, Step("plan_engagement", "engagements.log", waits=False)),
    )


def _theming(project: Project) -> Stage:
    """Return how the theming stands. Three queries."""
    totals = theming_totals(project)
    return _stage(
        "themes",
        {"themes": totals.themes, "codes": totals.codes, "comments_to_code": totals.uncoded},
        (not totals.codes, Step("make_codes", "themes.codebook")),
        (totals.uncoded, Step("code_comments", "themes.code", totals.uncoded)),
        (totals.findings < totals.themes, Step("write_findings", "findings.write")),
        (True, Step("check_findings", "findings.write", waits=False)),
    )


def _designing(project: Project) -> Stage:
    """Return how the workshops stand. Three queries."""
    totals = workshop_totals(project)
    return _stage(
        "workshops",
        {"workshops": totals.workshops, "actions_written": totals.actions},
        (not totals.workshops, Step("plan_workshop", "workshops.run")),
        (True, Step("write_actions", "actions.write", waits=False)),
    )


def _deciding(project: Project) -> Stage:
    """Return how the group's decisions stand. Four queries."""
    totals = steering_totals(project)
    return _stage(
        "steering",
        {"seats": totals.seats, "meetings": totals.meetings, "actions_agreed": totals.agreed},
        (not totals.seats, Step("seat_group", "steering.convene")),
        (totals.undecided_rounds, Step("decide", "rounds.record", totals.undecided_rounds)),
        (True, Step("open_rounds", "rounds.open", waits=False)),
    )


def _planning(project: Project) -> Stage:
    """Return how the plan stands. One query."""
    edition = Edition.objects.latest_of(project)
    return _stage(
        "plan",
        {"editions": edition.number if edition else 0},
        (not edition, Step("pass_gate", "plan.view")),
        (True, Step("read_plan", "plan.view", waits=False)),
    )


def stages(project: Project, roles: frozenset[str]) -> list[Stage]:
    """Return each stage that somebody with these roles may open, in the order of the work."""
    every = (_listening, _theming, _designing, _deciding, _planning)
    return [stage for each in every if allowed(roles, (stage := each(project)).capability)]


def next_step(stages: list[Stage], roles: frozenset[str]) -> Step | None:
    """Return the first step that somebody with these roles can take themselves.

    What waits comes before what only could be done, doing comes before reading, and of each the
    furthest stage that has begun: an unfinished beginning holds up less than an unfinished end.
    """
    mine = [stage for stage in stages if allowed(roles, stage.step.capability)]
    begun = [stage.step for stage in reversed(mine) if stage.has_begun]
    waiting = [step for step in begun if step.waits]
    doing = [step for step in begun if not step.capability.endswith(".view")]
    return next(iter(waiting or doing or begun or [stage.step for stage in mine]), None)
