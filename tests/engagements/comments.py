"""What tests of a comment's pages share: somebody's words, and the addresses of those pages."""

from django.urls import reverse

from engagements.models import Comment

WORDS = "My name is Dai and I live at number 4"


def comment_url(name: str, comment: Comment) -> str:
    """Return the address of a page of one comment."""
    return reverse(
        f"engagements:{name}",
        kwargs={
            "project": comment.project.slug,
            "uuid": comment.submission.uuid,
            "position": comment.position,
        },
    )
