"""Public pages kept: one question, the same bytes for everybody, and drawn again in no time."""

import gzip
import threading
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.utils import timezone

from coproduction import release
from coproduction.cache import drawn_pages
from coproduction.projects import kept_pages
from coproduction.projects.audit import recorded
from coproduction.projects.kept_pages import kept_page
from coproduction.projects.models import Project, User
from coproduction.urls import urlpatterns as pages
from tests.caches import clear_caches
from tests.cast import make_project
from tests.databases_away import away

pytestmark = pytest.mark.django_db
WORDS = "The road into town is too narrow. " * 40
PRIVACY = "/bryn/privacy/"
UNPACKS = {"accept-encoding": "gzip, deflate, br"}

# --- A few pages of these tests' own ----

DRAWN: list[str] = []
DRAWING, GO_ON = threading.Event(), threading.Event()


@kept_page(asks={"of": ("one", "two")})
def plain(request: HttpRequest, project: Project, number: int = 0) -> HttpResponse:
    """Draw a page that is the same for everybody."""
    DRAWN.append(request.get_full_path())
    return HttpResponse(f"{WORDS} {number} {request.get_full_path()}")


@kept_page()
def greeting(request: HttpRequest, project: Project) -> HttpResponse:
    """Draw a page that looks at who reads it, as none should."""
    return HttpResponse(f"{WORDS} Hello {get_user(request)}")


@kept_page()
def with_token(request: HttpRequest, project: Project) -> HttpResponse:
    """Draw a page with a form's token, as none should."""
    return HttpResponse(WORDS + get_token(request))


@kept_page(until=lambda _project: timezone.now() + timedelta(minutes=5))
def clock(request: HttpRequest, project: Project) -> HttpResponse:
    """Draw a page that is another one every five minutes."""
    DRAWN.append(request.path)
    return HttpResponse(WORDS)


@kept_page()
def slow(request: HttpRequest, project: Project) -> HttpResponse:
    """Draw a page that takes until somebody lets it go on."""
    DRAWN.append(request.path)
    DRAWING.set()
    assert GO_ON.wait(30)
    return HttpResponse(WORDS)


urlpatterns = [
    path("<slug:project>/kept/plain/", plain, name="plain"),
    path("<slug:project>/kept/plain/<int:number>/", plain, name="plain_number"),
    path("<slug:project>/kept/greeting/", greeting, name="greeting"),
    path("<slug:project>/kept/token/", with_token, name="token"),
    path("<slug:project>/kept/clock/", clock, name="clock"),
    path("<slug:project>/kept/slow/", slow, name="slow"),
    *pages,
]


@pytest.fixture
def ours(settings) -> None:
    """Have these tests' own pages beside the others; none was drawn yet."""
    settings.ROOT_URLCONF = __name__
    DRAWN.clear()
    DRAWING.clear()
    GO_ON.clear()


def change(project: Project) -> None:
    """Change something that the public may read."""
    with recorded(project=project, by=None) as ledger:
        ledger.record("stage.changed", subject=project)


# --- One question ----


def test_a_page_that_was_drawn_costs_one_question_until_something_changes(
    project: Project, client: Client, count_queries: Callable
) -> None:
    first = client.get(PRIVACY)
    for _ in range(2):
        with count_queries() as seen:
            again = client.get(PRIVACY)
        assert len(seen) == 1
        assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    change(project)
    with count_queries() as seen:
        assert client.get(PRIVACY)["ETag"] != first["ETag"]
    assert len(seen) > 1


def test_what_is_kept_is_answered_as_its_view_would(
    ours: None, project: Project, client: Client
) -> None:
    """The second answer asks nothing of sessions, languages and forms; nobody can tell."""
    for address in ("/bryn/kept/plain/", "/bryn/kept/plain/?of=one", "/cy/bryn/privacy/"):
        for headers in ({}, UNPACKS):
            kept_pages._PAGES.clear()
            drawn_pages.clear()
            drawn, kept = (client.get(address, headers=headers) for _ in range(2))
            assert drawn.content == kept.content
            theirs, ours = dict(drawn.headers), dict(kept.headers)
            # Each request has an id of its own.
            assert theirs.pop("X-Request-ID") != ours.pop("X-Request-ID")
            # The address says the language, so nothing goes by what a browser would like.
            vary = {each.strip() for each in theirs.pop("Vary").split(",")}
            assert vary - {"Accept-Language"} == {ours.pop("Vary")}
            assert theirs == ours
            assert {"X-Frame-Options", "Content-Security-Policy", "Content-Language"} <= set(ours)


def test_what_is_kept_is_given_out_under_our_own_name_alone(
    project: Project, client: Client
) -> None:
    for _ in range(2):
        assert client.get(PRIVACY).status_code == 200
    assert client.get(PRIVACY, headers={"host": "elsewhere.example"}).status_code == 400


def test_what_is_kept_of_a_project_that_is_gone_is_not_given_out(client: Client) -> None:
    project = make_project("cwm", "Cwm")
    for _ in range(2):
        assert client.get("/cwm/privacy/").status_code == 200
    type(project).objects.filter(pk=project.pk).update(slug="elsewhere")
    assert client.get("/cwm/privacy/").status_code == 404


def test_a_page_that_the_clock_changes_is_drawn_again_then(
    ours: None, project: Project, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = timezone.now()
    marks = []
    for minutes, times in ((0, 1), (4, 1), (5, 2), (9, 2), (10, 3)):
        now = begin + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        headers = {"if-none-match": marks[-1]} if marks else {}
        page = client.get("/bryn/kept/clock/", headers=headers)
        assert page.status_code == (304 if minutes in {4, 9} else 200)
        assert len(DRAWN) == times, minutes
        marks.append(page["ETag"])
    assert len(set(marks)) == 3


def test_who_has_the_page_is_told_so_from_the_state_alone(
    project: Project, client: Client, count_queries: Callable
) -> None:
    first = client.get(PRIVACY, headers=UNPACKS)
    clear_caches()
    with count_queries() as seen:
        same = client.get(PRIVACY, headers={"if-none-match": first["ETag"], **UNPACKS})
    assert (same.status_code, same.content, len(seen)) == (304, b"", 1)
    assert same["Cache-Control"] == first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Accept-Encoding" in same["Vary"]
    change(project)
    later = client.get(PRIVACY, headers={"if-none-match": first["ETag"], **UNPACKS})
    assert later.status_code == 200


def test_each_project_language_and_page_has_a_mark_of_its_own(
    project: Project, other_project: Project, client: Client
) -> None:
    some = (PRIVACY, f"/cy{PRIVACY}", "/glyn/privacy/", "/bryn/accessibility/")
    assert len({client.get(address)["ETag"] for address in some}) == len(some)


def test_another_release_draws_another_page(
    project: Project, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis outlives a release that mends a page: the page has to be drawn anew."""
    before = client.get(PRIVACY)
    monkeypatch.setattr(kept_pages, "release_fingerprint", lambda: "f" * 64)
    after = client.get(PRIVACY)
    assert after["ETag"] != before["ETag"]
    again = client.get(PRIVACY, headers={"if-none-match": before["ETag"]})
    assert again.status_code == 200


def test_what_is_set_of_an_installation_is_part_of_its_release(settings) -> None:
    release.release_fingerprint.cache_clear()
    before = release.release_fingerprint()
    release.release_fingerprint.cache_clear()
    settings.SITE_URL = "https://elsewhere.example"
    assert release.release_fingerprint() != before
    release.release_fingerprint.cache_clear()


# --- The same bytes for everybody ----


def test_it_is_compressed_for_who_can_unpack_and_compressed_once(
    ours: None, project: Project, client: Client
) -> None:
    plain_page = client.get("/bryn/kept/plain/", headers={"accept-encoding": "identity"})
    packed = client.get("/bryn/kept/plain/", headers=UNPACKS)
    again = client.get("/bryn/kept/plain/", headers=UNPACKS)
    assert len(DRAWN) == 1
    assert packed["Content-Encoding"] == "gzip"
    assert packed.content == again.content
    assert gzip.decompress(packed.content) == plain_page.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["ETag"] == f"W/{plain_page['ETag']}"
    for answer in (plain_page, packed):
        assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "deflate, gzip; q=0.0"])
def test_who_can_not_unpack_gets_it_as_it_is(
    accepted: str, ours: None, project: Project, client: Client
) -> None:
    client.get("/bryn/kept/plain/", headers=UNPACKS)
    answer = client.get("/bryn/kept/plain/", headers={"accept-encoding": accepted})
    assert not answer.has_header("Content-Encoding")
    assert answer.content.decode().startswith(WORDS)


def test_a_page_that_looks_at_who_reads_it_is_kept_for_nobody(
    ours: None, project: Project, coordinator: User, client: Client, client_of: Callable
) -> None:
    known = client_of(coordinator)
    for address in ("/bryn/kept/greeting/", "/bryn/kept/token/"):
        pages = [reader.get(address, headers=UNPACKS) for reader in (known, client, known)]
        assert len({page.content for page in pages}) == 3 - address.endswith("greeting/")
        for page in pages:
            assert not page.has_header("ETag")
    assert not client.get("/bryn/kept/greeting/").content.endswith(b"coordinator@bryn.example")


def test_a_head_alone_is_of_the_same_page(project: Project, client: Client) -> None:
    page, head = client.get(PRIVACY), client.head(PRIVACY)
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head[name] == page[name], name


def test_nothing_is_sent_to_a_page(project: Project, client: Client) -> None:
    client.get(PRIVACY)
    for method in (client.post, client.put, client.delete):
        assert method(PRIVACY).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_page_of_no_project_is_not_there(client: Client) -> None:
    assert client.get("/nowhere/privacy/").status_code == 404


# --- What is kept ----


def test_what_a_page_does_not_read_of_an_address_is_taken_off_it(
    ours: None, project: Project, client: Client
) -> None:
    """Who follows a link of Facebook brings something along, each another."""
    told = [
        client.get("/bryn/kept/plain/", {"fbclid": str(number), "of": ""}).content
        for number in range(3)
    ]
    assert DRAWN == ["/bryn/kept/plain/"]
    assert len(set(told)) == 1
    one = client.get("/bryn/kept/plain/?of=one&x=1").content
    assert one.endswith(b"/bryn/kept/plain/?of=one")
    client.get("/bryn/kept/plain/?of=one")
    assert len(DRAWN) == 2
    both = client.get("/bryn/kept/plain/?of=two&of=one").content
    assert both == one


def test_addresses_without_end_fill_no_memory(ours: None, project: Project, client: Client) -> None:
    asked = ["/bryn/kept/plain/?of=three", "/bryn/kept/plain/007/", "/bryn/kept/plain/07/?of=one"]
    for address in asked * 2:
        page = client.get(address)
        assert page.status_code == 200
        assert not page.has_header("ETag")
    assert DRAWN == asked * 2
    client.get("/bryn/kept/plain/7/")
    assert client.get("/bryn/kept/plain/7/").has_header("ETag")
    assert len(DRAWN) == 7


def test_only_the_last_state_of_a_page_takes_room(
    ours: None, project: Project, client: Client
) -> None:
    client.get("/bryn/kept/plain/")
    kept = len(drawn_pages._at_hand)
    for _ in range(5):
        change(project)
        client.get("/bryn/kept/plain/")
    assert len(DRAWN) == 6
    assert len(drawn_pages._at_hand) == kept == 2


def test_while_somebody_works_on_the_pages_they_are_drawn_each_time(
    ours: None, project: Project, client: Client, settings
) -> None:
    settings.DEBUG = True
    for _ in range(2):
        client.get("/bryn/kept/plain/")
    assert len(DRAWN) == 2


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_no_page_is_given_out_that_may_have_changed(
    project: Project,
) -> None:
    client = Client(raise_request_exception=False)
    for _ in range(2):
        assert client.get(f"/cy{PRIVACY}").status_code == 200
    with away():
        answer = client.get(f"/cy{PRIVACY}")
    assert answer.status_code == 503
    assert '<html lang="cy">' in answer.content.decode()
    assert client.get(f"/cy{PRIVACY}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_draws(ours: None, project: Project) -> None:
    got: list[bytes] = []

    def ask() -> None:
        got.append(Client().get("/bryn/kept/slow/").content)
        connection.close()

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    assert DRAWING.wait(30)
    GO_ON.set()
    for reader in readers:
        reader.join(30)
    assert (len(DRAWN), len(got), set(got)) == (1, 4, {WORDS.encode()})
