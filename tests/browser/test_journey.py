"""One journey through everything: from real comments in a CSV to a published plan and its PDF."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.architecture.sources import ROOT
from tests.browser.looking import PHONE
from tests.browser.story import told
from tests.browser.story.deciding import Chair, Member
from tests.browser.story.designing import Facilitator
from tests.browser.story.listening import Coordinator, Resident
from tests.browser.story.person import SLUG, email_of
from tests.browser.story.publishing import Editor, pdf_text, plan_file
from tests.browser.story.theming import Analyst
from tests.browser.story.worker import worker_of

REAL = ROOT.parent / "shared/data/bowling-green/comments.csv"
TEXT = "comment-body"


@dataclass
class Cast:
    """Everybody in the story, each at a browser of their own."""

    coordinator: Coordinator
    analyst: Analyst
    facilitator: Facilitator
    chair: Chair
    members: dict[str, Member]
    editor: Editor
    resident: Resident


ROLES = {
    "Anwen": "Analyst",
    "Ffion": "Facilitator",
    "Cai": "Chair of the steering group",
    "Mair": "Steering group member",
    "Dai": "Steering group member",
    "Elin": "Plan editor",
}


@pytest.fixture
def cast(new_person: Callable[..., Page]) -> Cast:
    """Sit everybody down: members at phones, the resident at a phone without JavaScript."""
    return Cast(
        coordinator=Coordinator("Carys", new_person()),
        analyst=Analyst("Anwen", new_person()),
        facilitator=Facilitator("Ffion", new_person()),
        chair=Chair("Cai", new_person()),
        members={name: Member(name, new_person(viewport=PHONE)) for name in ("Mair", "Dai")},
        editor=Editor("Elin", new_person()),
        resident=Resident(
            "Nia", new_person(viewport=PHONE, java_script_enabled=False), beside=new_person()
        ),
    )


@pytest.fixture
def comments_file(tmp_path: Path) -> Path:
    """Return the real comments where they are there, else a few of the test's own."""
    if REAL.exists():
        return REAL
    own = tmp_path / "comments.csv"
    said = [
        "The road into town is too narrow.",
        "Doctors should listen more.",
        "More rooms to meet.",
    ]
    said += ["A skating rink.", "Something to do after school.", "Homes people can afford."]
    own.write_text("\n".join([f"comment-id,{TEXT}", *(f'{n},"{s}"' for n, s in enumerate(said))]))
    return own


@pytest.fixture
def worker(live_server: LiveServer) -> Iterator[None]:
    """Have a real worker do what pages ask for, and letters lead to this site."""
    with override_settings(SITE_URL=live_server.url), worker_of(live_server.url):
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("worker")
def test_real_comments_become_a_published_plan(
    cast: Cast, sign_in: Callable[[Page, str], None], comments_file: Path, tmp_path: Path
) -> None:
    call_command("create_project", SLUG, place="Cwm Teg", owner=email_of("Carys"))
    with comments_file.open(newline="", encoding="utf-8-sig") as file:
        comments = [row[TEXT] for row in csv.DictReader(file)]
    sign_in(cast.coordinator.page, cast.coordinator.email)
    begin(cast, sign_in)
    listen(cast, comments_file, comments)
    cast.resident.answer_survey()
    make_themes(cast, comments)
    design_actions(cast, comments)
    put_to_the_group(cast)
    decide(cast)
    propose_a_change(cast)
    publish(cast)
    read_the_plan(cast, tmp_path)
    withdraw(cast, tmp_path)
    call_command("verify_audit", SLUG)


def begin(cast: Cast, sign_in: Callable[[Page, str], None]) -> None:
    """The co-ordinator sets the project up and invites people, who sign in by e-mailed code."""
    coordinator = cast.coordinator
    coordinator.write_settings(told.SCOPE)
    coordinator.write_questions(told.QUESTIONS)
    for name, role in ROLES.items():
        coordinator.invite(name, role)
    for person in (cast.analyst, cast.facilitator, cast.chair, *cast.members.values(), cast.editor):
        sign_in(person.page, person.email)
        person.look()
        person.leave_second_step_for_later()
    cast.facilitator.add_organisation(told.COUNCIL, "Council")
    cast.facilitator.add_organisation(told.YOUTH, "Youth service")


def listen(cast: Cast, file: Path, comments: list[str]) -> None:
    """The co-ordinator logs an occasion, brings its comments in, and opens a survey."""
    coordinator = cast.coordinator
    coordinator.hear("An evening at the library", people=len(comments))
    coordinator.import_comments(file, imported=len(comments), skipped=0)
    coordinator.import_comments(file, imported=0, skipped=len(comments))
    coordinator.open_survey(("Tell us", "Dywedwch wrthon ni"))


def make_themes(cast: Cast, comments: list[str]) -> None:
    """The analyst draws up themes, codes by keyboard, chooses a quote and writes what was heard."""
    analyst = cast.analyst
    analyst.add_theme(told.THINGS_TO_DO, ("Evenings and weekends", "Nosweithiau"), "Plum circle")
    analyst.add_theme(told.GETTING_ABOUT, ("Roads and buses", "Ffyrdd a bysiau"), "Sky triangle")
    analyst.add_code(told.ROADS, "Getting about")
    for code in (told.PLACES, told.YOUNG, told.AFTER_SCHOOL):
        analyst.add_code(code, "Things to do")
    analyst.begin_coding()
    assert analyst.words == comments[0].strip()
    analyst.code_by_keys("Roads")
    analyst.skip_by_key()
    analyst.code_by_keys("Places to meet")
    analyst.code_by_keys("Young people")
    coded = analyst.code_by_keys("Roads")
    analyst.undo_by_key(coded, "Roads")
    analyst.untick_by_key("Roads")
    analyst.code_by_keys("Young people", "After school")
    analyst.begin_coding("What should change here?")
    assert analyst.words == told.CHANGE
    analyst.code_last_by_keys("Young people")
    analyst.counts("Young people", 3)
    analyst.merge("After school", "Young people")
    analyst.counts("Young people", 3)
    analyst.counts("Things to do", 4)
    analyst.counts("Getting about", 1)
    analyst.open_theme("Things to do")
    analyst.cannot_quote(coded)
    analyst.quote(told.CHANGE, told.RESIDENT, told.CHANGE_IN_ENGLISH)
    for theme, heard in told.HEARD.items():
        analyst.write_finding(theme, heard)


def design_actions(cast: Cast, comments: list[str]) -> None:
    """The facilitator holds a workshop on a theme and writes two actions, with their evidence."""
    facilitator, title = cast.facilitator, told.WORKSHOP[0]
    facilitator.hold_workshop(told.WORKSHOP, "Things to do", on=timezone.localdate())
    facilitator.say_who_came(residents=6, partners=3, sent_by=told.YOUTH[0])
    facilitator.back_to_workshop(title)
    facilitator.counts("Residents", 6)
    facilitator.counts("Partners", 3)
    facilitator.type_note(1, "Something we have", told.NOTE)
    facilitator.type_note(2, "Idea", "Clwb bedair noson yr wythnos.", language="Welsh")
    facilitator.back_to_workshop(title)
    facilitator.propose(told.CLUB)
    facilitator.cite_comments(told.CHANGE, comments[4].strip())
    facilitator.cite_note(told.NOTE)
    facilitator.back_to_workshop(title)
    facilitator.propose(told.RINK)
    facilitator.cite_comments(comments[3].strip())
    facilitator.back_to_workshop(title)
    facilitator.reads(told.CLUB.title[0])
    facilitator.reads(told.RINK.title[0])


def put_to_the_group(cast: Cast) -> None:
    """The group is seated; the chair sets a meeting and puts both wordings; members answer."""
    coordinator, chair = cast.coordinator, cast.chair
    club, rink = told.CLUB.title[0], told.RINK.title[0]
    coordinator.seat("Cai", "Council", email_of("Cai"))
    for name, sector in {"Mair": "Resident", "Dai": "Charity"}.items():
        coordinator.seat(name, sector, email_of(name))
    coordinator.seat("Iolo", "Faith")
    coordinator.set_terms(3, "Consent: nobody objects, and more agree than say not yet")
    today = timezone.localdate()
    chair.call_meeting(today, "The youth club\nThe skating rink")
    meeting = f"{date_format(today, 'j F Y')}, Cwm Teg library"
    chair.put_to_the_group(club, rink, meeting=meeting)
    for member in cast.members.values():
        member.is_asked_by_letter(club, rink)
    mair, dai = cast.members["Mair"], cast.members["Dai"]
    mair.open_waiting(club)
    mair.answer("Not yet", "Who pays for the youth workers?")
    mair.goes_on_to(rink)
    mair.answer("Stand aside: I have an interest")
    mair.sees_nothing_waiting()
    dai.open_waiting(club)
    dai.answer("Agree, with a reservation")
    dai.goes_on_to(rink)
    dai.answer("Object")
    dai.cannot_see_answers()
    mair.open_waiting(club)
    mair.reads("You said: Not yet.")
    mair.answer("Agree", "Thank you for telling me.")


def decide(cast: Cast) -> None:
    """The chair records one agreed and one not taken forward, and the lead partner's word."""
    chair, club, rink = cast.chair, told.CLUB.title[0], told.RINK.title[0]
    chair.open_round(club)
    chair.reads("2 of 4 have answered, 2 agree. 3 must answer.")
    chair.reads("You can record the decision when everyone has answered")
    chair.write_down("Iolo (Faith)", "Agree")
    chair.reads("These answers support agreeing it.")
    chair.answer("Agree")
    chair.open_round(club)
    chair.decide("Agreed", told.AGREED)
    chair.open_round(rink)
    chair.write_down("Iolo (Faith)", "Object")
    chair.answer("Not yet")
    chair.open_round(rink)
    chair.reads("You can send it back, or not take it forward.")
    chair.cannot_decide("Agreed")
    chair.decide("Not taken forward", told.TURNED_DOWN)
    chair.record_commitment(club, told.COMMITMENT)
    day = date_format(timezone.localdate(), "j F Y")
    chair.write_minutes(day, "The club is agreed. The rink is not.", "Cai", "Mair", "Dai")


def propose_a_change(cast: Cast) -> None:
    """Editing the agreed action shows a change proposed and not agreed."""
    cast.facilitator.reword(told.CLUB.title[0], told.NEWER_TITLE)
    cast.facilitator.reads("A change is proposed")
    cast.chair.open("steering/decisions/")
    cast.chair.follow(told.CLUB.title[0])
    cast.chair.heading(told.CLUB.title[0])
    cast.chair.reads("A change is proposed. It is not agreed.")


def publish(cast: Cast) -> None:
    """The editor writes the texts, mends what stands in the way, and publishes."""
    editor = cast.editor
    for name, (english, welsh) in told.SECTIONS.items():
        editor.write_section(name, english, "" if name == "Thank you" else welsh)
    editor.open_gate()
    editor.reads("1 thing stands in the way")
    editor.reads("A change to action 1 is proposed.")
    editor.mend("Thank you: no Welsh for the text.")
    editor.write_both("Text", *told.SECTIONS["Thank you"])
    editor.press("Save the text")
    editor.open("plan/edit/preview/")
    editor.reads("Draft, not agreed")
    editor.publish(told.PLAN)
    editor.wait_for_files()


def read_the_plan(cast: Cast, folder: Path) -> None:
    """The plan keeps the agreed wording; the resident's thread runs both ways."""
    resident, club = cast.resident, told.CLUB.title
    for language, number in (("en", 0), ("cy", 1)):
        words = pdf_text(plan_file(resident.page, f"plan.pdf?language={language}"), folder)
        if words:
            for said in (club[number], told.CHANGE, told.TURNED_DOWN[number]):
                assert said in words
            assert told.NEWER_TITLE[number] not in words
    plan = json.loads(plan_file(resident.page, "plan.json"))
    assert told.CHANGE in json.dumps(plan, ensure_ascii=False)
    sheet = list(
        csv.DictReader(StringIO(plan_file(resident.page, "actions.csv").decode("utf-8-sig")))
    )
    assert len(sheet) == 1
    assert club[0] in sheet[0].values()
    resident.follow_receipt()
    resident.reads(told.CHANGE)
    resident.reads("Your words are quoted in the plan.")
    resident.reads("Things to do")
    resident.follow(club[0])
    resident.heading(club[0])
    resident.reads(told.AGREED[0])
    resident.reads(told.COMMITMENT[0])
    resident.reads("A change is proposed. The group has not agreed it.")
    resident.reads(told.CHANGE)
    resident.open("plan/")
    resident.reads(told.CHANGE)


def withdraw(cast: Cast, folder: Path) -> None:
    """The resident asks for their words back: they are masked at once everywhere, and dated."""
    cast.coordinator.withdraw_comment(told.CHANGE)
    resident = cast.resident
    day = date_format(timezone.localdate(), "j F Y")
    resident.open("plan/")
    resident.does_not_read(told.CHANGE)
    assert told.CHANGE not in plan_file(resident.page, "plan.json").decode()
    # The worker puts it on record and makes the files anew: no page that is read does.
    resident.reloads_until(f"Corrected on {day}")
    resident.reads("We have taken out a quote.")
    cast.editor.open("plan/edit/")
    cast.editor.wait_for_files()
    for language in ("en", "cy"):
        words = pdf_text(plan_file(resident.page, f"plan.pdf?language={language}"), folder)
        assert told.CHANGE not in words
    resident.follow_receipt()
    resident.reads("Taken back")
    resident.does_not_read(told.CHANGE)
