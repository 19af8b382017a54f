"""Changes to commitments: a lead partner's word that it will do what was agreed."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Actor, Organisation, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, Seen, SentForm
from steering.models import Commitment
from steering.queries.agreement import first_agreed_on, status_of_action
from steering.services.refusals import InTheFuture
from workshops.models import Wording


class NotAgreed(Refusal):
    """A partner commits to what the group agreed, and to nothing else."""

    sentence = _("The group has not agreed this wording. A partner can commit once it has.")


class NotTheLead(Refusal):
    """Only the lead partner gives its word for an action."""

    sentence = _("Only the lead partner named in the action can commit to it.")


class CommittedAlready(Refusal):
    """The partner's word was recorded before."""

    sentence = _("This commitment has been recorded already.")


class CommittedBeforeAgreed(Refusal):
    """A promise to do what nobody had agreed yet is not a promise to do this."""

    sentence = _("The group agreed this later than that. Give the day the partner said so, after.")


def record_commitment(
    *,
    wording: Wording,
    organisation: Organisation,
    committed_on: date,
    by: Actor,
    text: Mapping[str, str] | None = None,
    contact_email: str = "",
    sending: SentForm | None = None,
) -> Commitment:
    """Record a lead partner's word on the last wording the group agreed.

    It is recorded for them, or given by the partner with a pass. ``contact_email`` is whom to ask
    again when the group agrees another wording. By one ``sending`` of a form, once.

    Raises NotAgreed, NotTheLead, CommittedAlready, InTheFuture, CommittedBeforeAgreed and
    ValidationError.
    """
    with recorded(project=wording.project, by=by) as ledger:
        if (made := _recorded_before(ledger, sending)) is not None:
            return made
        _check_word(wording, organisation, committed_on)
        commitment = Commitment(
            project=wording.project,
            wording=wording,
            organisation=organisation,
            text=Translated().changed(text or {}),
            committed_on=committed_on,
            contact_email=contact_email,
            by=ledger.by,
            given_pass=ledger.given_pass,
        )
        commitment.full_clean(exclude=["by", "given_pass"])
        commitment.save()
        ledger.record(
            "steering.commitment_recorded",
            subject=commitment,
            now={
                "wording": wording.uuid,
                "organisation": organisation.uuid,
                "committed_on": committed_on,
                "for_someone_else": ledger.given_pass is None,
            },
            sending=sending,
        )
    return commitment


def _recorded_before(ledger: Ledger, sending: SentForm | None) -> Commitment | None:
    """Return the word that this sending recorded; with other words it is told that there is one."""
    try:
        return ledger.made_before(sending, Commitment)
    except MadeAlready:
        return None


def _check_word(wording: Wording, organisation: Organisation, committed_on: date) -> None:
    """Refuse a word on what is not agreed, from who does not lead it, twice, or of a wrong day."""
    agreed = status_of_action(wording.action).agreed
    if agreed is None or agreed.pk != wording.pk:
        raise NotAgreed
    if agreed.lead_id != organisation.pk:
        raise NotTheLead
    if committed_on > timezone.localdate():
        raise InTheFuture
    if committed_on < first_agreed_on(wording):
        raise CommittedBeforeAgreed
    if Commitment.objects.filter(wording=wording, organisation=organisation).exists():
        raise CommittedAlready


def translate_commitment(
    *, commitment: Commitment, text: Mapping[str, str], by: User, seen: Seen | None = None
) -> Commitment:
    """Add or correct a translation of a partner's words. What it said first stays as it was.

    Raises ChangedMeanwhile.
    """
    with recorded(project=commitment.project, by=by) as ledger:
        kept = Commitment.objects.get(pk=commitment.pk)
        source = kept.text.source
        texts = {language: words for language, words in text.items() if language != source}
        ledger.change(kept, seen=seen, text=texts)
        kept.full_clean()
        kept.save(update_fields=["text"])
        ledger.record(
            "steering.commitment_translated", subject=kept, now={"languages": sorted(texts)}
        )
    return kept
