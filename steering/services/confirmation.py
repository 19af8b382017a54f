"""Confirming that an answer written down for a member is what the member said."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Actor, Pass, PassScope, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.passes import check_code
from steering.models import Confirmation, Response, Round, WrittenDown
from steering.queries.answer import answers_given


class NotTheirsToConfirm(Refusal):
    """Only the member can say so, or the second person who heard it."""

    sentence = _("Only the member can confirm this, or the second person who heard it in the room.")


class ConfirmedTooLate(Refusal):
    """The decision was made on what counted then."""

    sentence = _("This has been decided or taken back already, so nothing can be confirmed.")


class SaidOtherwiseSince(Refusal):
    """There is a newer answer: what was written down before it does not matter any more."""

    sentence = _("There is a newer answer since. Load the page again and read it.")


def confirm_answer(*, response: Response, by: Actor) -> Confirmation:
    """Keep that an answer is what the member said; from then on it counts as their own would.

    The member confirms it signed in, or with the pass in their letter; or the second person named,
    who heard it in the room. Confirmed twice it is confirmed once. Raises NotTheirsToConfirm,
    ConfirmedTooLate, SaidOtherwiseSince and PassOver.
    """
    if isinstance(by, Pass):
        if by.scope != PassScope.ANSWER or by.subject != response.uuid:
            raise NotTheirsToConfirm
        return _confirm(response, Confirmation.Means.PASS, by=by, given=by)
    if by.pk == response.seat.user_id:
        return _confirm(response, Confirmation.Means.SIGNED_IN, by=by)
    if response.how == WrittenDown.ROOM and by.pk == response.heard_by_id:
        return _confirm(response, Confirmation.Means.WITNESS, by=by)
    raise NotTheirsToConfirm


def confirm_answer_by_code(*, response: Response, code: str, by: User) -> Confirmation:
    """Keep that a member read out the code in their letter to whoever types it.

    Raises WrongCode, TooManyWrongCodes, PassOver, ConfirmedTooLate and SaidOtherwiseSince.
    """
    project = response.round.project
    given = check_code(
        scope=PassScope.ANSWER, subject=response.uuid, code=code, project=project, by=by
    )
    return _confirm(response, Confirmation.Means.CODE, by=by, given=given)


def _confirm(
    response: Response, means: Confirmation.Means, *, by: Actor, given: Pass | None = None
) -> Confirmation:
    """Keep a confirmation, once; refuse one that comes too late."""
    with recorded(project=response.round.project, by=by) as ledger:
        there = Confirmation.objects.filter(response=response).first()
        if there is not None:
            return there
        if not Round.objects.undecided().filter(pk=response.round_id).exists():
            raise ConfirmedTooLate
        if answers_given(response.round, response.seat)[-1].pk != response.pk:
            raise SaidOtherwiseSince
        kept = Confirmation.objects.create(
            response=response, means=means, by=ledger.by, given_pass=given, at=ledger.at
        )
        ledger.record(
            "steering.answer_confirmed",
            subject=response.round,
            now={
                "seat": response.seat.uuid,
                "answer": response.answer,
                "means": means,
                "for_someone_else": means == Confirmation.Means.CODE,
            },
            attests=[kept],
        )
    return kept
