"""Refusals that several of the group's services share."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduction.projects.refusals import Refusal


class NotOfThisProject(Refusal):
    """Something from another project was named."""

    sentence = _("That belongs to another project. Choose one from the list.")


class InTheFuture(Refusal):
    """What is recorded has happened, so it has a day that has come."""

    sentence = _("That date is still to come. Give the day it happened.")


class NothingToCommitTo(Refusal):
    """There is no agreed wording with a lead partner."""

    sentence = _("A partner can commit once the group has agreed an action that names its lead.")


class AnswersWait(Refusal):
    """What was written down for a member differs from what they said, and may be confirmed."""

    def __init__(self, number: int) -> None:
        """Say how many wait."""
        words = ngettext(
            "%(number)d answer that was written down differs from the member's own, and waits for "
            "the member to confirm it. Wait for that, or until the time to answer is over.",
            "%(number)d answers that were written down differ from the members' own, and wait for "
            "the members to confirm them. Wait for that, or until the time to answer is over.",
            number,
        )
        super().__init__(words % {"number": number})
