"""Commitments: what a lead partner says, to what, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from steering.models import Commitment
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
from tests.steering.group import (
    agree,
    answer,
    make_lead,
    make_wording,
)


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
