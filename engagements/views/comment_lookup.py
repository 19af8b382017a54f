"""Ways to a comment: finding the one an address names, and its addresses."""

from uuid import UUID

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from coproduction.projects.access import may
from coproduction.projects.pages import TeamRequest, url_for
from engagements.models import Comment, CommentQuerySet

# What the address of a comment says that was opened from the list of comments.
OPENED_FROM_LIST = "list"


def find_comment(comments: CommentQuerySet, uuid: UUID, position: int) -> Comment:
    """Return the comment of an address among these: its submission, and its place in it.

    Raises Http404.
    """
    together = comments.select_related("project", "question", "engagement", "submission")
    found: Comment = get_object_or_404(together, submission__uuid=uuid, position=position)
    return found


def readable_comments(request: TeamRequest) -> CommentQuerySet:
    """Return the comments whose words this person may read outside the page of concerns.

    What is withdrawn or undone is for those who may withhold; what a concern hides, for nobody.
    """
    comments: CommentQuerySet = Comment.objects.of(request.project)
    if may(request, "comments.withhold"):
        return comments.not_hidden_by_concern()
    return comments.visible()


def may_mend(request: TeamRequest, comment: Comment) -> bool:
    """Say whether this person may put a comment right: any, or what she herself just typed in."""
    if may(request, "comments.withhold"):
        return True
    own = comment.is_visible and comment.submission.is_mended_by(request.user)
    return own and may(request, "comments.mend")


def comment_url(comment: Comment, name: str = "comment") -> str:
    """Return the address of a comment's page, or of another page about it."""
    return url_for(
        comment.project,
        f"engagements:{name}",
        uuid=comment.submission.uuid,
        position=comment.position,
    )


def tick_every_url(request: TeamRequest) -> str:
    """Return the address of the page that is open, with every comment of it ticked."""
    query = request.GET.copy()
    query["ticked"] = "page"
    return f"?{query.urlencode()}"


def opened_from(request: TeamRequest) -> str | None:
    """Return the query of the list that a comment was opened from, as its address carries it."""
    if request.GET.get("in") != OPENED_FROM_LIST:
        return None
    query = request.GET.copy()
    for name in ("in", "before"):
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else ""


def address_in_list(comment: Comment, query: QueryDict) -> str:
    """Return the address of a comment that is opened from a list, which it goes on with."""
    carried = query.copy()
    carried["in"] = OPENED_FROM_LIST
    return f"{comment_url(comment)}?{carried.urlencode()}"
