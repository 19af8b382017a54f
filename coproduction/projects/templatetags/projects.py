"""Tags about who may, and about what was done."""

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext

from coproduction.projects.access import may as person_may

register = template.Library()


@register.filter
def may(request: HttpRequest, capability: str) -> bool:
    """Say whether the person of this team page may: ``{% if request|may:"rounds.open" %}``."""
    return person_may(request, capability)


@register.filter
def verb(value: str) -> str:
    """Say an audit entry's verb in words: ``themes.theme_merged`` is "Theme merged"."""
    return gettext(value.rpartition(".")[2].replace("_", " ").capitalize())
