"""Quotes of a theme: which anyone may read, and why not the others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment, Redaction, is_visible
from themes.models import Quote, Theme
from themes.queries.codebook import Codebook, codebook_of, theme_after_merges


class QuoteStatus(StrEnum):
    """Whether the public reads a quote, and why not."""

    CLEARED = "cleared"
    NO_CONSENT = "no_consent"
    STALE = "stale"
    NOT_CLEARED = "not_cleared"


@dataclass(frozen=True)
class TeamQuote:
    """A quote as the team reads it on its theme's page.

    One whose comment was redacted since has no words here, for anybody: what was taken out of the
    comment is for the co-ordinator only.
    """

    uuid: UUID
    status: QuoteStatus
    extract: str
    language: str
    descriptor: str
    version: int

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it."""
        return self.status == QuoteStatus.CLEARED


def visible_quotes(theme: Theme, codebook: Codebook) -> QuerySet[Quote]:
    """Return the quotes of a theme and of all that stands under it or was merged into it.

    Those whose comment is withheld are left out: nobody should read its words.
    """
    return (
        Quote.objects.filter(theme__in=codebook.everything_under(theme))
        .filter(is_visible("comment__"))
        .order_by("position", "pk")
    )


def standing_of_quote(quote: Quote) -> tuple[int, int]:
    """Return which one a quote is among those on its theme's page, and how many those are."""
    codebook = codebook_of(quote.project)
    theme = theme_after_merges(codebook.by_id[quote.theme_id])
    shown = list(visible_quotes(theme.parent or theme, codebook))
    return shown.index(quote) + 1, len(shown)


def team_quotes(theme: Theme, codebook: Codebook) -> list[TeamQuote]:
    """Return a theme's quotes as its team page shows them; one query."""
    public = Quote.objects.publishable().filter(pk=OuterRef("pk"))
    rows = (
        visible_quotes(theme, codebook)
        .annotate(is_public=Exists(public), is_stale=Quote.objects.are_stale())
        .select_related("comment")
    )
    return [_team_quote(row) for row in rows]


def _team_quote(row: Quote) -> TeamQuote:
    """Return one quote with what may be read of it."""
    stale = bool(getattr(row, "is_stale", True))
    if not row.comment.is_quotable:
        status = QuoteStatus.NO_CONSENT
    elif stale:
        status = QuoteStatus.STALE
    else:
        status = (
            QuoteStatus.CLEARED if getattr(row, "is_public", False) else QuoteStatus.NOT_CLEARED
        )
    return TeamQuote(
        uuid=row.uuid,
        status=status,
        extract="" if stale else row.extract,
        language=row.comment.language,
        descriptor="" if stale else row.descriptor,
        version=row.version,
    )


def quotes_of_comment(comment: Comment) -> QuerySet[Quote]:
    """Return the quotes of one comment, each with its theme and whether anyone may read it."""
    public = Quote.objects.publishable().filter(pk=OuterRef("pk"))
    rows = Quote.objects.filter(comment=comment).annotate(is_public=Exists(public))
    return rows.select_related("theme").order_by("position", "pk")


def last_redaction(comment: Comment) -> int:
    """Return the key of a comment's last redaction, 0 where there is none.

    Who writes a quote has seen the comment as it was left by that one.
    """
    last = Redaction.objects.filter(comment=comment).order_by("-pk").values_list("pk", flat=True)
    return last.first() or 0


def public_quotes(theme: Theme, codebook: Codebook) -> QuerySet[Quote]:
    """Return the quotes of a theme that anyone may read."""
    return (
        Quote.objects.publishable()
        .filter(theme__in=codebook.everything_under(theme))
        .select_related("comment__question")
        .order_by("position", "pk")
    )


def public_quotes_by_theme(project: Project, codebook: Codebook) -> dict[int, list[Quote]]:
    """Return the quotes that anyone may read, by the id of the theme they speak for; one query."""
    quotes = Quote.objects.of(project).publishable().select_related("comment__question")
    return quotes_by_theme(quotes.order_by("position", "pk"), codebook)


def quotes_by_theme(quotes: Iterable[Quote], codebook: Codebook) -> dict[int, list[Quote]]:
    """Return quotes by the id of the theme they speak for, each theme's in their order.

    A quote speaks for the theme it was chosen for, or that its code is under, or that has taken
    the place of either.
    """
    above = {
        each: theme.pk for theme in codebook.themes for each in codebook.everything_under(theme)
    }
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.theme_id in above:
            found[above[quote.theme_id]].append(quote)
    return found
