"""Hints: where a comment may tell who somebody is, or that somebody is at risk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagements.models.comment import Comment


class Hint(models.Model):
    """One place in a comment that a person is to look at; gone once they have.

    It says where and of what kind, and holds no word. A machine only points: it changes nothing.
    """

    class Kind(models.TextChoices):
        """What it may be. The order is that in which two that overlap are chosen from."""

        EMAIL = "email", _("E-mail address")
        PHONE = "phone", _("Phone number")
        POSTCODE = "postcode", _("Postcode")
        PLATE = "plate", _("Number plate")
        HANDLE = "handle", _("Name on social media")
        NAME = "name", _("Name")
        AGE = "age", _("Age and place")
        WORRY = "worry", _("Somebody may be at risk")

    # The places beside translations, which are called by their language.
    WORDS, SPEAKER = "text", "descriptor"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="hints")
    kind = models.CharField(max_length=10, choices=Kind)
    place = models.CharField(max_length=12, default=WORDS)
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        ordering = ["comment", "place", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(length__gt=0), name="hint_is_of_something"),
        ]

    @property
    def end(self) -> int:
        """The place of the first letter that is no longer its own."""
        return self.start + self.length
