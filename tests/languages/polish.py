"""The settings of an installation that speaks Polish too: one entry more."""

from coproduction.settings import *  # noqa: F403
from coproduction.settings import LANGUAGES as OURS

LANGUAGES = [*OURS, ("pl", "Polish")]
