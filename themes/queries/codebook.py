"""The tree of themes and codes: its branches, and what was merged into what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from coproduction.projects.models import Project
from themes.models import Theme


@dataclass(frozen=True)
class Merges:
    """What was merged into what in a project, as far as it stands now."""

    into: dict[int, int]

    def family(self, theme_id: int) -> frozenset[int]:
        """Return the ids of a theme and of all that was merged into it, step by step."""
        found, fresh = {theme_id}, {theme_id}
        while fresh:
            fresh = {source for source, into in self.into.items() if into in fresh} - found
            found |= fresh
        return frozenset(found)

    def final(self, theme_id: int) -> int:
        """Return the id of the theme that now stands for this one."""
        while theme_id in self.into:
            theme_id = self.into[theme_id]
        return theme_id


def merges_of(project: Project) -> Merges:
    """Return a project's merges; one query."""
    rows = Theme.objects.of(project).filter(merged_into__isnull=False)
    return Merges(dict(rows.values_list("pk", "merged_into_id")))


def theme_after_merges(theme: Theme) -> Theme:
    """Return the theme that now stands for this one: itself, unless it was merged."""
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


@dataclass
class Branch:
    """A theme with its codes; ``theme`` is None for the codes that are under none."""

    theme: Theme | None
    codes: list[Theme] = field(default_factory=list)


class Codebook:
    """A project's whole codebook, merged themes and codes included, from one query."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        """Join up the themes: each knows its parent and what it was merged into."""
        self.by_id = {theme.pk: theme for theme in themes}
        for theme in self.by_id.values():
            theme.parent = self.by_id.get(theme.parent_id or 0)
            theme.merged_into = self.by_id.get(theme.merged_into_id or 0)
        self.merges = Merges(
            {pk: each.merged_into_id for pk, each in self.by_id.items() if each.merged_into_id}
        )

    @property
    def current(self) -> list[Theme]:
        """Those not merged into another, in order."""
        return [theme for theme in self.by_id.values() if not theme.merged_into_id]

    @property
    def themes(self) -> list[Theme]:
        """The current themes, in order."""
        return [theme for theme in self.current if theme.is_theme]

    @property
    def branches(self) -> list[Branch]:
        """The current themes with their codes; codes under no theme last."""
        loose = Branch(None, self.codes_under(None))
        found = [Branch(theme, self.codes_under(theme)) for theme in self.themes]
        return [*found, *([loose] if loose.codes else [])]

    def codes_under(self, theme: Theme | None) -> list[Theme]:
        """Return the current codes under a theme, or under none."""
        return [code for code in self.current if not code.is_theme and code.parent == theme]

    def find(self, uuid: UUID) -> Theme | None:
        """Return a theme or code, merged or not; None where it is not this project's."""
        return next((theme for theme in self.by_id.values() if theme.uuid == uuid), None)

    def merged_into(self, theme: Theme) -> list[Theme]:
        """Return what was merged straight into a theme or code."""
        return [each for each in self.by_id.values() if each.merged_into == theme]

    def everything_under(self, theme: Theme) -> frozenset[int]:
        """Return the ids of a theme, of its codes, and of all that was merged into any of them."""
        heads = [theme, *(self.codes_under(theme) if theme.is_theme else [])]
        return frozenset().union(*(self.merges.family(head.pk) for head in heads))


def codebook_of(project: Project) -> Codebook:
    """Return a project's whole codebook; one query."""
    themes = list(Theme.objects.of(project).order_by("position", "pk"))
    for theme in themes:
        theme.project = project
    return Codebook(themes)


def standing_of_theme(theme: Theme) -> tuple[int, int]:
    """Return which one a theme or code is among its neighbours in the tree, of how many."""
    codebook = codebook_of(theme.project)
    under = codebook.by_id[theme.pk].parent
    beside = codebook.themes if theme.is_theme else codebook.codes_under(under)
    return beside.index(theme) + 1, len(beside)


def branches(project: Project) -> list[Branch]:
    """Return the current themes with their codes, in order; one query."""
    return codebook_of(project).branches
