"""Lists of comments that somebody comes back to: by what they were narrowed, under a name."""

from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User

LONGEST_VIEW_NAME = 80


class SavedViewQuerySet(ProjectQuerySet):
    """Views, by who may go back to them."""

    def for_person(self, person: User) -> "SavedViewQuerySet":
        """Her own, and those that others share with the team."""
        return self.filter(Q(by=person) | Q(is_shared=True)).order_by("name", "pk")


class SavedView(ProjectRecord):
    """A way to look at the comments, to come back to: its filters, as an address says them.

    Never the words that were searched for, which are often somebody's name.
    """

    name = models.CharField(_("name"), max_length=LONGEST_VIEW_NAME)
    # What the address says, by the name of each box: {"consent": "yes", "question": "<uuid>"}.
    filters = models.JSONField(default=dict)
    is_shared = models.BooleanField(_("shared with the team"), default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "by", "name"], name="saved_view_once_by_name"
            ),
        ]

    @property
    def query(self) -> str:
        """What the address of its list says."""
        return urlencode(self.filters)

    def __str__(self) -> str:
        """Give the name that it was saved under."""
        return self.name
