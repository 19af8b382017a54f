"""Views of the comments are saved under a name, each person's own, and removed."""

import pytest
from django.db import IntegrityError

from coproduction.projects.models import AuditEntry
from coproduction.projects.removed import Removed
from engagements.models import SavedView
from engagements.services import saved_view as services
from engagements.services.saved_view import (
    SomebodyElsesView,
    TooManyViews,
    remove_view,
    save_view,
)

FILTERS = {"consent": "yes", "language": "cy"}


@pytest.fixture
def save(project, analyst):
    """Save a view: ``save("Welsh", is_shared=True)``."""

    def saved(name: str, **more) -> SavedView:
        about = {"filters": FILTERS, "is_shared": False, "by": analyst} | more
        return save_view(project=project, name=name, **about)

    return saved


def test_a_view_is_saved_and_the_entry_holds_no_name(save, analyst) -> None:
    view = save("Welsh")
    assert view.query == "consent=yes&language=cy"
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.by) == ("engagements.view_saved", analyst)
    assert entry.now == {"filters": ["consent", "language"], "shared": False}
    assert "Welsh" not in str(entry.now)


def test_the_same_name_again_puts_it_in_the_place_of_the_first(save, facilitator) -> None:
    first = save("Welsh")
    again = save("Welsh", filters={"language": "cy"}, is_shared=True)
    assert again.pk == first.pk
    first.refresh_from_db()
    assert (first.filters, first.is_shared) == ({"language": "cy"}, True)
    assert save("Welsh", by=facilitator).pk != first.pk


def test_nobody_has_two_of_one_name(save, project, analyst) -> None:
    save("Welsh")
    with pytest.raises(IntegrityError):
        SavedView.objects.create(project=project, name="Welsh", by=analyst)


def test_each_has_her_own_and_those_that_are_shared(save, project, facilitator) -> None:
    save("B"), save("A", is_shared=True), save("C", by=facilitator)
    views = SavedView.objects.of(project).for_person(facilitator)
    assert [view.name for view in views] == ["A", "C"]


def test_so_many_are_enough(save, monkeypatch) -> None:
    monkeypatch.setattr(services, "_MOST", 1)
    save("A"), save("A")
    with pytest.raises(TooManyViews):
        save("B")
    assert SavedView.objects.count() == 1


def test_only_who_saved_it_or_who_may_removes_a_view(
    save, analyst, facilitator, coordinator
) -> None:
    mine, shared = save("A"), save("B", is_shared=True)
    with pytest.raises(SomebodyElsesView):
        remove_view(view=shared, by=facilitator)
    remove_view(view=shared, by=coordinator, of_others=True)
    remove_view(view=mine, by=analyst)
    assert not SavedView.objects.exists()
    assert AuditEntry.objects.latest("number").was == {"shared": False}


def test_one_that_is_removed_already_is_said_to_be(save, analyst) -> None:
    view = save("A")
    same = SavedView.objects.select_related("project").get(pk=view.pk)
    remove_view(view=view, by=analyst)
    with pytest.raises(Removed):
        remove_view(view=same, by=analyst)
