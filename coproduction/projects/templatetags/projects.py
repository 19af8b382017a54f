"""Tags about who may, what was done, and where a page of the project is."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from coproduction.projects.access import may as person_may
from coproduction.projects.pages import url_for
from coproduction.projects.unsent import WRITER, sign_writer

register = template.Library()


@register.filter
def may(request: HttpRequest, capability: str) -> bool:
    """Say whether the person of this team page may: ``{% if request|may:"rounds.open" %}``."""
    return person_may(request, capability)


@register.filter
def as_json(value: object) -> str:
    """Write a value for a script to read from an attribute; escaped as any other."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def verb(value: str) -> str:
    """Say an audit entry's verb in words: ``themes.theme_merged`` is "Theme merged"."""
    return gettext(value.rpartition(".")[2].replace("_", " ").capitalize())


@register.simple_tag(takes_context=True)
def link_button(
    context: template.Context, name: str, label: str, looks: str = "", **kwargs: object
) -> SafeString:
    """Link to a page of this project as a button; ``looks``: "quiet", "small" or both."""
    classes = " ".join(["button", *(f"button--{look}" for look in looks.split())])
    url = url_for(context["request"].project, name, **kwargs)
    return format_html('<a class="{}" href="{}">{}</a>', classes, url, label)


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, name: str, label: str, **kwargs: object) -> SafeString:
    """Link to a page of this project."""
    return format_html(
        '<a href="{}">{}</a>', url_for(context["request"].project, name, **kwargs), label
    )


@register.simple_tag(takes_context=True)
def writer_field(context: template.Context) -> SafeString | str:
    """Say in a form of the team whose page it is; public pages are the same for everybody."""
    request: Any = context.get("request")
    if not getattr(request, "names_writer", False):
        return ""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', WRITER, sign_writer(request.user)
    )
