"""Tags for texts in several languages."""

from typing import Any

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduction.languages.models import Translated

register = template.Library()


@register.filter
def in_language(value: Translated) -> SafeString | str:
    """Give the text in the page's language; one that falls back says so by its ``lang``."""
    wanted = translation.get_language() or "en"
    text, language = value.best(wanted)
    if language == wanted or not text:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def in_language_lines(value: Translated) -> SafeString | str:
    """As ``in_language``, keeping the writer's line breaks."""
    wanted = translation.get_language() or "en"
    text, language = value.best(wanted)
    lines = linebreaksbr(text)
    return (
        lines if language == wanted else format_html('<span lang="{}">{}</span>', language, lines)
    )


@register.filter
def with_lang(text: str, language: str) -> SafeString | str:
    """Give words that exist in one language only; on a page in another their ``lang`` says so."""
    if not text or language == (translation.get_language() or "en"):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def language_name(attrs: Any) -> str:
    """Name a language, given its code or a widget's attributes, in its own words."""
    code = attrs.get("lang", "") if isinstance(attrs, dict) else attrs
    own = {"en": "English", "cy": "Cymraeg"}
    return own.get(code) or str(dict(settings.LANGUAGES).get(code, code))
