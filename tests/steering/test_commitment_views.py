"""Recording a lead partner's word, and saying it in other languages."""

from django.utils import timezone

from coproduction.projects.models import PassScope
from coproduction.projects.services.passes import give_pass
from steering.models import Commitment
from steering.services.commitment import record_commitment
from tests.forms import drawn
from tests.steering.group import agree, in_days
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


def test_the_same_word_sent_twice_is_recorded_once_and_another_keeps_its_words(
    seats, wording, chair, client_of
) -> None:
    agree(wording, chair)
    client, address = client_of(chair), url("commitment_new", uuid=wording.action.uuid)
    sent = drawn(client.get(address), text_en="We will.")
    for _twice in range(2):
        answer = client.post(address, sent)
        assert (answer.status_code, Commitment.objects.count()) == (302, 1)
    other = client.post(address, {**sent, "text_en": ["We will, in May."]})
    assert other.status_code == 409
    assert "This commitment has been recorded already." in text_of(other)
    assert drawn(other)["text_en"] == ["We will, in May."]
    assert Commitment.objects.get().text.text("en") == "We will."


def test_the_words_of_a_second_window_on_the_letters_page_are_there_to_copy(
    project, seats, wording, chair, client
) -> None:
    agree(wording, chair)
    given = give_pass(
        project=project,
        scope=PassScope.COMMITMENT,
        subject=wording.uuid,
        holder="Parks Trust",
        ends_at=in_days(7),
        by=chair,
    )
    address = url("commitment_by_pass", token=given.token)
    first, second = client.get(address), client.get(address)
    assert client.post(address, drawn(first, text="We will mend them.")).status_code == 302
    late = client.post(address, drawn(second, text="Only the small ones."))
    assert late.status_code == 409
    page = text_of(late)
    assert "You gave your word to this on" in page
    assert "None of it was saved." in page
    assert "Only the small ones." in page
    assert Commitment.objects.get().text.text("en") == "We will mend them."


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
