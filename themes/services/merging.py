"""How codings and codes move when themes merge, and how they find their way back.

A coding says "this comment carries this code". While a code is merged into another, its codings
stand at the other, and remember where they came from; where the comment carried both, the source
keeps its coding as a hidden duplicate. So nothing a coder said is lost, whatever is undone later.
"""

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from coproduction.projects.models import Project
from themes.models import Coding, Theme
from themes.queries.codebook import Merges, merges_of


def _held_by(theme: Theme, known: Merges) -> Q:
    """Say which codings a theme holds: those at it, and those that went through it, further up."""
    family = known.family(theme.pk)
    return Q(theme=theme) | (Q(first_theme__in=family) & ~Q(theme__in=family))


def move_codings(*, source: Theme, into: Theme, known: Merges) -> int:
    """Move a merged code's codings up one step, but for duplicates; return how many moved."""
    has_it = Coding.objects.filter(_held_by(into, known)).values("comment")
    return (
        Coding.objects.filter(theme=source)
        .exclude(comment__in=has_it)
        .update(first_theme=Coalesce(F("first_theme"), Value(source.pk)), theme=into)
    )


def return_codings(*, source: Theme, known: Merges) -> int:
    """Bring back what left a code when it was merged; return how many codings came back."""
    family = known.family(source.pk)
    own = Case(When(first_theme=source, then=Value(None)), default=F("first_theme"))
    return (
        Coding.objects.filter(first_theme__in=family)
        .exclude(theme__in=family)
        .update(theme=source, first_theme=own)
    )


def promote_duplicates(theme: Theme, known: Merges) -> None:
    """Let hidden duplicates take the place of codings that left a theme, up to the last merge."""
    node: Theme | None = theme
    while node is not None:
        for source in Theme.objects.filter(merged_into=node).order_by("pk"):
            move_codings(source=source, into=node, known=known)
        node = node.merged_into


def move_children(*, source: Theme, into: Theme) -> int:
    """Put a merged theme's codes under the other, after its own; return how many."""
    last = Theme.objects.filter(parent=into).order_by("-position").first()
    return Theme.objects.filter(parent=source).update(
        first_parent=Coalesce(F("first_parent"), Value(source.pk)),
        parent=into,
        position=F("position") + (last.position + 1 if last else 0),
    )


def return_children(*, source: Theme, known: Merges) -> int:
    """Put back the codes that a merge took from under a theme; return how many."""
    family = known.family(source.pk)
    own = Case(When(first_parent=source, then=Value(None)), default=F("first_parent"))
    return (
        Theme.objects.filter(first_parent__in=family)
        .exclude(parent__in=family)
        .update(parent=source, first_parent=own)
    )


def demote_to_duplicate(coding: Coding, *, at: Theme, project: Project) -> None:
    """Make a moved coding a hidden duplicate, one step below, to free its place.

    Somebody has now given the comment the code itself: both statements are kept.
    """
    known = merges_of(project)
    assert coding.first_theme_id is not None
    below = coding.first_theme_id
    while known.into[below] != at.pk:
        below = known.into[below]
    coding.theme_id = below
    coding.first_theme_id = None if coding.first_theme_id == below else coding.first_theme_id
    coding.save(update_fields=["theme", "first_theme"])
