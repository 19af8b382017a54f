"""Labels: the theme and code that a table of comments gave each, until the codebook takes them."""

from django.db import models

from engagements.models.comment import Comment


class Label(models.Model):
    """What a column of codes said of one comment: words of somebody's codebook, not of a speaker.

    The stage of themes makes codings of them; here they stay as they came.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="labels")
    theme = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(theme="", code=""), name="label_says_something"
            ),
            models.UniqueConstraint(fields=["comment", "theme", "code"], name="label_once"),
        ]

    def __str__(self) -> str:
        """Name it as the table did."""
        return self.code or self.theme
