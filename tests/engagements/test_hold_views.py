"""The desk of answers on hold, and what a flood does: nothing public moves, nothing is lost."""

from collections import Counter
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coproduction.languages.models import Translated
from engagements.models import Comment, Hold, HoldDecision, HoldRules, Submission, Survey
from engagements.services.hold import Origin
from engagements.services.hold_decision import HoldsShown, decide_holds
from engagements.services.hold_rules import change_hold_rules
from engagements.services.survey import answer_survey, open_survey
from tests.forms import drawn, forms_on

pytestmark = pytest.mark.django_db
URL = "/bryn/tell-us/have-your-say/"
DESK = "/bryn/engagements/on-hold/"
PUBLIC = ("/bryn/", "/bryn/what-we-heard/", "/bryn/what-we-heard/engagements/")


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say", "cy": "Dweud eich dweud"},
        by=coordinator,
    )


@pytest.fixture
def carys(client_of, coordinator) -> Client:
    """Carys, signed in."""
    return client_of(coordinator)


def hold(survey: Survey, number: int = 1, place: str = "here") -> list[Hold]:
    """Answer a survey from a crowded place so often; return the holds."""
    before = Hold.objects.count()
    return [
        answer_survey(
            survey=survey,
            answers={"need": f"Bus {before + each}"},
            language="en",
            origin=Origin(place, is_crowded=True),
        ).hold
        for each in range(number)
    ]


def press(client: Client, page, outcome: str, group: UUID | None = None):
    """Press a button of a page about a group, or else about all, and follow."""
    wanted = reverse("engagements:hold_decide", kwargs={"project": "bryn"})
    every = [
        {each.get("name"): each.get("value") for each in form.iter("input")}
        for form in forms_on(page)
        if form.get("action") == wanted
    ]
    named = {sent.get("group"): sent for sent in every}
    # Where there is one answer only, the button about it is the one about all.
    sent = named[str(group)] if group else named.get(None, every[0])
    return client.post(wanted, {**sent, "outcome": outcome}, follow=True)


def addresses(many: int) -> list[str]:
    """Return so many addresses of one IPv6 network, and so many of many."""
    one = [f"2001:db8:1:1::{number:x}" for number in range(1, many + 1)]
    return one + [f"2001:db8:2:{number:x}::1" for number in range(1, many + 1)]


def test_a_flood_is_kept_and_nothing_public_moves(survey, client, capsys) -> None:
    # 200 answers of one network, then 200 of 200 networks.
    said = {"asset": "The park."}
    statuses, public = Counter(), {}
    for number, address in enumerate(addresses(200)):
        if number == 60:
            public = {url: client.get(url).content for url in PUBLIC}
        if number == 200:
            assert {url: client.get(url).content for url in PUBLIC} == public
        answer = client.post(URL, {**said, "need": f"Bus {number}"}, REMOTE_ADDR=address)
        statuses[answer.status_code] += 1
    reasons = Counter(Hold.objects.values_list("reason", flat=True))
    counted = Submission.objects.filter(survey=survey, on_hold=False).count()
    with capsys.disabled():
        print(f"\n{sum(statuses.values())} answers: {counted} count, on hold {dict(reasons)}")
    assert statuses == {302: 400}
    assert Submission.objects.filter(survey=survey).count() == 400
    # Sixty of one network; then of the others until the survey has taken 300.
    assert counted == 260
    assert reasons == {"network": 140}
    assert Comment.objects.visible().filter(submission__survey=survey).count() == 2 * counted


def test_a_flood_from_everywhere_stops_counting_at_the_surveys_limit(
    survey, client, project, coordinator, capsys
) -> None:
    change_hold_rules(
        project=project, most_of_network=60, most_of_survey=50, words="", by=coordinator
    )
    for number, address in enumerate(addresses(100)[100:]):
        client.post(URL, {"need": f"Bus {number}"}, REMOTE_ADDR=address)
        if number == 49:
            public = {url: client.get(url).content for url in PUBLIC}
    assert {url: client.get(url).content for url in PUBLIC} == public
    reasons = Counter(Hold.objects.values_list("reason", flat=True))
    with capsys.disabled():
        print(f"\n100 answers of 100 networks: 50 count, on hold {dict(reasons)}")
    assert reasons == {"survey": 50}


def test_who_answers_on_hold_gets_the_same_thanks_and_her_page_says_so(
    survey, client, project, carys
) -> None:
    [first] = hold(survey)
    receipt = first.submission.receipt
    assert client.get(f"{URL}thanks/{receipt}/").status_code == 200
    page = client.get(f"/bryn/follow/{receipt}/").text
    assert "A person on the team will look at it first." in page
    assert "Bus 0" not in page
    press(carys, carys.get(DESK), "set_aside")
    page = client.get(f"/bryn/follow/{receipt}/").text
    assert "set it aside" in page
    assert "Bus 0" not in page
    press(carys, carys.get(f"{DESK}?show=aside"), "let_in")
    assert "Bus 0" in client.get(f"/bryn/follow/{receipt}/").text


def test_the_desk_shows_groups_newest_first_and_why(survey, carys) -> None:
    hold(survey, 3, "here")
    hold(survey, 2, "there")
    page = carys.get(DESK)
    assert [group.number for group in page.context["page"].object_list] == [2, 3]
    assert "Many answers came from one network" in page.text
    assert "Bus 4" in page.text
    assert "Bus 0" not in page.text
    first = page.context["page"].object_list[1]
    each = carys.get(f"{DESK}groups/{first.key}/").text
    assert all(f"Bus {number}" in each for number in range(3))


def test_an_empty_desk_says_so(carys, project) -> None:
    assert "Nothing is on hold" in carys.get(DESK).text
    assert "Nothing is set aside" in carys.get(f"{DESK}?show=aside").text


def test_all_a_group_and_those_ticked_are_decided_about_and_undone(survey, carys) -> None:
    here, there = hold(survey, 3, "here"), hold(survey, 2, "there")
    each = carys.get(f"{DESK}groups/{here[0].group}/")
    sent = drawn(each) | {"holds": [str(here[1].uuid)], "outcome": ["set_aside"]}
    done = carys.post(f"{DESK}decide/", sent, follow=True)
    assert "1 answer is set aside" in done.text
    done = press(carys, carys.get(DESK), "let_in", group=there[0].group)
    assert "2 answers are let in" in done.text
    assert Submission.objects.filter(survey=survey, on_hold=False).count() == 2
    assert all(not hold.submission.on_hold for hold in Hold.objects.filter(group=there[0].group))
    done = press(carys, carys.get(DESK), "set_aside")
    assert Hold.objects.set_aside().count() == 3
    for decision in HoldDecision.objects.all():
        done = carys.post(f"{DESK}decisions/{decision.uuid}/undo/", follow=True)
        assert "wait" in done.text
    assert Hold.objects.waiting().count() == 5
    again = carys.post(f"{DESK}decisions/{decision.uuid}/undo/", follow=True)
    assert "undone already" in again.text


def test_one_lets_in_what_the_other_sets_aside_and_is_told(
    survey, carys, project, other_coordinator
) -> None:
    rows = hold(survey, 3)
    page = carys.get(DESK)
    shown = HoldsShown(1, rows[-1].pk, 0, ticked=[rows[0].uuid])
    decide_holds(project=project, shown=shown, outcome="set_aside", by=other_coordinator)
    done = press(carys, page, "let_in")
    assert "2 answers are let in" in done.text
    assert f"Meanwhile {other_coordinator.display_name} decided about 1" in done.text
    assert Hold.objects.set_aside().get() == rows[0]
    late = press(carys, page, "set_aside")
    assert "Somebody else has decided about these answers" in late.text
    assert HoldDecision.objects.count() == 2


def test_what_comes_meanwhile_is_not_decided_unseen(survey, carys) -> None:
    hold(survey, 2)
    page = carys.get(DESK)
    [later] = hold(survey)
    press(carys, page, "set_aside")
    later.refresh_from_db()
    assert later.decision is None


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"outcome": "deleted"},
        {"outcome": "let_in", "number": "x", "last_hold": "1", "last_decision": "0"},
        {"outcome": "let_in", "number": "1", "last_hold": "9" * 30, "last_decision": "0"},
        {"outcome": "let_in", "number": "1", "last_hold": "1", "last_decision": "0", "group": "x"},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(survey, carys, wrong) -> None:
    hold(survey, 2)
    assert "Nothing was done" in carys.post(f"{DESK}decide/", wrong, follow=True).text
    assert not HoldDecision.objects.exists()


def test_nothing_ticked_asks_for_ticks(survey, carys) -> None:
    [first] = hold(survey)
    page = carys.get(f"{DESK}groups/{first.group}/")
    done = carys.post(f"{DESK}decide/", drawn(page) | {"outcome": ["let_in"]}, follow=True)
    assert "Tick the answers that you mean first." in done.text
    assert done.redirect_chain[0][0] == f"{DESK}groups/{first.group}/"
    sent = drawn(page) | {"holds": ["nonsense"], "outcome": ["let_in"]}
    assert "Nothing was done" in carys.post(f"{DESK}decide/", sent, follow=True).text
    assert not HoldDecision.objects.exists()


def test_a_group_that_is_done_leads_back_to_the_desk(survey, carys) -> None:
    [first] = hold(survey)
    press(carys, carys.get(DESK), "let_in")
    page = carys.get(f"{DESK}groups/{first.group}/", follow=True)
    assert "Nothing of that group is left" in page.text


def test_the_words_of_what_is_on_hold_are_for_co_ordinators(
    survey, client_of, analyst, carys
) -> None:
    [first] = hold(survey)
    comment = first.submission.comments.get()
    page = f"/bryn/engagements/comments/{first.submission.uuid}/{comment.position}/"
    assert client_of(analyst).get(page).status_code == 404
    assert client_of(analyst).get(DESK).status_code == 403
    assert "This comment is on hold" in carys.get(page).text
    listed = carys.get("/bryn/engagements/comments/", {"withheld": "on_hold"}).text
    assert "Bus 0" in listed
    assert "Bus 0" not in carys.get("/bryn/engagements/comments/", {"q": "bus"}).text


def test_the_team_page_tells_co_ordinators_how_many_wait(survey, client_of, analyst, carys) -> None:
    team = "/bryn/team/"
    assert "on hold" not in carys.get(team).text
    hold(survey, 2)
    assert "2 answers to surveys are on hold" in carys.get(team).text
    assert "on hold" not in client_of(analyst).get(team).text


def test_the_rules_are_changed_and_hold_from_then_on(survey, carys, client, project) -> None:
    rules = f"{DESK}rules/"
    sent = drawn(carys.get(rules), most_of_network="2", words="Skunks\n\nskunks \nSkunks")
    assert carys.post(rules, sent).status_code == 302
    saved = HoldRules.objects.get()
    assert (saved.most_of_network, saved.most_of_survey) == (2, 300)
    assert saved.words == "Skunks\nskunks"
    for words in ("One", "Two skunks", "Three", "Four"):
        client.post(URL, {"need": words})
    assert Counter(Hold.objects.values_list("reason", flat=True)) == {"word": 1, "network": 2}
    refused = carys.post(rules, drawn(carys.get(rules), most_of_survey="0"))
    assert "whole number from 1" in refused.text


def test_two_people_change_the_rules(carys, client_of, coordinator, project) -> None:
    rules = f"{DESK}rules/"
    mine, theirs = carys.get(rules), client_of(coordinator).get(rules)
    carys.post(rules, drawn(theirs, words="skunks"))
    assert carys.post(rules, drawn(mine, most_of_survey="9")).status_code == 302
    saved = HoldRules.objects.get()
    assert (saved.words, saved.most_of_survey) == ("skunks", 9)
    assert carys.post(rules, drawn(mine, words="badgers")).status_code == 409


def test_a_network_is_looked_out_for_and_no_longer(survey, carys, client) -> None:
    client.post(URL, {"need": "First"}, REMOTE_ADDR="2001:db8::1")
    HoldRules.objects.create(project=survey.project, most_of_network=1)
    client.post(URL, {"need": "Second"}, REMOTE_ADDR="2001:db8::2")
    held = Hold.objects.get()
    page = carys.post(f"{DESK}answers/{held.uuid}/watch/", follow=True)
    assert "A network of" in page.text
    HoldRules.objects.update(most_of_network=60)
    client.post(URL, {"need": "Third"}, REMOTE_ADDR="2001:db8::3")
    assert Hold.objects.latest("pk").reason == "chosen"
    watched = page.context["watched"][0]
    page = carys.post(f"{DESK}networks/{watched.uuid}/end/", follow=True)
    assert "None is chosen" in page.text
    Hold.objects.update(network="")
    page = carys.post(f"{DESK}answers/{held.uuid}/watch/", follow=True)
    assert "no longer known" in page.text


def test_the_desk_asks_as_much_of_the_database_for_many(
    survey, carys, project, coordinator, assert_same_queries
) -> None:
    def more(number: int) -> None:
        rows = hold(survey, 3, f"place {number}")
        shown = HoldsShown(1, rows[-1].pk, 10**6, ticked=[rows[0].uuid])
        decide_holds(project=project, shown=shown, outcome="set_aside", by=coordinator)

    assert_same_queries(carys, DESK, more)


def test_a_group_asks_as_much_of_the_database_for_many(survey, carys, assert_same_queries) -> None:
    [first] = hold(survey)
    assert_same_queries(carys, f"{DESK}groups/{first.group}/", lambda _number: hold(survey))


def test_the_rules_page_speaks_welsh(carys, project) -> None:
    project.languages, project.name = ["en", "cy"], Translated.of("en", en="Bryn", cy="Bryn")
    project.save()
    assert "Beth sy&#x27;n cael ei ddal yn ôl" in carys.get(f"/cy{DESK}rules/").text


def test_the_history_says_what_was_decided_and_leads_to_the_desk(survey, carys) -> None:
    [first, _second] = hold(survey, 2)
    press(carys, carys.get(DESK), "set_aside")
    carys.post(f"{DESK}decisions/{HoldDecision.objects.get().uuid}/undo/")
    carys.post(f"{DESK}answers/{first.uuid}/watch/")
    rules = f"{DESK}rules/"
    carys.post(rules, drawn(carys.get(rules), words="skunks"))
    page = carys.get("/bryn/settings/audit/").text
    for said in ("Answers set aside", "Hold decision undone", "Network watched", rules, DESK):
        assert said in page
    assert "skunks" not in page
    welsh = carys.get("/cy/bryn/settings/audit/").text
    assert "Atebion a ddaliwyd yn ôl" in welsh
