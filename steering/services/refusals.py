"""Refusals that several of the group's services share."""

from django.utils.translation import gettext_lazy as _

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
