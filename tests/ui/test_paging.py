"""Pages by key: every row on one page, both ways, whatever comes and goes meanwhile."""

import pytest
from django.http import QueryDict
from django.template.loader import get_template
from django.test import RequestFactory

from coproduction.languages import searching
from coproduction.languages.searching import Found
from coproduction.projects.models import Project
from coproduction.ui import paging
from coproduction.ui.paging import KeyedPage
from tests.cast import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys() -> list[int]:
    """The keys of seven rows, in order."""
    return [make_project(f"p{number}", f"P{number}").pk for number in range(7)]


def page(place: str | None = None, *, newest_first: bool = False) -> KeyedPage[Project]:
    """Return a page of three rows."""
    found = Found(Project.objects.filter(slug__startswith="p"))
    return KeyedPage(found, place, size=3, newest_first=newest_first)


def shown(of: KeyedPage[Project]) -> list[int]:
    """Return the keys of the rows of a page."""
    return [row.pk for row in of]


def test_every_row_stands_on_one_page_forwards_and_back(keys) -> None:
    for newest_first in (False, True):
        wanted = keys[::-1] if newest_first else keys
        first = page(newest_first=newest_first)
        second = page(first.next_place, newest_first=newest_first)
        third = page(second.next_place, newest_first=newest_first)
        assert [shown(each) for each in (first, second, third)] == [
            wanted[:3],
            wanted[3:6],
            wanted[6:],
        ]
        assert [each.has_previous for each in (first, second, third)] == [False, True, True]
        assert [each.has_next for each in (first, second, third)] == [True, True, False]
        assert shown(page(third.previous_place, newest_first=newest_first)) == wanted[3:6]
        assert shown(page(second.previous_place, newest_first=newest_first)) == wanted[:3]
        last = page("last", newest_first=newest_first)
        assert shown(last) == wanted[4:]
        assert (last.has_previous, last.has_next) == (True, False)


def test_a_page_that_would_be_short_at_the_beginning_is_the_first(keys) -> None:
    early = page(f"before-{keys[1]}")
    assert shown(early) == keys[:3]
    assert (early.has_previous, early.has_next) == (False, True)


def test_a_row_that_is_gone_is_still_a_place(keys) -> None:
    place = page().next_place
    Project.objects.filter(pk=keys[2]).update(slug="gone")
    assert shown(page(place)) == keys[3:6]


@pytest.mark.parametrize(
    "place",
    ["", "2", "x", "after-", "after-x", "after-9" + "9" * 17, "before-0", "after-" + "9" * 40],
)
def test_any_other_address_is_the_first_page(keys, place) -> None:
    assert shown(page(place)) == keys[:3]


def test_a_page_costs_the_same_wherever_it_stands(keys, count_queries) -> None:
    counts = set()
    for place in (None, f"after-{keys[2]}", f"before-{keys[5]}", "last"):
        with count_queries() as seen:
            assert page(place).count == 7
        counts.add(len(seen))
        assert not any("OFFSET" in query["sql"] for query in seen.captured_queries)
    assert counts == {3}


def test_an_empty_list_is_one_page() -> None:
    assert list(page()) == []
    assert (page().count, page().has_other_pages) == (0, False)


def test_counting_stops_where_nobody_needs_more(keys, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, told in ((7, (7, False)), (6, (6, True))):
        for module in (searching, paging):
            monkeypatch.setattr(module, "COUNTED", most)
        assert (page().count, page().has_more_than_counted) == told


def test_links_keep_the_rest_of_the_address(keys, rf: RequestFactory) -> None:
    place = page().next_place
    request = rf.get("/x/", QueryDict(f"q=bus&page={place}").dict())
    html = get_template("ui/_keyed_pages.html").render({"page": page(place)}, request)
    assert f'href="?q=bus&amp;page=after-{keys[5]}"' in html
    assert f'href="?q=bus&amp;page=before-{keys[3]}"' in html
    assert 'href="?q=bus&amp;page=last"' in html
    assert 'href="?q=bus"' in html
