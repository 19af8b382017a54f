"""The groups of things that a new project can begin with, as somebody ticks them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BlueprintGroup(models.TextChoices):
    """What comes along together, in the order of the work."""

    QUESTIONS = "questions", _("Questions: their words, colours, shapes and order")
    LISTENING = (
        "listening",
        _("Ways of listening: level and purpose of each, and when answers go on hold"),
    )
    SURVEYS = "surveys", _("Surveys: titles, introductions and addresses")
    CODEBOOK = "codebook", _("Codebook: themes and codes, with what they mean")
    WORKSHOPS = "workshops", _("Workshops: titles and purposes")
    STEERING = "steering", _("Steering group: its way of deciding, and the agenda of a meeting")
    PLAN = "plan", _("The plan: how we listened, how we decided, what happens next")
    PERIODS = "periods", _("How long things are kept, and the smallest number shown")
