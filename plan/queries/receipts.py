"""The golden thread forward: from a receipt to what became of each thing its holder said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Concern, Hold, Submission
from plan.models import CitedComment, Edition
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.plan import Plan
from themes.models import Theme
from themes.queries.coding import themes_of_comments
from themes.queries.what_we_heard import uuids_with_public_page
from workshops.models import Evidence, Workshop


@dataclass(frozen=True)
class RelatedWorkshop:
    """A workshop on a comment's theme."""

    workshop: Workshop
    # Whether the plan tells of it, and whether an action designed there rests on the comment.
    is_published: bool
    action_cites_comment: bool


@dataclass
class FollowedComment:
    """One comment, and how far its thread has run."""

    comment: Comment
    themes: Sequence[tuple[Theme, bool]] = ()  # whether it has a public page, too
    workshops: Sequence[RelatedWorkshop] = ()
    # Whether somebody's concern about it still waits to be decided on.
    is_undecided: bool = False
    # Whether it came in on hold, was looked at, and counts nowhere.
    is_set_aside: bool = False
    # Where the plan tells of its first theme.
    chapter: Chapter | None = None
    actions: list[PublishedAction] = field(default_factory=list)
    not_taken_forward: list[PublishedAction] = field(default_factory=list)
    is_quoted: bool = False

    @property
    def is_under_review(self) -> bool:
        """Whether somebody is worried about it: then its words are shown nowhere, not even here."""
        return self.comment.is_hidden_by_concern and self.is_undecided

    @property
    def can_erase(self) -> bool:
        """Whether its speaker may have it erased now."""
        return not (self.comment.is_erased or self.is_under_review)


@dataclass(frozen=True)
class FollowedReceipt:
    """What one receipt stands for: where and when, and the comments."""

    receipt: str
    place: str
    # When it reached us: a survey goes on for months, an event is on its day.
    date: date
    is_survey: bool
    # Whether the plan was published before it came: then the plan could know nothing of it.
    came_after_edition: bool
    comments: Sequence[FollowedComment]

    @property
    def can_withdraw(self) -> bool:
        """Whether anything of it is used, or waits to be, that its holder may take back."""
        return any(not (one.comment.is_erased or one.comment.is_withdrawn) for one in self.comments)

    @property
    def can_erase(self) -> bool:
        """Whether anything is left of it that its holder may have erased."""
        return any(one.can_erase for one in self.comments)


def receipt_with_outcomes(
    project: Project, receipt: str, plan: Plan | None
) -> FollowedReceipt | None:
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
        submission.comments.not_undone().select_related("question").order_by("position", "pk")
    )
    if not comments:
        return None
    followed = _followed(project, comments, plan)
    if plan is not None:
        _add_actions(plan, [one for one in followed if one.comment.is_visible])
    is_survey = submission.channel == Submission.Channel.SURVEY
    return FollowedReceipt(
        receipt=receipt,
        place=submission.engagement.title,
        date=timezone.localdate(submission.received_at)
        if is_survey
        else submission.engagement.date,
        is_survey=is_survey,
        came_after_edition=_came_after_edition(submission, plan),
        comments=followed,
    )


def _came_after_edition(submission: Submission, plan: Plan | None) -> bool:
    """Whether it reached us after the edition was frozen: what came later is in none of its counts.

    Both moments are the server's own. A phone may have kept the words for a day before.
    """
    if plan is None:
        return False
    editions = Edition.objects.of(plan.project).filter(number=plan.number or 0)
    return editions.filter(created_at__lt=submission.created_at).exists()


def _followed(
    project: Project, comments: Sequence[Comment], plan: Plan | None
) -> Sequence[FollowedComment]:
    """Follow each comment to its themes and to the workshops on them."""
    visible = [comment for comment in comments if comment.is_visible]
    themes = themes_of_comments(visible)
    workshops = _workshops(project, themes.values())
    with_page = uuids_with_public_page(project)
    published = {row.uuid for row in plan.snapshot.workshops} if plan else set()
    aside = _submissions_set_aside(comments)
    undecided = set(
        Concern.objects.filter(comment__in=comments, outcome=Concern.Outcome.OPEN).values_list(
            "comment", flat=True
        )
    )
    cited = Evidence.objects.filter(comment__in=visible, action__workshop__isnull=False)
    designed = set(cited.values_list("comment", "action__workshop"))
    return [
        FollowedComment(
            comment,
            themes=[(theme, str(theme.uuid) in with_page) for theme in themes.get(comment.pk, [])],
            workshops=[
                RelatedWorkshop(
                    workshop,
                    is_published=str(workshop.uuid) in published,
                    action_cites_comment=(comment.pk, workshop.pk) in designed,
                )
                for theme in themes.get(comment.pk, [])
                for workshop in workshops.get(theme.pk, [])
            ],
            is_undecided=comment.pk in undecided,
            is_set_aside=comment.submission_id in aside,
            chapter=_chapter_of(plan, themes.get(comment.pk, [])) if plan else None,
        )
        for comment in comments
    ]


def _submissions_set_aside(comments: Iterable[Comment]) -> set[int]:
    """Return what of these came in on hold and was set aside; nothing is asked for others."""
    on_hold = {comment.submission_id for comment in comments if comment.is_on_hold}
    if not on_hold:
        return set()
    aside = Hold.objects.set_aside().filter(submission__in=on_hold)
    return set(aside.values_list("submission", flat=True))


def _chapter_of(plan: Plan, themes: Sequence[Theme]) -> Chapter | None:
    """Return the chapter on the first of these themes that the plan knows, if there is one."""
    wanted = {str(theme.uuid) for theme in themes}
    return next((chapter for chapter in plan.chapters if chapter.uuid in wanted), None)


def _workshops(
    project: Project, themes: Iterable[Sequence[Theme]]
) -> Mapping[int, Sequence[Workshop]]:
    """Return the workshops held on these themes, by theme."""
    found: dict[int, list[Workshop]] = defaultdict(list)
    wanted = {theme.pk for some in themes for theme in some}
    held = Workshop.objects.of(project).held().filter(theme__in=wanted)
    for workshop in held:
        found[workshop.theme_id].append(workshop)
    return found


def _add_actions(plan: Plan, followed: Sequence[FollowedComment]) -> None:
    """Add the published actions, and the ideas not taken forward, that rest on each comment.

    They are those it was cited for when the edition was published, whatever was cited since: what
    one person reads here and what everyone reads of an action agree.
    """
    by_pk = {one.comment.pk: one for one in followed}
    rows = CitedComment.objects.filter(
        edition__project=plan.project, edition__number=plan.number or 0, comment__in=by_pk
    )
    for comment, number in rows.order_by("number").values_list("comment", "number"):
        if (action := plan.action(number)) is not None:
            one = by_pk[comment]
            (one.actions if action.is_taken_forward else one.not_taken_forward).append(action)
    actions = [*plan.actions, *plan.not_taken_forward]
    quoted = {quote.comment for chapter in plan.chapters for quote in chapter.quotes}
    quoted |= {quote.comment for action in actions for quote in action.quotes}
    for one in followed:
        one.is_quoted = one.comment.pk in quoted
