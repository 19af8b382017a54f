"""How people were heard, and how much say they have: the field's own lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """How people were heard."""

    EVENT = "event", _("Event")
    GROUP = "group", _("Visit to a group")
    SURVEY = "survey", _("Paper survey")
    ONLINE = "online", _("Online survey")
    INTERVIEW = "interview", _("Interview")
    FOCUS_GROUP = "focus_group", _("Focus group")
    CONVERSATION = "conversation", _("Conversation")
    DROP_IN = "drop_in", _("Drop-in")
    SCHOOL_SESSION = "school_session", _("School session")
    WALKABOUT = "walkabout", _("Walkabout")


class Level(models.TextChoices):
    """How much say people have, as the IAP2 Spectrum names it."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    INVOLVE = "involve", _("Involve")
    COLLABORATE = "collaborate", _("Collaborate")
    EMPOWER = "empower", _("Empower")
