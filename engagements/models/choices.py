"""How people were heard, and how much say they have: the field's own lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """The ways in which people are heard, from a stall to an online survey."""

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

    @property
    def means(self) -> str:
        """What it promises people, in our own words."""
        return str(_MEANS[self])


_MEANS = {
    Level.INFORM: _("we tell people what is happening, and why."),
    Level.CONSULT: _("we ask what people think, and tell them what we did with it."),
    Level.INVOLVE: _("people work with us, so that their worries and hopes shape the choices."),
    Level.COLLABORATE: _("people and services make the choices together, as partners."),
    Level.EMPOWER: _("people decide, and we do what they decide."),
}
