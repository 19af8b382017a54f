"""What came of a comment, a theme or a workshop: the golden thread forwards, to decisions."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment
from steering.queries.agreement import ActionStatus, statuses_among
from steering.queries.counts import ActionCounts, count_actions
from themes.models import Coding, Theme
from themes.queries.codebook import merges_of
from themes.queries.coding import comments_of_theme
from workshops.models import Action, Evidence, Workshop


@dataclass(frozen=True)
class Results:
    """The actions that came of something, where each stands, and what lies between."""

    actions: list[ActionStatus]
    codes: list[Theme] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)

    @property
    def counts(self) -> ActionCounts:
        """How many of the actions are agreed, and how many committed to."""
        return count_actions(self.actions)


def results_of_comment(comment: Comment) -> Results:
    """Return a comment's codes, and the actions that cite it. Seven queries."""
    codings = Coding.objects.counted().filter(comment=comment)
    codes = codings.select_related("theme__parent").order_by("theme__position", "theme")
    return Results(
        actions=_resting_on(comment.project, Evidence.objects.filter(comment=comment)),
        codes=[coding.theme for coding in codes],
    )


def results_of_theme(theme: Theme) -> Results:
    """Return a theme's workshops and actions; of a code, the actions that cite its comments.

    What was planned for a theme since merged into this one is this one's.
    """
    project = theme.project
    if not theme.is_theme:
        cited = Evidence.objects.filter(
            comment__in=comments_of_theme(theme).order_by().values("pk")
        )
        return Results(actions=_resting_on(project, cited))
    family = merges_of(project).family(theme.pk)
    actions = Action.objects.of(project).standing().filter(theme__in=family)
    return Results(
        actions=list(statuses_among(project, actions).values()),
        workshops=list(Workshop.objects.of(project).standing().filter(theme__in=family)),
    )


def results_of_workshop(workshop: Workshop) -> Results:
    """Return the actions designed at a workshop. Six queries."""
    actions = Action.objects.of(workshop.project).standing().filter(workshop=workshop)
    return Results(actions=list(statuses_among(workshop.project, actions).values()))


def _resting_on(project: Project, cited: "QuerySet[Evidence]") -> list[ActionStatus]:
    """Say where the actions stand that rest on some evidence."""
    actions = Action.objects.of(project).standing().filter(pk__in=cited.values("action"))
    return list(statuses_among(project, actions).values())
