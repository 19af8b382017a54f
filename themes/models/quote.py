"""Quotes: extracts of comments, and which of them may be published."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models import Comment, Redaction, is_quotable, is_visible
from themes.models.theme import Theme


class QuoteQuerySet(ProjectQuerySet):
    """Quotes, by whether they may be read and published."""

    @staticmethod
    def are_stale() -> Exists:
        """Say of each quote whether its comment was redacted after its words were written.

        What was taken out of the comment may stand in the extract, the descriptor or the
        translation, so nobody reads any of them.
        """
        return Exists(
            Redaction.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("seen_redaction"))
        )

    def publishable(self) -> "QuoteQuerySet":
        """Those cleared, whose speaker consents still and whose comment nothing withholds.

        Those that ``are_stale`` must be written again first.
        """
        return self.filter(
            ~self.are_stale(),
            # The look holds up choosing and clearing, not what somebody cleared who read it.
            is_visible("comment__") & is_quotable("comment__"),
            cleared_at__isnull=False,
        )


class Quote(ProjectRecord):
    """An extract of a comment, cleared for publication."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="quotes")
    extract = models.TextField(_("words quoted"))
    translation = TranslatedField(blank=True)
    descriptor = models.CharField(_("descriptor"), max_length=80, blank=True)
    # The comment's last redaction when these words were written: one with a greater key came after
    # them. A key and not a time, since hosts' clocks differ; no relation, since it may be undone.
    seen_redaction = models.PositiveBigIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        """Call it by its words."""
        return self.extract
