"""Recording a lead partner's word, and saying it in other languages."""

from django.utils import timezone

from steering.services.commitment import record_commitment
from tests.steering.group import (
    agree,
)
from tests.steering.pages import text_of, url


def test_a_commitment_is_recorded_for_the_lead(seats, wording, chair, client_of) -> None:
    client = client_of(chair)
    address = url("commitment_new", uuid=wording.action.uuid)
    today = timezone.localdate().isoformat()
    response = client.post(address, {"committed_on": today})
    assert response.status_code == 409
    assert "A partner can commit once the group has agreed" in text_of(response)
    agree(wording, chair)
    response = client.post(address, {"text_en": "We will.", "committed_on": today}, follow=True)
    assert "Parks Trust committed on" in text_of(response)


def test_the_editor_translates_reasons_and_commitments(
    seats, wording, chair, editor, client_of
) -> None:
    decision = agree(wording, chair)
    commitment = record_commitment(
        wording=wording,
        organisation=wording.lead,
        text={"en": "We will."},
        committed_on=timezone.localdate(),
        by=chair,
    )
    client = client_of(editor)
    client.post(url("decision_translate", uuid=decision.uuid), {"text_cy": "Pawb yn cytuno."})
    client.post(url("commitment_translate", uuid=commitment.uuid), {"text_cy": "Fe wnawn ni."})
    decision.refresh_from_db()
    commitment.refresh_from_db()
    assert decision.reason.text("cy") == "Pawb yn cytuno."
    assert commitment.text.text("cy") == "Fe wnawn ni."
    assert decision.reason.text("en") == "Everyone agrees."
