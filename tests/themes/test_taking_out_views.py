"""Taking comments out in the browser: what the list showed, in a file, and known to the others."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from coproduction.projects.models import AuditEntry, Project, User
from engagements.models import Comment
from engagements.services.withholding import withdraw_comment
from tests.cast import make_member
from tests.themes.comments import make_comments, make_questions
from tests.workbooks import cells_of
from themes.services.coding import code_comment

pytestmark = pytest.mark.django_db

HERE = "/bryn/themes/comments/take-out/"
LIST = "/bryn/engagements/comments/"


def words_in(response) -> list[str]:
    """Return the comments of a CSV that was answered with."""
    assert response.status_code == 200, response
    assert response.streaming, response.content.decode()
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [row["Comment"] for row in csv.DictReader(StringIO(text, newline=""))]


def taken_out() -> list[dict[str, object]]:
    """Return what the trail says of each time."""
    found = AuditEntry.objects.filter(verb="engagements.comments_taken_out").order_by("number")
    return [entry.now for entry in found]


def test_what_the_list_shows_goes_out_all_pages_of_it(desk: Client, project: Project) -> None:
    make_comments(project, *(f"A swing, {n}" for n in range(120)), "A bus")
    page = desk.get(LIST, {"q": "swing"}).content.decode()
    assert f'href="{HERE}?q=swing"' in page
    page = desk.get(f"{HERE}?q=swing").content.decode()
    assert "120 comments go into the file" in page
    assert f'action="{HERE}?q=swing"' in page
    response = desk.post(f"{HERE}?q=swing", {"file": "csv"})
    assert words_in(response) == [f"A swing, {n}" for n in range(120)]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith(
        'attachment; filename="bryn-comments-'
    )
    assert "no-store" in response.headers["Cache-Control"]
    (entry,) = taken_out()
    assert (entry["rows"], entry["file"], entry["search"]) == (120, "csv", True)


def test_as_a_workbook(desk: Client, project: Project) -> None:
    make_comments(project, "A swing", "=1+1")
    response = desk.post(HERE, {"file": "xlsx"})
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    rows = cells_of(BytesIO(b"".join(response.streaming_content)))
    place = rows[0].index("Comment")
    assert [row[place] for row in rows[1:]] == ["A swing", "'=1+1"]


def test_a_page_in_welsh_gives_a_file_in_welsh(desk: Client, project: Project) -> None:
    make_comments(project, "Y parc")
    assert "Lawrlwytho sylwadau" in desk.get(f"/cy{HERE}").content.decode()
    response = desk.post(f"/cy{HERE}", {"file": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.startswith(
        "Achlysur gwrando,Dyddiad,Lle,Dull,Ardal yr achlysur gwrando,Cwestiwn,Sylw,"
    )


def test_from_a_theme_and_from_an_engagement(
    desk: Client, project: Project, book, analyst: User, at: Callable[..., str]
) -> None:
    park, bus = make_comments(project, "A park", "A bus")
    need = make_questions(project)["need"]
    code_comment(comment=park, codes=[book.parks], by=analyst)
    page = desk.get(at("theme", book.spaces), {"question": need.uuid}).content.decode()
    way = f"{HERE}?theme={book.spaces.uuid}&amp;question={need.uuid}"
    assert f'href="{way}"' in page
    assert words_in(desk.post(way.replace("&amp;", "&"), {"file": "csv"})) == ["A park"]
    back = desk.get(way.replace("&amp;", "&")).content.decode()
    assert f'href="{at("theme", book.spaces)}?question={need.uuid}"' in back
    held = bus.engagement
    of_it = reverse("engagements:engagement", args=["bryn", held.uuid])
    assert f'href="{HERE}?engagement={held.uuid}"' in desk.get(of_it).content.decode()
    assert words_in(desk.post(f"{HERE}?engagement={held.uuid}", {"file": "csv"})) == [
        *("A park", "A bus"),
    ]


def test_nothing_that_is_out_of_sight_goes_out(
    client_of: Callable[[User], Client], coordinator: User, project: Project
) -> None:
    (gone,) = make_comments(project, "Take me back")
    withdraw_comment(comment=gone, by=coordinator)
    browser = client_of(coordinator)
    listed = browser.get(LIST, {"withheld": "withdrawn"}).content.decode()
    assert "Take me back" in listed
    for asked in ({"withheld": "withdrawn"}, {"q": gone.submission.receipt}, {}):
        page = browser.get(HERE, asked).content.decode()
        assert "Nothing to take out" in page
        assert 'type="radio"' not in page
        refused = browser.post(f"{HERE}?{urlencode(asked)}", {"file": "csv"})
        assert refused.status_code == 409
        assert "There is no comment here that can be taken out" in refused.content.decode()
    assert taken_out() == []


def test_what_cannot_be_understood_gives_no_file_of_everything(
    desk: Client, project: Project
) -> None:
    make_comments(project, "A park")
    page = desk.get(LIST, {"engagement": "nowhere"}).content.decode()
    assert HERE not in page
    for asked in ("engagement=nowhere", "theme=7", "question=no"):
        answer = desk.post(f"{HERE}?{asked}", {"file": "csv"})
        assert answer.status_code == 302, asked
        assert answer["Location"].startswith(LIST)
    assert desk.post(HERE, {"file": "pdf"}).status_code == 200
    assert "Choose a kind of file" in desk.post(HERE, {}).content.decode()
    assert taken_out() == []


def test_another_sees_in_the_history_that_it_was_done(
    desk: Client, client_of: Callable[[User], Client], coordinator: User, analyst: User, project
) -> None:
    make_comments(project, "Dai's swing", "A bus")
    desk.post(f"{HERE}?q=swing", {"file": "xlsx"})
    desk.post(HERE, {"file": "csv"})
    page = client_of(coordinator).get("/bryn/settings/audit/").content.decode()
    assert "Comments taken out" in page
    assert "1 comment as XLSX, narrowed by: words searched for" in page
    assert "2 comments as CSV" in page
    assert analyst.display_name in page
    assert "swing" not in page


@pytest.mark.parametrize("role", ["facilitator", "editor"])
def test_who_may_not_is_not_offered_it(role: str, client_of, project: Project) -> None:
    make_comments(project, "A park")
    browser = client_of(make_member(project, role))
    assert browser.post(HERE, {"file": "csv"}).status_code == 403
    held = Comment.objects.get().engagement
    for page in (LIST, reverse("engagements:engagement", args=["bryn", held.uuid])):
        assert HERE not in browser.get(page).content.decode()


def test_the_page_costs_the_same_however_many_there_are(
    desk: Client, project: Project, assert_same_queries
) -> None:
    assert_same_queries(desk, HERE, lambda n: make_comments(project, f"Comment {n}"))
