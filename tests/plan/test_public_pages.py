"""All public pages together: kept warm, right at once when words go, and still when nobody sees."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from coproduction.cache import drawn_pages
from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.public_state import COUNTED, PRIVATE, state_of
from engagements.models import Engagement
from engagements.services.comment import correct_comment
from engagements.services.engagement import plan_engagement
from engagements.services.submission import undo_submissions
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import (
    raise_concern,
    redact_comment,
    withdraw_comment,
)
from plan.services.section import write_section
from tests.architecture.walk import ADDRESSES
from tests.overview.test_history import recorded_verbs
from tests.plan.private_changes import (
    at_a_workshop,
    in_the_steering_group,
    on_the_team,
    while_listening,
)
from tests.plan.story import Story, both
from tests.themes.comments import make_comments
from themes.services.coding import change_codes, code_comments
from themes.services.quote import take_back_quote
from workshops.services.note import NewNote, add_notes, change_note

pytestmark = pytest.mark.django_db

# What is public and not kept: what a code or a form opens, and what changes with every entry.
NOT_KEPT = {
    *("engagements:survey", "engagements:survey_thanks", "plan:follow", "plan:follow_receipt"),
    *("plan:receipt_data", "plan:receipt_erase", "plan:receipt_withdraw"),
    *("projects:complaint", "projects:complaint_sent"),
    *("projects:trail", "trail_data:trail_keys", "trail_data:trail_register"),
}
EXTRACT = "broken since Easter"


def public_addresses(story: Story) -> list[str]:
    """List the address of every public page that is kept, and of some in Welsh."""
    event, workshop = story.swings.engagement.uuid, story.workshop.uuid
    english = [
        "/bryn/",
        "/bryn/privacy/",
        "/bryn/accessibility/",
        "/bryn/what-we-heard/",
        "/bryn/what-we-heard/engagements/",
        f"/bryn/what-we-heard/themes/{story.theme.uuid}/",
        "/bryn/plan/",
        "/bryn/plan/actions/1/",
        "/bryn/plan/actions/2/",
        f"/bryn/plan/events/{event}/",
        f"/bryn/plan/workshops/{workshop}/",
        f"/bryn/plan/themes/{story.theme.uuid}/",
        "/bryn/plan/figures/",
        "/bryn/plan/figures/?of=comments",
        "/bryn/plan/print/",
    ]
    data = ["/bryn/plan/plan.json", "/bryn/plan/actions.csv"]
    return [*english, *(f"/cy{address}" for address in english), *data, "/bryn/plan/plan.pdf"]


def read(address: str) -> bytes:
    """Read a page or a file as it is given out now."""
    answer = Client().get(address)
    assert answer.status_code in {200, 302}, f"{address}: {answer.status_code}"
    # Where a page leads is all that there is of some.
    return b"".join(answer) + answer.get("Location", "").encode()


def read_all(story: Story) -> dict[str, bytes]:
    """Read every public page."""
    return {address: read(address) for address in public_addresses(story)}


@pytest.fixture
def published(story: Story, files: Path) -> Story:
    """The small plan, published, with its files."""
    story.finish_files(story.publish())
    return story


def test_every_public_page_is_kept_or_named_as_one_that_is_not(
    published: Story, count_queries: Callable
) -> None:
    kept = set()
    for address in public_addresses(published):
        read(address)
        with count_queries() as seen:
            read(address)
        assert len(seen) == 1, address
        kept.add(resolve(address.partition("?")[0]).view_name)
    public = {each.name for each in ADDRESSES if each.access == "public"}
    assert public - kept == NOT_KEPT


def test_no_public_page_knows_who_reads_it(
    published: Story, client_of: Callable[..., Client]
) -> None:
    known, looked = client_of(published.coordinator), 0
    for address in public_addresses(published):
        drawn_pages.clear()
        theirs = b"".join(known.get(address))
        assert theirs == b"".join(Client().get(address)), address
        looked += 1
    assert looked > 30


# --- Words that go ----


TAKEN_BACK: dict[str, Callable[[Story], object]] = {
    "withdrawn": lambda story: withdraw_comment(comment=story.swings, by=None),
    "worried about": lambda story: raise_concern(comment=story.swings, by=story.analyst),
    "redacted": lambda story: redact_comment(
        comment=story.swings, text="The swings have been broken.", by=story.coordinator
    ),
    "undone": lambda story: undo_submissions(
        submissions=[story.swings.submission], by=story.coordinator
    ),
    "not agreed to": lambda story: correct_comment(
        comment=story.swings,
        question=story.swings.question,
        descriptor=story.swings.submission.descriptor,
        quote_consent=False,
        language=story.swings.language,
        by=story.coordinator,
    ),
    "taken back": lambda story: take_back_quote(quote=story.quote, by=story.analyst),
}


@pytest.mark.parametrize("why", TAKEN_BACK)
def test_words_that_are_taken_back_are_gone_from_every_kept_page_at_once(
    published: Story, why: str
) -> None:
    before = read_all(published)
    marks = {address: Client().get(address).get("ETag") for address in before}
    shown = [address for address, page in before.items() if EXTRACT.encode() in page]
    assert len(shown) >= 11, shown
    TAKEN_BACK[why](published)
    for address in shown:
        assert EXTRACT.encode() not in read(address), address
        again = Client().get(address, headers={"if-none-match": marks[address]})
        assert again.status_code == 200, address
    # The file shows them: it is not given out until there is one that does not.
    assert Client().get("/bryn/plan/plan.pdf").status_code == 503


def test_a_note_that_is_taken_back_is_gone_from_every_kept_page_at_once(published: Story) -> None:
    note = published.workshop.notes.get()
    shown = [address for address, page in read_all(published).items() if b"Swings first!" in page]
    assert len(shown) >= 4, shown
    change_note(
        note=note,
        kind=note.kind,
        text=note.text,
        language=note.language,
        may_be_read_by_all=False,
        by=published.facilitator,
    )
    for address in shown:
        assert b"Swings first!" not in read(address), address


def test_a_withdrawal_while_a_page_is_drawn_is_on_the_next(published: Story, monkeypatch) -> None:
    """The page that is drawn meanwhile is kept under the name of the state before."""
    address = "/bryn/plan/"
    drawn_pages.clear()
    put, late = drawn_pages.put, []

    def withdrawn_meanwhile(*page: object) -> None:
        if not late:
            late.append(withdraw_comment(comment=published.swings, by=None))
        put(*page)

    monkeypatch.setattr(drawn_pages, "put", withdrawn_meanwhile)
    assert EXTRACT.encode() in read(address)
    assert late
    assert EXTRACT.encode() not in read(address)


# --- What nobody sees ----


def test_what_is_named_as_private_leaves_every_public_page_as_it_is(published: Story) -> None:
    """Drawn anew, after all of a kind, each page is the same to the last byte."""
    done: set[str] = set()
    entries = AuditEntry.objects.filter(project=published.project).order_by("number")
    for doing in (on_the_team, while_listening, at_a_workshop, in_the_steering_group):
        steps = doing(published)
        next(steps)
        drawn_pages.clear()
        before, state, last = read_all(published), state_of("bryn"), entries.latest("number").number
        assert sum(1 for _step in steps) > 5
        verbs = set(entries.filter(number__gt=last).values_list("verb", flat=True))
        assert verbs <= PRIVATE, doing
        assert state_of("bryn") == state
        drawn_pages.clear()
        after = read_all(published)
        assert [each for each in before if after[each] != before[each]] == [], doing
        done |= verbs
    assert done == PRIVATE


def test_only_changes_that_there_are_have_a_name_of_their_own() -> None:
    verbs = set(recorded_verbs())
    assert PRIVATE < verbs
    assert COUNTED < verbs


def test_private_changes_draw_nothing_however_many(
    published: Story, count_queries: Callable
) -> None:
    """An evening of typing, with somebody looking after each."""
    read_all(published)
    looked = 0
    for number in range(10):
        note = NewNote("idea", f"Idea {number}")
        add_notes(workshop=published.workshop, notes=[note], by=published.facilitator)
        body = both(f"Thank you {number}.")
        write_section(project=published.project, kind="thanks", body=body, by=published.editor)
        for address in public_addresses(published):
            with count_queries() as seen:
                read(address)
            assert len(seen) == 1, address
            looked += 1
    assert looked > 300


# --- Counts ----


def test_answers_and_codes_draw_no_page_of_the_plan_again_and_the_others_once_a_turn(
    published: Story, count_queries: Callable, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_COUNTS_SECONDS = 60
    now = timezone.now().replace(second=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    survey = open_survey(
        project=published.project,
        engagement=published.swings.engagement,
        slug="park",
        title=both("Park"),
        by=published.coordinator,
    )
    read_all(published)
    counting = ("/bryn/", "/bryn/what-we-heard/", "/bryn/what-we-heard/engagements/")
    asked = {address: 0 for address in public_addresses(published)}
    for turn in range(2):
        for number in range(10):
            answer = {"need": f"More buses {turn} {number}"}
            said = answer_survey(survey=survey, answers=answer, language="en").comments.get()
            change = change_codes(
                project=published.project,
                comment=said.pk,
                add=[published.code.uuid],
                by=published.analyst,
            )
            assert change
            for address in asked:
                with count_queries() as seen:
                    read(address)
                asked[address] += len(seen) > 1
        now += timedelta(minutes=1)
    drawn = {address for address, times in asked.items() if times}
    assert {address.removeprefix("/cy") for address in drawn} == {
        *counting,
        f"/bryn/what-we-heard/themes/{published.theme.uuid}/",
    }
    # In the second turn, once, with all that was said in the first.
    assert {asked[address] for address in drawn} == {1}


def test_what_was_said_and_coded_is_counted_on_the_pages_that_were_kept(
    project: Project, story: Story
) -> None:
    heard = f"/bryn/what-we-heard/themes/{story.theme.uuid}/"
    page = read(heard)
    assert b"10+" not in page
    said = make_comments(project, *(f"Swing number {n}." for n in range(12)))
    pairs = [(comment, story.code) for comment in said]
    code_comments(project=project, pairs=pairs, by=story.analyst)
    assert b"10+" in read(heard)
    assert b"10+ comments" in read("/bryn/")


# --- The clock ----


def test_a_survey_that_the_clock_opens_and_closes_is_on_the_home_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch, client: Client, coordinator
) -> None:
    begin = timezone.now()
    engagement = plan_engagement(
        project=project,
        title="Fair",
        method="event",
        place="The hall",
        date=date(2026, 3, 1),
        status=Engagement.Status.PLANNED,
        people_heard=0,
        by=coordinator,
    )
    open_survey(
        project=project,
        engagement=engagement,
        slug="park",
        title=both("Park"),
        closes_at=begin + timedelta(hours=2),
        by=coordinator,
    )
    link, marks = b"/bryn/tell-us/park/", []
    for hours, shown in ((1, True), (1.5, True), (2, False), (3, False)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: begin + timedelta(hours=hours))
        page = client.get("/bryn/")
        assert (link in page.content) is shown, hours
        marks.append(page["ETag"])
    assert [marks[0] == marks[1], marks[1] == marks[2], marks[2] == marks[3]] == [True, False, True]
