"""Quotes of a theme: those it shows, and why others are not shown."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet

from coproduction.projects.models import Project
from engagements.models import Withheld
from themes.models import Quote, Theme
from themes.queries.tree import Tree


def quotes_of(theme: Theme, codebook: Tree) -> QuerySet[Quote]:
    """Return the quotes of a theme and of all that stands under it or was merged into it.

    Each knows whether it ``is_public``. Those whose comment is withheld are left out: nobody
    should read its words.
    """
    public = Quote.objects.publishable().filter(pk=OuterRef("pk"))
    return (
        Quote.objects.filter(theme__in=codebook.everything_under(theme))
        .filter(comment__withheld=Withheld.NOTHING)
        .annotate(is_public=Exists(public))
        .select_related("comment__submission", "comment__question")
        .order_by("position", "pk")
    )


def public_quotes(theme: Theme, codebook: Tree) -> QuerySet[Quote]:
    """Return the quotes of a theme that anyone may read."""
    return (
        Quote.objects.publishable()
        .filter(theme__in=codebook.everything_under(theme))
        .select_related("comment__question")
        .order_by("position", "pk")
    )


def quotes_by_theme(project: Project, codebook: Tree) -> dict[int, list[Quote]]:
    """Return the quotes that anyone may read, by the id of the theme they speak for; one query.

    A quote speaks for the theme it was chosen for, or that its code is under, or that has taken
    the place of either.
    """
    above = {
        each: theme.pk for theme in codebook.themes for each in codebook.everything_under(theme)
    }
    found: dict[int, list[Quote]] = defaultdict(list)
    quotes = Quote.objects.of(project).publishable().filter(theme__in=above)
    for quote in quotes.select_related("comment__question").order_by("position", "pk"):
        found[above[quote.theme_id]].append(quote)
    return found
