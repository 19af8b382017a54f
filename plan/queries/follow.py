"""The golden thread forward: from a receipt to what became of each thing its holder said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Submission, Withheld
from plan.models import CitedComment
from plan.reading import Plan, Promise
from themes.models import Theme
from themes.queries.counting import themes_of
from themes.queries.hearing import with_a_page
from workshops.models import Workshop


@dataclass
class Followed:
    """One comment, and how far its thread has run."""

    comment: Comment
    themes: Sequence[tuple[Theme, bool]] = ()  # whether it has a public page, too
    workshops: Sequence[tuple[Workshop, bool]] = ()  # whether the plan tells of it, too
    promises: list[Promise] = field(default_factory=list)
    turned_down: list[Promise] = field(default_factory=list)
    is_quoted: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether its speaker took it back."""
        return self.comment.withheld == Withheld.WITHDRAWN

    @property
    def is_looked_at(self) -> bool:
        """Whether somebody is worried about it: then its words are shown nowhere, not even here."""
        return self.comment.withheld == Withheld.CONCERN

    @property
    def is_shown(self) -> bool:
        """Whether nothing withholds it."""
        return self.comment.withheld == Withheld.NOTHING


@dataclass(frozen=True)
class Sitting:
    """What one receipt stands for: where and when, and the comments."""

    receipt: str
    place: str
    date: date
    comments: Sequence[Followed]


def sitting_of(project: Project, receipt: str, plan: Plan | None) -> Sitting | None:
    """Follow what the holder of a receipt said; None for a receipt that is not this project's.

    Only what is public is told of what came after: themes, workshops that were held, and what the
    published plan says. Before the first edition nobody learns here what is being proposed.
    """
    submission = (
        Submission.objects.of(project)
        .filter(receipt=receipt, undone_at__isnull=True)
        .select_related("engagement")
        .first()
    )
    if submission is None:
        return None
    comments = list(
        submission.comments.exclude(withheld=Withheld.UNDONE)
        .select_related("question")
        .order_by("position", "pk")
    )
    if not comments:
        return None
    shown = [comment for comment in comments if comment.withheld == Withheld.NOTHING]
    themes = themes_of(shown)
    workshops = _workshops(project, themes.values())
    told = with_a_page(project)
    published = {row["uuid"] for row in plan.snapshot["workshops"]} if plan else set()
    followed = [
        Followed(
            comment,
            themes=[(theme, str(theme.uuid) in told) for theme in themes.get(comment.pk, [])],
            workshops=[
                (workshop, str(workshop.uuid) in published)
                for theme in themes.get(comment.pk, [])
                for workshop in workshops.get(theme.pk, [])
            ],
        )
        for comment in comments
    ]
    if plan is not None:
        _add_promises(plan, [one for one in followed if one.is_shown])
    return Sitting(
        receipt=receipt,
        place=submission.engagement.title,
        date=submission.engagement.date,
        comments=followed,
    )


def _workshops(
    project: Project, themes: Iterable[Sequence[Theme]]
) -> Mapping[int, Sequence[Workshop]]:
    """Return the workshops held on these themes, by theme."""
    found: dict[int, list[Workshop]] = defaultdict(list)
    wanted = {theme.pk for some in themes for theme in some}
    held = Workshop.objects.of(project).filter(theme__in=wanted, date__lte=timezone.localdate())
    for workshop in held:
        found[workshop.theme_id].append(workshop)
    return found


def _add_promises(plan: Plan, followed: Sequence[Followed]) -> None:
    """Add the published actions, and the ideas not taken forward, that rest on each comment.

    They are those it was cited for when the edition was published, whatever was cited since: what
    one person reads here and what everyone reads of an action agree.
    """
    by_pk = {one.comment.pk: one for one in followed}
    rows = CitedComment.objects.filter(
        edition__project=plan.project, edition__number=plan.number or 0, comment__in=by_pk
    )
    for comment, number in rows.order_by("number").values_list("comment", "number"):
        if (promise := plan.promise(number)) is None:
            continue
        if promise.is_turned_down:
            by_pk[comment].turned_down.append(promise)
        else:
            by_pk[comment].promises.append(promise)
    quoted = {voice.comment for chapter in plan.chapters for voice in chapter.voices}
    quoted |= {voice.comment for one in [*plan.promises, *plan.turned_down] for voice in one.voices}
    for one in followed:
        one.is_quoted = one.comment.pk in quoted
