"""The tree of themes and codes: its branches, and what was merged into what."""

from dataclasses import dataclass, field

from coproduction.projects.models import Project
from themes.models import Theme


@dataclass
class Branch:
    """A theme with its codes; ``theme`` is None for the codes that are under none."""

    theme: Theme | None
    codes: list[Theme] = field(default_factory=list)


def branches(project: Project) -> list[Branch]:
    """Return the whole current tree in order, codes under no theme last; one query."""
    current = list(Theme.objects.of(project).current().order_by("position", "pk"))
    by_theme = {theme.pk: Branch(theme) for theme in current if theme.is_theme}
    loose = Branch(None)
    for code in current:
        if not code.is_theme:
            branch = by_theme.get(code.parent_id, loose)
            code.parent = branch.theme
            branch.codes.append(code)
    return [*by_theme.values(), *([loose] if loose.codes else [])]


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


def merges(project: Project) -> Merges:
    """Return a project's merges; one query."""
    rows = Theme.objects.of(project).filter(merged_into__isnull=False)
    return Merges(dict(rows.values_list("pk", "merged_into_id")))


def standing_for(theme: Theme) -> Theme:
    """Return the theme that now stands for this one: itself, unless it was merged."""
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme
