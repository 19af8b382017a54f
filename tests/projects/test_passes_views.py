"""Pages that a pass opens, and the page of those that were given."""

from datetime import timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.models import Pass, PassScope, Project, User
from coproduction.projects.pages import WRONG_PASSES_IN_TEN_MINUTES, pass_view
from coproduction.projects.services.passes import GivenPass, give_pass, revoke_pass

LIST = "/bryn/settings/passes/"


def give(project: Project, by: User, holder: str = "Nia", **changes: object) -> GivenPass:
    """Give a pass until tomorrow."""
    about = {"scope": PassScope.ANSWER, "ends_at": timezone.now() + timedelta(days=1)} | changes
    return give_pass(project=project, subject=uuid4(), holder=holder, by=by, **about)


@pass_view(scope=PassScope.ANSWER)
def opened(request: HttpRequest, project: Project, given: Pass, token: str) -> HttpResponse:
    """Say whose pass it is."""
    return HttpResponse(f"Hello {given.holder}")


def ask(token: str, project: str = "bryn") -> HttpResponse:
    """Open that page with a token."""
    return opened(RequestFactory().get("/"), project=project, token=token)


def test_a_pass_opens_its_page_and_nobody_is_told_of_the_address(project, coordinator) -> None:
    page = ask(give(project, coordinator).token)
    assert page.content == b"Hello Nia"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_what_does_not_open_says_whom_to_ask_in_one_way(
    project, other_project, coordinator
) -> None:
    ended = give(project, coordinator, ends_at=timezone.now() - timedelta(minutes=1))
    back = give(project, coordinator, "Ifan")
    revoke_pass(given=back.record, by=coordinator)
    elsewhere = give(project, coordinator, "Lowri", scope=PassScope.COMMITMENT)
    theirs = give(other_project, coordinator)
    seen = {
        ask(token).content
        for token in (ended.token, back.token, elsewhere.token, theirs.token, "nobody's", "")
    }
    assert len(seen) == 1
    page = seen.pop().decode()
    assert "For a new link, ask whoever sent you this one." in page
    assert ask("nobody's").status_code == 404


def test_whoever_tries_addresses_is_told_to_wait(project, coordinator) -> None:
    given = give(project, coordinator)
    tries = [ask("nobody's").status_code for _ in range(WRONG_PASSES_IN_TEN_MINUTES + 1)]
    assert tries == [404] * WRONG_PASSES_IN_TEN_MINUTES + [429]
    assert ask(given.token).status_code == 200


def test_the_page_says_who_gave_what_to_whom_and_takes_it_back(
    project, coordinator, chair, client_of
) -> None:
    given = give(project, coordinator)
    client = client_of(chair)
    page = client.get(LIST).content.decode()
    for said in ("Nia", "Carys", "Confirm an answer written down for them"):
        assert said in page
    assert given.token not in page
    back = reverse("projects:pass_revoke", kwargs={"project": "bryn", "uuid": given.record.uuid})
    page = client.post(back, follow=True).content.decode()
    assert "taken back on" in page
    assert ask(given.token).status_code == 404


def test_passes_cost_the_same_queries_however_many(
    project, coordinator, client_of, assert_same_queries
) -> None:
    assert_same_queries(
        client_of(coordinator), LIST, lambda number: give(project, coordinator, f"Nia {number}")
    )
