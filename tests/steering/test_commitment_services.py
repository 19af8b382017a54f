"""Commitments: what a lead partner says, to what, and when."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from steering.models import Commitment
from steering.queries.agreement import status_of_action
from steering.services.commitment import (
    CommittedAlready,
    CommittedBeforeAgreed,
    NotAgreed,
    NotTheLead,
    record_commitment,
)
from steering.services.decision import (
    record_decision,
)
from steering.services.refusals import InTheFuture
from tests.forms import drawn
from tests.steering.group import (
    agree,
    answer,
    make_lead,
    make_wording,
)
from tests.steering.pages import text_of, url


def test_a_lead_commits_to_what_was_agreed(project, seats, wording, chair) -> None:
    agree(wording, chair)
    commitment = record_commitment(
        wording=wording,
        organisation=wording.lead,
        text={"en": "We will do it."},
        committed_on=timezone.localdate(),
        by=chair,
    )
    assert commitment.text.text("en") == "We will do it."
    entry = AuditEntry.objects.get(project=project, verb="steering.commitment_recorded")
    assert entry.now["organisation"] == str(wording.lead.uuid)
    with pytest.raises(CommittedAlready):
        record_commitment(
            wording=wording,
            organisation=wording.lead,
            committed_on=timezone.localdate(),
            by=chair,
        )


def test_nobody_commits_to_what_is_not_agreed(closed_round, wording, chair) -> None:
    today = timezone.localdate()
    with pytest.raises(NotAgreed):
        record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Say when."}, by=chair)
    with pytest.raises(NotAgreed):
        record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    assert not Commitment.objects.exists()


def test_a_change_proposed_is_not_committed_to_but_what_was_agreed_still_is(
    project, seats, wording, chair
) -> None:
    agree(wording, chair)
    newer = make_wording(project, chair, action=wording.action, lead=wording.lead)
    today = timezone.localdate()
    with pytest.raises(NotAgreed):
        record_commitment(wording=newer, organisation=newer.lead, committed_on=today, by=chair)
    assert record_commitment(
        wording=wording, organisation=wording.lead, committed_on=today, by=chair
    ).pk


def test_nobody_commits_before_the_group_agreed(closed_round, wording, chair) -> None:
    answer(closed_round, ["agree"] * 4, chair)
    agreed_on = timezone.localdate() - timedelta(days=1)
    reason = {"en": "All agree."}
    record_decision(
        round=closed_round, outcome="agreed", reason=reason, decided_on=agreed_on, by=chair
    )
    said = {"wording": wording, "organisation": wording.lead, "by": chair}
    with pytest.raises(CommittedBeforeAgreed):
        record_commitment(committed_on=agreed_on - timedelta(days=1), **said)
    assert record_commitment(committed_on=agreed_on, **said).committed_on == agreed_on


def test_only_the_lead_commits_and_not_in_the_future(project, seats, wording, chair) -> None:
    agree(wording, chair)
    someone = make_lead(project, chair, "Other Trust")
    today = timezone.localdate()
    with pytest.raises(NotTheLead):
        record_commitment(wording=wording, organisation=someone, committed_on=today, by=chair)
    with pytest.raises(InTheFuture):
        record_commitment(
            wording=wording,
            organisation=wording.lead,
            committed_on=today + timedelta(days=1),
            by=chair,
        )


def _agree_newer(project, wording, chair, **said):
    """Have the group agree a newer wording with the same lead."""
    newer = make_wording(project, chair, action=wording.action, lead=wording.lead, **said)
    agree(newer, chair)
    return newer


def test_a_word_stands_as_given_to_the_earlier_wording_and_its_giver_is_asked_again(
    project, seats, wording, chair, coordinator, client, client_of, editor, deliver
) -> None:
    agree(wording, chair)
    first = record_commitment(
        wording=wording,
        organisation=wording.lead,
        text={"en": "We will mend them."},
        committed_on=timezone.localdate(),
        contact_email="parks@trust.example",
        by=coordinator,
    )
    before = len(deliver())
    newer = _agree_newer(project, wording, chair)
    found = status_of_action(wording.action)
    assert (found.commitment, found.earlier_commitment) == (None, first)
    page = text_of(client_of(editor).get(url("action_status", uuid=wording.action.uuid)))
    assert "to an earlier wording" in page
    assert "We will mend them." in page
    assert "Ask one of these, who can record it: Cai, Carys." in page
    asked = [each for each in deliver()[before:] if "needs its lead" in each.subject]
    assert {each.to[0] for each in asked} == {
        coordinator.email,
        chair.email,
        "parks@trust.example",
    }
    letter = next(each for each in asked if each.to == ["parks@trust.example"])
    (path,) = re.findall(r"(/bryn/steering/word/pass/\S+/)", letter.body)
    page = text_of(client.get(path))
    assert "You gave your word on" in page
    assert "We will mend them." in page
    sent = drawn(client.get(path), text="We will do all of it.")
    for _twice in range(2):
        page = text_of(client.post(path, sent, follow=True))
    assert "You gave your word to this on" in page
    kept = Commitment.objects.get(wording=newer)
    assert (kept.by, str(kept.given_pass), kept.contact_email) == (
        None,
        "Parks Trust",
        "parks@trust.example",
    )
    assert status_of_action(wording.action).earlier_commitment is None
    assert client.post(path, {}).status_code == 409
    # A word that came by a pass was recorded by nobody here; its giver is asked again all the same.
    before = len(deliver())
    _agree_newer(project, newer, chair, title="Mend every swing")
    asked = [each for each in deliver()[before:] if "needs its lead" in each.subject]
    assert {each.to[0] for each in asked} == {chair.email, "parks@trust.example"}


def test_nobody_is_asked_again_where_nobody_gave_their_word(
    project, seats, wording, chair, deliver
) -> None:
    agree(wording, chair)
    before = len(deliver())
    _agree_newer(project, wording, chair)
    assert not [each for each in deliver()[before:] if "needs its lead" in each.subject]


def test_another_leads_word_is_not_this_leads(project, seats, wording, chair) -> None:
    agree(wording, chair)
    today = timezone.localdate()
    record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    other = make_lead(project, chair, "Bus Users")
    agree(make_wording(project, chair, action=wording.action, lead=other), chair)
    assert status_of_action(wording.action).earlier_commitment is None
