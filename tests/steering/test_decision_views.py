"""Recording what the group decided, its register, and its reasons in other languages."""

import pytest

from coproduction.projects.models import Role
from coproduction.projects.services.membership import add_member
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from tests.steering.group import (
    agree,
    answer,
    in_days,
    make_wording,
)
from tests.steering.pages import text_of, url


def test_the_chair_records_a_decision_in_both_languages(closed_round, chair, client_of) -> None:
    answer(closed_round, ["agree"] * 4, chair)
    page = client_of(chair).get(url("round", uuid=closed_round.uuid))
    assert "These answers support agreeing it." in text_of(page)
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {
            "decide-outcome": "agreed",
            "decide-reason_en": "It helps.",
            "decide-reason_cy": "Mae'n helpu.",
            "decide-review_on": in_days(90).date().isoformat(),
        },
        follow=True,
    )
    assert "The decision is recorded: Agreed." in text_of(response)
    closed_round.refresh_from_db()
    assert closed_round.decision.reason.text("cy") == "Mae'n helpu."


def test_the_rule_is_read_before_answering_and_before_deciding(
    open_round, member, chair, client_of
) -> None:
    address = url("round", uuid=open_round.uuid)
    rule = "It is agreed if nobody objects, and more people agree than say not yet."
    for person in (member, chair):
        assert text_of(client_of(person).get(address)).count(rule) == 1


def test_the_rule_is_read_once_by_a_chair_who_has_an_answer_to_give(
    open_round, member, project, coordinator, client_of
) -> None:
    """Beside her answer while she can give one, and above the answers before she decides."""
    address = url("round", uuid=open_round.uuid)
    rule = "It is agreed if nobody objects, and more people agree than say not yet."
    add_member(project=project, user=member, role=Role.CHAIR, by=coordinator)
    page = text_of(client_of(member).get(address))
    assert page.count(rule) == 1
    assert page.index("Your answer") < page.index(rule) < page.index("The answers")


def test_the_chair_is_told_where_an_objection_has_no_reason(
    open_round, seats, chair, client_of
) -> None:
    address = url("round", uuid=open_round.uuid)
    words = "No reason is written down."
    give_answer(round=open_round, seat=seats[1], answer="object", by=seats[1].user)
    assert words in text_of(client_of(chair).get(address))
    give_answer(round=open_round, seat=seats[1], answer="object", reason="Dogs.", by=seats[1].user)
    assert words not in text_of(client_of(chair).get(address))


def test_agreed_is_not_offered_when_the_answers_do_not_support_it(
    closed_round, chair, client_of
) -> None:
    answer(closed_round, ["agree"] * 3, chair)
    page = text_of(client_of(chair).get(url("round", uuid=closed_round.uuid)))
    assert "Not enough people have answered: 1 more is needed." in page
    assert 'value="agreed"' not in page
    assert 'value="sent_back"' in page
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {"decide-outcome": "agreed", "decide-reason_en": "Hurry"},
    )
    assert "It leaves out what the answers rule out." in text_of(response)


def test_nothing_is_decided_on_answers_that_have_changed_since(
    closed_round, chair, client_of
) -> None:
    answer(closed_round, ["agree"] * 4, chair)
    client = client_of(chair)
    sent = {"decide-outcome": "agreed", "decide-reason_en": "All agree.", "decide-answers": "older"}
    asked = client.post(url("round_decide", uuid=closed_round.uuid), sent)
    assert asked.status_code == 409
    assert "An answer has changed since you opened this page." in text_of(asked)
    sent["decide-answers"] = asked.context["deciding"]["answers"].value()
    client.post(url("round_decide", uuid=closed_round.uuid), sent)
    closed_round.refresh_from_db()
    assert closed_round.decision.outcome == "agreed"


@pytest.mark.parametrize("outcome", ["sent_back", "not_taken_forward"])
def test_an_outcome_against_the_answers_is_asked_about_once(
    closed_round, chair, client_of, outcome
) -> None:
    answer(closed_round, ["agree"] * 5, chair)
    sent = {"decide-outcome": outcome, "decide-reason_en": "Too dear.", "decide-reason_cy": ""}
    client = client_of(chair)
    response = client.post(url("round_decide", uuid=closed_round.uuid), sent)
    assert response.status_code == 409
    assert "5 of 5 agree, and you chose:" in text_of(response)
    sent["decide-meant"] = response.context["deciding"]["meant"].value()
    client.post(url("round_decide", uuid=closed_round.uuid), sent)
    closed_round.refresh_from_db()
    assert closed_round.decision.outcome == outcome


def test_a_decided_round_wears_its_decision_and_is_no_draft(
    closed_round, chair, member, client_of
) -> None:
    answer(closed_round, ["not_yet"] * 5, chair)
    record_decision(round=closed_round, outcome="not_taken_forward", reason={"en": "No."}, by=chair)
    page = text_of(client_of(member).get(url("round", uuid=closed_round.uuid)))
    assert page.count("Not taken forward") >= 2
    assert "Draft, not agreed" not in page


def test_the_second_chair_gets_a_plain_sentence(closed_round, chair, client_of) -> None:
    answer(closed_round, ["not_yet"] * 4, chair)
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Too vague."}, by=chair)
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {"decide-outcome": "not_taken_forward", "decide-reason_en": "No money."},
    )
    assert response.status_code == 409
    assert "A decision on this has been recorded already." in text_of(response)
    assert "Too vague." in text_of(response)


def test_a_coordinator_records_answers_but_does_not_decide(
    open_round, coordinator, client_of
) -> None:
    client = client_of(coordinator)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "Write down an answer given by phone" in page
    assert "Record the decision" not in page
    assert client.post(url("round_decide", uuid=open_round.uuid)).status_code == 403


def test_the_register_costs_the_same_with_more_decisions(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def agree_one(number: int) -> None:
        agree(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(chair), url("decision_list"), agree_one)
