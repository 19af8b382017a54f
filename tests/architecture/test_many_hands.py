"""Every form of the team in two windows: nothing is lost to another person, or to Back."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from lxml.html import FormElement

from coproduction.languages.models import Translated
from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import AuditEntry, Project, Session
from steering.models import Meeting
from tests.architecture.walk import ADDRESSES, Address
from tests.caches import clear_caches
from tests.forms import Sent, drawn, forms_on

# It walks the house's pages: no database makes another of them.
pytestmark = pytest.mark.once

# What an address asks for besides, to draw its form.
QUERIES = {"plan:section_edit": "?kind=foreword"}
# Forms that keep what is sent in their own way, which has tests of its own.
OTHERWISE = {
    "engagements:import_layout": "the last way of reading is kept; nothing is brought in by it",
    "engagements:engagement_call_off": "it is called off once; a second time is refused",
    "engagements:import_mend": "a row comes in once; whoever sends it second is told",
    "engagements:import_figures": "what changes is shown first; filled in twice, nothing changes",
    "engagements:import_map": "one naming of columns is taken; a second is refused",
    "engagements:sitting_type": "a sheet has a name made of its page and its words",
    "engagements:submission_paste": "each line has a name made of its page and its words",
    "engagements:submission_type": "an entry has a name made of its page and its words",
    "overview:retention_put_off": "it is put off once; a second time is refused",
    "steering:action_withdraw": "an action is withdrawn once; a second time is refused",
    "steering:meeting_call_off": "a meeting is called off once; a second time is refused",
    "steering:minutes_correct": "the same correction is kept once; another stands beside it",
    "themes:comments_take_out": "it changes nothing: each sending is a file, and its own entry",
    "themes:coding": "only the codes that were ticked or unticked are sent on",
    "workshops:table": "a note has a name made of its page and its words",
    "workshops:workshop_call_off": "a workshop is called off once; a second time is refused",
}
# What a form needs filled, where what the matrix would type can't be right.
FILLED: dict[str, Sent] = {
    "engagements:engagement_plan": {"status": ["planned"]},
    "engagements:survey_new": {"slug": ["one-more"]},
    "steering:meeting_new": {"ends": ["19:00"]},
    "workshops:action_propose": {"supporting": []},
}
# Boxes that mean something only together, so that two people's are shown side by side.
TOGETHER: dict[str, set[str]] = {
    "engagements:concern_resolve": {"decision", "decided_by", "decided_at", "outcome"},
    "engagements:survey_change": {"opens_at", "closes_at"},
    "steering:meeting_change": {"date", "starts", "ends", "place"},
    "steering:terms": {"quorum", "decision_method"},
    "steering:seat_change": {"user", "name"},
    "themes:quote_change": {"extract", "descriptor"},
    # That everyone may read a note is said of the words that were read.
    "workshops:note_change": {"text", "kind", "language", "may_be_read_by_all"},
    "workshops:action_reword": {
        *("title_en", "title_cy", "text_en", "text_cy", "lead", "supporting"),
        *("timescale", "timescale_note_en", "timescale_note_cy"),
    },
}
# Boxes that ask for something once, and so are drawn empty the next time.
# Forms that do not show what was decided with them before.
BEGUN_ANEW = {"engagements:concern_resolve"}
# What is sent off with the first save: the second sees what went, and their own words beside it.
SENT_OFF = {"projects:complaint_answer": "reply"}
# A box that decides which others there are.
DECIDES = ("projects:settings_page", "languages")
# Where both change the words, the box holds them with what either took out.
JOINED = {("engagements:comment_redact", "text"), ("engagements:comment_typo", "text")}
ASKED_ONCE = {("engagements:comment_correct", "consent_of_all")}

# What is filled in whatever else is: without it nothing can be saved.
ALWAYS: dict[str, Sent] = {
    "engagements:concern_resolve": {
        "decision": ["no_risk"],
        "decided_by": ["The lead"],
        "outcome": ["kept_hidden"],
    },
}

UNTYPED = {"hidden", "submit", "button", "file", "image", "reset"}
OF_THE_FORM = {"csrfmiddlewaretoken", "writer", "seen", "sending"}


@dataclass(frozen=True)
class Drawn:
    """A form, as the page at an address drew it."""

    address: Address
    url: str
    role: str
    boxes: tuple[str, ...]
    kind: str


def boxes_of(form: FormElement) -> list[str]:
    """Name what a person can fill in or choose, in the form's order."""
    found: list[str] = []
    for each in form.iter("input", "textarea", "select"):
        name = each.get("name")
        if name and name not in found and (each.get("type") or "") not in UNTYPED:
            found.append(name)
    return found


def kind_of(form: FormElement) -> str:
    """Say how a form keeps two people's work apart."""
    for kind in ("seen", "sending"):
        if form.xpath(f".//input[@name='{kind}']"):
            return kind
    return "neither"


def another(form: FormElement, name: str, mark: str) -> list[str]:
    """Return another value for a box than the one it was drawn with."""
    boxes = [box for box in form.iter("input", "textarea", "select") if box.get("name") == name]
    first = boxes[0]
    kind = (first.get("type") or first.tag).lower()
    if kind == "select":
        now = first.value
        others = [value for value in first.value_options if value not in {now, ""}]
        return pick(others, mark) or ([now] if now else [])
    if kind == "radio":
        return pick([box.get("value") for box in boxes if box.get("checked") is None], mark)
    if kind == "checkbox":
        ticked = [box.get("value", "on") for box in boxes if box.get("checked") is not None]
        free = [box.get("value", "on") for box in boxes if box.get("checked") is None]
        return ticked + pick(free, mark) if free else ticked[:-1]
    value = first.value if first.tag == "textarea" else first.get("value") or ""
    return [typed(kind, (value or "").removeprefix("\n"), mark)]


def pick(others: list[str], mark: str) -> list[str]:
    """Choose one of some, another for another person where there are enough."""
    return [others[-1 if mark.startswith("Y") else 0]] if others else []


def typed(kind: str, value: str, mark: str) -> str:
    """Return what somebody types over a value."""
    step = timedelta(days=1 + len(mark) % 3)
    if kind == "email":
        return f"{mark.lower()}@bryn.example"
    if kind == "number":
        return str(int(value or 0) + len(mark) % 3 + 1)
    if kind == "date":
        return (date.fromisoformat(value) + step if value else date(2027, 1, 5)).isoformat()
    if kind == "datetime-local":
        start = datetime.fromisoformat(value) if value else datetime(2027, 1, 5, 12)
        return (start + step).strftime("%Y-%m-%dT%H:%M")
    if kind == "time":
        return "17:15" if len(mark) % 2 else "17:45"
    return f"{value} {mark}".strip()


@pytest.fixture(scope="module")
def clients(worlds) -> dict[str, Client]:
    """A signed-in client for each role."""
    made = {}
    for role, user in worlds.ours.by_role.items():
        made[role] = Client()
        made[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that the block changed."""
    clear_caches()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def found(worlds, clients) -> list[Drawn]:
    """Every form of a page of the team that is sent back to that page."""
    forms = []
    # A project and a meeting that lack nothing, so that their forms can be saved.
    Meeting.objects.update(starts=time(18), ends=time(20))
    Project.objects.update(scope=Translated.of("en", en="Parks", cy="Parciau"))
    for address in ADDRESSES:
        if not address.is_team:
            continue
        url = address.url(worlds.ours.kwargs(address.name)) + QUERIES.get(address.name, "")
        role = sorted(CAPABILITIES[address.access])[0]
        with undone():
            page = clients[role].get(url)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        for form in forms_on(page):
            to_itself = (form.get("action") or "").split("?")[0] in {"", url.split("?")[0]}
            if to_itself and boxes_of(form):
                boxes = tuple(boxes_of(form))
                forms.append(Drawn(address, url, role, boxes, kind_of(form)))
                break
    return forms


def fill(form: Drawn, page: HttpResponse, *names: str, mark: str) -> Sent:
    """Return what the form sends when somebody fills in these boxes with something else."""
    element = next(each for each in forms_on(page) if tuple(boxes_of(each)) == form.boxes)
    changes = {name: another(element, name, mark) for name in names}
    given = FILLED.get(form.address.name, {})
    changes |= {name: given[name] for name in given.keys() & set(names)}
    return drawn(page, **(ALWAYS.get(form.address.name, {}) | changes))


def test_every_form_of_the_team_is_in_the_matrix(found: list[Drawn], say: Callable) -> None:
    kinds = Counter(form.kind for form in found)
    left = {form.address.name for form in found if form.kind == "neither"} - OTHERWISE.keys()
    assert left == set()
    assert OTHERWISE.keys() <= {form.address.name for form in found if form.kind == "neither"}
    say(f"{len(found)} forms: {dict(kinds)}")
    assert len(found) > 30


def test_two_people_who_fill_in_other_boxes_keep_both(found, clients, say) -> None:
    cases, wrong, saved_once = Counter(), [], set()
    for form in (each for each in found if each.kind == "seen"):
        client, together = clients[form.role], TOGETHER.get(form.address.name, set())
        for mine, theirs in zip(form.boxes, (*form.boxes[1:], form.boxes[0]), strict=True):
            if mine == theirs or DECIDES in {
                (form.address.name, mine),
                (form.address.name, theirs),
            }:
                continue
            with undone():
                first, second = client.get(form.url), client.get(form.url)
                sent = fill(form, second, theirs, mark="Theirs")
                if client.post(form.url, sent).status_code != 302:
                    cases["not to be saved so"] += 1
                    continue
                saved_once.add(form.address.name)
                ours = fill(form, first, mine, mark="Yours")
                answer = client.post(form.url, ours)
                if answer.status_code == 409 and {mine, theirs} <= together:
                    cases["shown side by side"] += 1
                elif answer.status_code == 302:
                    now = drawn(client.get(form.url))
                    lost = [
                        box
                        for box, saved in ((theirs, sent), (mine, ours))
                        if (form.address.name, box) not in ASKED_ONCE
                        and now.get(box, []) != saved.get(box, [])
                    ]
                    cases["both kept"] += not lost
                    if lost:
                        wrong.append(f"{form.address.name}: {mine}, {theirs}: lost {lost}")
                else:
                    cases["asked for something else"] += 1
                    wrong.append(f"{form.address.name}: {mine}, {theirs}: {answer.status_code}")
    say(f"other boxes: {dict(cases)}")
    assert not wrong, "\n".join(wrong)
    several = {each.address.name for each in found if each.kind == "seen" and len(each.boxes) > 1}
    assert several - saved_once == set()
    assert cases["both kept"] > 30


def test_two_people_who_fill_in_one_box_see_both(found, clients, say) -> None:
    cases, wrong = Counter(), []
    for form in (each for each in found if each.kind == "seen"):
        client = clients[form.role]
        for name in form.boxes:
            with undone():
                first, second = client.get(form.url), client.get(form.url)
                theirs = fill(form, second, name, mark="Theirs")
                yours = fill(form, first, name, mark="Yours")
                if theirs.get(name) == yours.get(name):
                    cases["both chose alike"] += 1
                    continue
                if client.post(form.url, theirs).status_code != 302:
                    cases["not to be saved so"] += 1
                    continue
                answer = client.post(form.url, yours)
                if SENT_OFF.get(form.address.name) == name:
                    words = answer.content.decode()
                    if answer.status_code == 302 or not all(
                        escape(text) in words for text in (*theirs[name], *yours[name])
                    ):
                        wrong.append(f"{form.address.name}: {name}: not both shown")
                    cases["gone, both shown"] += 1
                    continue
                anew = form.address.name in BEGUN_ANEW
                kept = anew or drawn(client.get(form.url)).get(name) == theirs.get(name)
                again = drawn(answer).get(name) if answer.status_code == 409 else None
                if "&lt;span" in answer.content.decode():
                    wrong.append(f"{form.address.name}: {name}: markup to read")
                joined = (form.address.name, name) in JOINED
                if answer.status_code == 409 and kept and (joined or again == yours.get(name)):
                    cases["shown side by side"] += 1
                    saved = client.post(form.url, drawn(answer))
                    if saved.status_code != 302:
                        wrong.append(f"{form.address.name}: {name}, again: {saved.status_code}")
                else:
                    wrong.append(f"{form.address.name}: {name}: {answer.status_code}, kept {kept}")
    say(f"one box: {dict(cases)}")
    assert not wrong, "\n".join(wrong)
    assert cases["gone, both shown"] == len(SENT_OFF)
    assert cases["shown side by side"] > 30


def test_what_makes_something_makes_it_once(found, clients, say) -> None:
    cases, wrong = Counter(), []
    for form in (each for each in found if each.kind == "sending"):
        client = clients[form.role]
        with undone():
            page = client.get(form.url)
            sent = fill(form, page, *form.boxes, mark="One")
            before = AuditEntry.objects.count()
            if client.post(form.url, sent).status_code != 302:
                wrong.append(f"{form.address.name}: not made; say in FILLED what it needs")
                continue
            made = AuditEntry.objects.count()
            assert made > before, form.address.name
            again = client.post(form.url, sent)
            if again.status_code != 302 or AuditEntry.objects.count() != made:
                wrong.append(f"{form.address.name}: sent twice: {again.status_code}")
            cases["sent twice, made once"] += 1
            other = fill(form, page, *form.boxes, mark="Another")
            answer = client.post(form.url, other)
            if answer.status_code == 302 and AuditEntry.objects.count() == made:
                wrong.append(f"{form.address.name}: other words swallowed")
            cases["asked" if answer.status_code != 302 else "another made"] += 1
    say(f"making: {dict(cases)}")
    assert not wrong, "\n".join(wrong)
    assert cases["sent twice, made once"] > 5


def test_what_was_typed_comes_back_after_a_session_ended(found, worlds, clients, say) -> None:
    back, wrong = 0, []
    for form in found:
        user = worlds.ours.by_role[form.role]
        with undone():
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            sent = fill(form, client.get(form.url), *form.boxes, mark="Words")
            Session.objects.all().delete()
            client.post(form.url, sent)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            given = client.get("/accounts/unsent/")
            entries = AuditEntry.objects.count()
            filled = drawn(client.post(form.url, drawn(given), follow=True))
            assert AuditEntry.objects.count() == entries, form.address.name
            lost = [name for name in form.boxes if filled.get(name, []) != sent.get(name, [])]
            back += not lost
            if lost:
                wrong.append(f"{form.address.name}: {lost}")
    say(f"{back} forms came back as they were filled in")
    assert not wrong, "\n".join(wrong)
    assert back > 30
