"""Where each stage of a project stands, and the next thing to do in it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.projects.access import allowed
from coproduction.projects.models import Project
from coproduction.ui.numbers import format_number
from engagements.models import Comment, Question, Survey
from engagements.queries.counts import engagements_to_log, listening_totals
from plan.models import Edition
from steering.models import Meeting, Round, Seat
from steering.queries.agreement import statuses_of_actions
from themes.models import Coding, Finding, Theme
from workshops.models import Action, Workshop


@dataclass(frozen=True)
class Step:
    """The next thing to do in a stage: its words, its address, and who may do it.

    ``waits`` says that somebody's work waits for it; otherwise it is only what one could do next.
    """

    text: str
    action: str
    url: str
    capability: str
    waits: bool = True


@dataclass(frozen=True)
class StageState:
    """Where a stage stands: its figures in words, and the next step."""

    key: str
    label: str
    url: str
    capability: str
    figures: list[tuple[int, str]]
    step: Step

    @property
    def begun(self) -> bool:
        """Whether anything has been done in it."""
        return bool(self.figures[0][0])


def _at(name: str, project: Project, **kwargs: object) -> str:
    """Return a page's address in this project."""
    return reverse(name, kwargs={"project": project.slug, **kwargs})


def _listening_step(project: Project, *, asked: int, due: int) -> Step:
    """Return the next thing to do in listening: ``due`` engagements have passed without a log."""
    if not project.scope:
        return Step(
            _("Say what this project can change, and what it can’t."),
            _("Open the settings"),
            _at("projects:settings_page", project),
            "project.manage",
        )
    if asked < 3:
        return Step(
            _("Write the three questions you will ask."),
            _("Write the questions"),
            _at("engagements:questions", project),
            "project.manage",
        )
    if due:
        return Step(
            ngettext(
                "%(count)d engagement has taken place and is not logged yet.",
                "%(count)d engagements have taken place and are not logged yet.",
                due,
            )
            % {"count": due},
            _("Log what happened"),
            _at("engagements:engagement_list", project),
            "engagements.log",
        )
    return Step(
        _("Plan the next place to listen."),
        _("Plan an engagement"),
        _at("engagements:engagement_plan", project),
        "engagements.log",
        waits=False,
    )


def _listening(project: Project) -> StageState:
    """Return how the listening stands. Four queries."""
    totals = listening_totals(project)
    held, people, comments = totals.engagements, totals.people_heard, totals.comments
    asked = Question.objects.of(project).exclude(kind=Question.Kind.NONE).count()
    step = _listening_step(project, asked=asked, due=engagements_to_log(project))
    return StageState(
        "engagements",
        _("Listening"),
        _at("engagements:engagement_list", project),
        "engagements.view",
        [
            (held, ngettext("engagement held", "engagements held", held)),
            (people, ngettext("person heard", "people heard", people)),
            (comments, ngettext("comment", "comments", comments)),
        ],
        step,
    )


def _theming(project: Project) -> StageState:
    """Return how the theming stands. Three queries."""
    kinds = (
        Theme.objects.of(project)
        .current()
        .aggregate(
            themes=Count("pk", filter=Q(kind=Theme.Kind.THEME)),
            codes=Count("pk", filter=Q(kind=Theme.Kind.CODE)),
        )
    )
    coded = Coding.objects.filter(comment=OuterRef("pk"))
    waiting = Comment.objects.of(project).visible().filter(~Exists(coded)).count()
    found = Finding.objects.of(project).count()
    tree = _at("themes:theme_tree", project)
    if not kinds["codes"]:
        step = Step(_("Make the first codes."), _("Open the codebook"), tree, "themes.codebook")
    elif waiting:
        step = Step(
            ngettext(
                "%(count)s comment waits to be coded.",
                "%(count)s comments wait to be coded.",
                waiting,
            )
            % {"count": format_number(waiting)},
            _("Code comments"),
            _at("themes:coding", project),
            "themes.code",
        )
    elif found < kinds["themes"]:
        step = Step(
            _("Write what you heard on each theme."), _("Open themes"), tree, "findings.write"
        )
    else:
        step = Step(
            _("Check quotes and findings."), _("Open themes"), tree, "findings.write", waits=False
        )
    return StageState(
        "themes",
        _("Themes"),
        tree,
        "themes.view",
        [
            (kinds["themes"], ngettext("theme", "themes", kinds["themes"])),
            (kinds["codes"], ngettext("code", "codes", kinds["codes"])),
            (waiting, ngettext("comment to code", "comments to code", waiting)),
        ],
        step,
    )


def _designing(project: Project) -> StageState:
    """Return how the workshops stand. Two queries."""
    workshops = Workshop.objects.of(project).count()
    actions = Action.objects.of(project).count()
    if not workshops:
        step = Step(
            _("Plan the first workshop."),
            _("Plan a workshop"),
            _at("workshops:workshop_plan", project),
            "workshops.run",
        )
    else:
        step = Step(
            _("Write what the tables proposed as actions."),
            _("Open actions"),
            _at("workshops:action_list", project),
            "actions.write",
            waits=False,
        )
    return StageState(
        "workshops",
        _("Workshops"),
        _at("workshops:workshop_list", project),
        "workshops.view",
        [
            (workshops, ngettext("workshop", "workshops", workshops)),
            (actions, ngettext("action written", "actions written", actions)),
        ],
        step,
    )


def _steering(project: Project) -> StageState:
    """Return how the group's decisions stand. Nine queries."""
    seats = Seat.objects.of(project).held_on(timezone.localdate()).count()
    # As they stand now: one agreed twice is one action, and what was taken back is none.
    agreed = sum(one.agreed is not None for one in statuses_of_actions(project).values())
    rounds = Round.objects.of(project).undecided().count()
    meetings = Meeting.objects.of(project).count()
    home = _at("steering:home", project)
    if not seats:
        step = Step(
            _("Seat the steering group."),
            _("Add a seat"),
            _at("steering:seat_list", project),
            "steering.convene",
        )
    elif rounds:
        step = Step(
            ngettext(
                "%(count)d wording waits for a decision.",
                "%(count)d wordings wait for a decision.",
                rounds,
            )
            % {"count": rounds},
            _("See what waits"),
            home,
            "rounds.record",
        )
    else:
        step = Step(
            _("Put the next wordings to the group."),
            _("Choose wordings"),
            _at("steering:rounds_open", project),
            "rounds.open",
            waits=False,
        )
    return StageState(
        "steering",
        _("Steering group"),
        home,
        "steering.view",
        [
            (seats, ngettext("seat", "seats", seats)),
            (meetings, ngettext("meeting", "meetings", meetings)),
            (agreed, ngettext("action agreed", "actions agreed", agreed)),
        ],
        step,
    )


def _planning(project: Project) -> StageState:
    """Return how the plan stands. One query."""
    edition = Edition.objects.latest_of(project)
    editions = edition.number if edition else 0
    if edition is None:
        step = Step(
            _("See what stands in the way of publishing."),
            _("Open the gate"),
            _at("plan:gate", project),
            "plan.view",
        )
    else:
        step = Step(
            _("Read the plan as the public sees it."),
            _("Open the plan"),
            _at("plan:plan", project),
            "plan.view",
            waits=False,
        )
    return StageState(
        "plan",
        _("Plan"),
        _at("plan:editor", project),
        "plan.view",
        [(editions, ngettext("edition published", "editions published", editions))],
        step,
    )


def stages(project: Project, roles: frozenset[str]) -> list[StageState]:
    """Return the state of each stage that somebody with these roles may open, in order."""
    states = [
        _listening(project),
        _theming(project),
        _designing(project),
        _steering(project),
        _planning(project),
    ]
    return [state for state in states if allowed(roles, state.capability)]


def next_step(states: list[StageState], roles: frozenset[str]) -> Step | None:
    """Return the first step that somebody with these roles can take themselves.

    What waits comes before what only could be done, doing comes before reading, and of each the
    furthest stage that has begun: an unfinished beginning holds up less than an unfinished end.
    """
    mine = [state for state in states if allowed(roles, state.step.capability)]
    begun = [state.step for state in reversed(mine) if state.begun]
    waiting = [step for step in begun if step.waits]
    doing = [step for step in begun if not step.capability.endswith(".view")]
    return next(iter(waiting or doing or begun or [state.step for state in mine]), None)


def open_survey(project: Project) -> Survey | None:
    """Return the survey that takes answers now and opened last, or None. One query."""
    return Survey.objects.of(project).open_now().order_by("-opens_at").first()
