"""Erasures: that somebody's words were erased for good, and from where they are gone by now."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduction.fingerprints import secret_fingerprint
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models.comment import Comment


def fingerprint_of_words(text: str) -> str:
    """Return by what words that were erased are known when they come in again."""
    return secret_fingerprint(f"words of a comment:{text}")


def fingerprint_of_source_id(source_id: str) -> str:
    """Return what stands in place of an answer's own ID, once all that it said was erased."""
    return f"erased:{secret_fingerprint(f'id of an answer:{source_id}', length=40)}"


class ErasureQuerySet(ProjectQuerySet):
    """Erasures, by whether the words are gone from every place."""

    def under_way(self) -> "ErasureQuerySet":
        """Those whose words still stand somewhere."""
        return self.filter(finished_at__isnull=True)


class ErasedComment(ProjectRecord):
    """That a comment's words were erased on a day. It holds none of them.

    The comment itself is empty from the first moment on; later stages clear the other places.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="erasure")
    at = models.DateTimeField(default=timezone.now)
    # None where the speaker did it with their receipt.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # A fingerprint, with our key, of the words as they came in: where the same file or phone sends
    # them again they are known, and stay out.
    words = models.CharField(max_length=64)
    # The places that the words are gone from, by name; later stages name theirs.
    gone_from = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["project"],
                condition=Q(finished_at__isnull=True),
                name="erasure_under_way",
            ),
        ]
