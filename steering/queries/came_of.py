"""What came of a comment, a theme or a workshop: the golden thread forwards, to decisions."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment
from steering.queries.standing import Standing, standing_among
from themes.models import Coding, Theme
from themes.queries.counting import comments_of
from themes.queries.tree import merges
from workshops.models import Action, Evidence, Workshop


@dataclass(frozen=True)
class CameOf:
    """The actions that came of something, where each stands, and what lies between."""

    actions: list[Standing]
    codes: list[Theme] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)

    @property
    def agreed(self) -> int:
        """How many have words that the group agreed."""
        return sum(each.agreed is not None for each in self.actions)

    @property
    def committed(self) -> int:
        """How many the lead partner has given its word on."""
        return sum(each.commitment is not None for each in self.actions)


def of_comment(comment: Comment) -> CameOf:
    """Return a comment's codes, and the actions that cite it. Seven queries."""
    codings = Coding.objects.counted().filter(comment=comment)
    codes = codings.select_related("theme__parent").order_by("theme__position", "theme")
    return CameOf(
        actions=_resting_on(comment.project, Evidence.objects.filter(comment=comment)),
        codes=[coding.theme for coding in codes],
    )


def of_theme(theme: Theme) -> CameOf:
    """Return a theme's workshops and actions; of a code, the actions that cite its comments.

    What was planned for a theme since merged into this one is this one's.
    """
    project = theme.project
    if not theme.is_theme:
        cited = Evidence.objects.filter(comment__in=comments_of(theme).order_by().values("pk"))
        return CameOf(actions=_resting_on(project, cited))
    family = merges(project).family(theme.pk)
    actions = Action.objects.of(project).filter(theme__in=family)
    return CameOf(
        actions=list(standing_among(project, actions).values()),
        workshops=list(Workshop.objects.of(project).filter(theme__in=family)),
    )


def of_workshop(workshop: Workshop) -> CameOf:
    """Return the actions designed at a workshop. Six queries."""
    actions = Action.objects.of(workshop.project).filter(workshop=workshop)
    return CameOf(actions=list(standing_among(workshop.project, actions).values()))


def _resting_on(project: Project, cited: "QuerySet[Evidence]") -> list[Standing]:
    """Say where the actions stand that rest on some evidence."""
    actions = Action.objects.of(project).filter(pk__in=cited.values("action"))
    return list(standing_among(project, actions).values())
