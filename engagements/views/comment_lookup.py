"""Ways to a comment: finding the one an address names, and its addresses."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest
from engagements.models import Comment, CommentQuerySet, Question, Withheld

_MARKS = {
    Question.Kind.ASSET: "have",
    Question.Kind.NEED: "need",
    Question.Kind.CHANGE: "change",
}


def question_colour(question: Question) -> str:
    """Return the colour, and so the shape, that marks a question."""
    return _MARKS.get(Question.Kind(question.kind), "slate")


def find_comment(comments: CommentQuerySet, uuid: UUID, position: int) -> Comment:
    """Return the comment of an address among these: its submission, and its place in it.

    Raises Http404.
    """
    together = comments.select_related("project", "question", "engagement", "submission")
    found: Comment = get_object_or_404(together, submission__uuid=uuid, position=position)
    return found


def readable_comments(request: TeamRequest) -> CommentQuerySet:
    """Return the comments whose words this person may read outside the page of concerns.

    What is withdrawn or undone is for those who may withhold; what worries somebody, for nobody.
    """
    comments: CommentQuerySet = Comment.objects.of(request.project)
    if may(request, "comments.withhold"):
        return comments.exclude(withheld=Withheld.CONCERN)
    return comments.visible()


def list_address(name: str, project: Project) -> str:
    """Return the address of a list: comments or concerns."""
    return reverse(f"engagements:{name}", kwargs={"project": project.slug})


def address(name: str, comment: Comment) -> str:
    """Return the address of a page of one comment."""
    return reverse(
        f"engagements:{name}",
        kwargs={
            "project": comment.project.slug,
            "uuid": comment.submission.uuid,
            "position": comment.position,
        },
    )


def go(url: str) -> HttpResponseRedirect:
    """Send the reader to an address of this site."""
    return HttpResponseRedirect(url)


def comment_crumbs(project: Project, comment: Comment | None = None) -> list[dict[str, Any]]:
    """Return the way back to the list of comments, by one comment where it is given."""
    way = [{"label": _("Comments"), "url": list_address("comment_list", project)}]
    if comment is not None:
        way.append({"label": _("The comment"), "url": address("comment", comment)})
    return way
