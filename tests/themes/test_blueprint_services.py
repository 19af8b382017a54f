"""Taking over another project's codebook."""

import pytest

from coproduction.projects.models import AuditEntry, Project, User
from tests.themes.conftest import Book
from themes.models import Theme
from themes.services.blueprint import take_codebook
from themes.services.codebook import merge_themes, shift_theme

pytestmark = pytest.mark.django_db


def tree_of(project: Project) -> list[tuple[object, ...]]:
    """Return the current themes and codes with all that comes along, in order."""
    rows = Theme.objects.of(project).current().select_related("parent").order_by("position", "pk")
    return sorted(
        (row.kind, str(row.parent or ""), row.position, str(row.name), row.colour) for row in rows
    )


def test_themes_and_codes_come_with_colours_order_and_tree(
    book: Book, project: Project, other_project: Project, analyst: User, other_coordinator: User
) -> None:
    shift_theme(theme=book.litter, steps=-1, by=analyst)
    assert take_codebook(project=other_project, origin=project, by=other_coordinator) == 7
    assert tree_of(other_project) == tree_of(project)
    # Rows of their own: none points to the other project's.
    parents = Theme.objects.of(other_project).filter(parent__isnull=False)
    assert set(parents.values_list("parent__project", flat=True)) == {other_project.pk}
    entry = AuditEntry.objects.get(project=other_project, verb="themes.codebook_taken")
    assert entry.now == {"themes": 2, "codes": 5}


def test_what_was_merged_stays_behind(
    book: Book, project: Project, other_project: Project, analyst: User, other_coordinator: User
) -> None:
    merge_themes(source=book.litter, into=book.parks, by=analyst)
    merge_themes(source=book.safety, into=book.spaces, by=analyst)
    take_codebook(project=other_project, origin=project, by=other_coordinator)
    assert tree_of(other_project) == tree_of(project)
    assert {str(each.name) for each in Theme.objects.of(other_project)} == {
        *("Spaces", "Parks", "Traffic", "Police", "Something else")
    }


def test_an_empty_codebook_leaves_no_entry(
    project: Project, other_project: Project, other_coordinator: User
) -> None:
    assert take_codebook(project=other_project, origin=project, by=other_coordinator) == 0
    assert not AuditEntry.objects.filter(verb="themes.codebook_taken").exists()
