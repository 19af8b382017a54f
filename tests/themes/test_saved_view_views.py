"""The page of saved views: keep by what the list is narrowed, go back to it, remove it."""

import pytest
from django.urls import reverse
from lxml import html

from engagements.models import SavedView
from engagements.services.saved_view import save_view
from tests.forms import drawn
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db

LIST = "/bryn/engagements/comments/"
HERE = f"{LIST}views/"


def links(page) -> dict[str, str]:
    """Return the views of a page, and where each leads."""
    tree = html.fromstring(page.content.decode())
    return {each.text_content(): each.get("href") for each in tree.find_class("erow__title")}


def remove(client, view: SavedView):
    """Press the button that removes a view."""
    address = reverse("themes:view_remove", kwargs={"project": "bryn", "uuid": view.uuid})
    return client.post(address, follow=True)


def test_a_list_is_kept_under_a_name_and_gone_back_to(desk, project, book) -> None:
    make_comments(project, "A park", consent=True)
    make_comments(project, "A bus")
    query = "consent=yes&coded=no&sort=oldest"
    assert (
        f'href="{HERE}?{query.replace("&", "&amp;")}"'
        in desk.get(f"{LIST}?{query}").content.decode()
    )
    page = desk.get(f"{HERE}?{query}")
    assert "Not coded yet" in page.content.decode()
    kept = desk.post(f"{HERE}?{query}", drawn(page, name="Quotable"), follow=True)
    assert "“Quotable” is saved." in kept.content.decode()
    (way,) = links(kept).values()
    listed = desk.get(way).context
    assert [each.text for each in listed["page"]] == ["A park"]
    assert listed["form"].oldest_first


def test_words_are_not_kept_and_what_cannot_be_understood_neither(desk, project) -> None:
    page = desk.get(f"{HERE}?q=Dai+Jones&consent=yes&method=x")
    assert "Words that were searched for are not kept" in page.content.decode()
    desk.post(f"{HERE}?q=Dai+Jones&consent=yes&method=x", drawn(page, name="Mine"))
    assert SavedView.objects.get().filters == {"consent": "yes"}


def test_with_nothing_narrowed_there_is_nothing_to_save(desk, project) -> None:
    page = desk.get(f"{HERE}?q=park")
    assert "No saved views yet" in page.content.decode()
    assert "Save this view" not in page.content.decode()


def test_a_name_is_asked_for(desk, project) -> None:
    page = desk.get(f"{HERE}?consent=yes")
    again = desk.post(f"{HERE}?consent=yes", drawn(page, name=" "))
    assert "Enter a name" in again.content.decode()
    assert not SavedView.objects.exists()


def test_the_same_sending_saves_one(desk, project) -> None:
    sent = drawn(desk.get(f"{HERE}?consent=yes"), name="Quotable")
    for _time in range(2):
        assert desk.post(f"{HERE}?consent=yes", sent).status_code == 302
    assert SavedView.objects.count() == 1


def test_what_is_shared_is_there_for_others_and_stays_until_its_owner_removes_it(
    desk, client_of, project, analyst, facilitator, coordinator
) -> None:
    about = {"project": project, "filters": {"consent": "yes"}, "by": analyst}
    save_view(name="Mine", is_shared=False, **about)
    shared = save_view(name="Ours", is_shared=True, **about)
    ffion = client_of(facilitator)
    page = ffion.get(HERE)
    assert list(links(page)) == ["Ours"]
    assert "Shared by Anwen" in page.content.decode()
    assert "Remove" not in page.content.decode()
    assert "Somebody else saved this view." in remove(ffion, shared).content.decode()
    assert "The view is removed." in remove(client_of(coordinator), shared).content.decode()
    mine = SavedView.objects.get()
    assert remove(ffion, mine).status_code == 404
    assert "The view is removed." in remove(desk, mine).content.decode()


def test_the_page_costs_the_same_with_more_views(
    desk, project, facilitator, assert_same_queries
) -> None:
    assert_same_queries(
        desk,
        HERE,
        lambda n: save_view(
            project=project, name=f"View {n}", filters={"q": "x"}, is_shared=True, by=facilitator
        ),
    )
