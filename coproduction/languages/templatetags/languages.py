"""Tags for texts in several languages, for dates, and for the ways between languages."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from coproduction.languages import codes
from coproduction.languages.differences import compare_texts
from coproduction.languages.directions import direction_of
from coproduction.languages.formats import write_date, write_date_for_later
from coproduction.languages.models import Translated

register = template.Library()
register.filter("language_name", codes.language_name)
# In place of Django's: it does not know our formats in a language that has none of its own.
register.filter("date", write_date, expects_localtime=True, is_safe=False)
register.filter("date_for_later", write_date_for_later, expects_localtime=True, is_safe=False)


@register.filter
def in_language(value: Translated) -> SafeString | str:
    """Give the text in the page's language; one that falls back says so by its ``lang``."""
    return with_lang(*value.best(codes.page_language()))


@register.filter
def in_language_lines(value: Translated) -> SafeString | str:
    """As ``in_language``, keeping the writer's line breaks."""
    text, language = value.best(codes.page_language())
    return with_lang(linebreaksbr(text), language)


@register.filter
def text_in(value: Translated, language: str) -> str:
    """Give the text in one language; empty where there is none."""
    return value.text(language)


@register.filter
def differences(before: str, after: str) -> SafeString:
    """Give the second text with what it takes out of the first struck, and what it adds marked.

    The marks are read out too: they are never by line and colour alone.
    """
    marks = {"gone": "<del>{}{}</del>", "new": "<ins>{}{}</ins>"}
    read_out = {"gone": gettext("taken out:"), "new": gettext("put in:")}
    runs = []
    for run in compare_texts(before, after):
        words = linebreaksbr(run.text)
        if run.kind == "same":
            runs.append(words)
            continue
        aloud = format_html('<span class="visually-hidden">{} </span>', read_out[run.kind])
        runs.append(format_html(marks[run.kind], aloud, words))
    return SafeString("".join(runs))


@register.filter
def with_lang(text: str, language: str) -> SafeString | str:
    """Give words that exist in one language only, their ``lang`` and ``dir`` around them.

    Words in the language of the page that run as it does are left alone.
    """
    page = codes.page_language()
    if not text or (language == page and direction_of(page, text) == direction_of(page)):
        return text
    return format_html("<span {}>{}</span>", lang_dir(language, text), text)


@register.simple_tag
def lang_dir(language: str, text: str = "") -> SafeString:
    """Write the ``lang`` and ``dir`` of an element that holds somebody's words.

    ``{% lang_dir quote.language quote.text %}`` gives ``lang="ar" dir="rtl"``. The words tell the
    direction of what is filed under another language; without a known one there is no ``lang``.
    """
    known = "" if language == codes.UNKNOWN_LANGUAGE else language
    return _written(known, direction_of(known, text))


@lru_cache(maxsize=500)
def _written(language: str, direction: str) -> SafeString:
    """Write the two attributes; there are few of them, and many words."""
    if not language:
        return format_html('dir="{}"', direction)
    return format_html('lang="{}" dir="{}"', language, direction)


@register.inclusion_tag("ui/_languages.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, object]:
    """Link to this same page in the other languages (``page_languages`` narrows which)."""
    request = context.get("request")
    full_path = request.get_full_path() if request else get_script_prefix()
    return {
        "links": [
            {"code": code, "url": url_in_language(code, full_path)}
            for code in context.get("page_languages") or codes.language_codes()
            if code != codes.page_language()
        ]
    }


def url_in_language(language: str, full_path: str) -> str:
    """Return the address of the same page in another language, query and all."""
    prefix = get_script_prefix()
    rest = full_path.removeprefix(prefix)
    for code in codes.language_codes():
        if code != settings.LANGUAGE_CODE and rest.startswith(f"{code}/"):
            rest = rest.removeprefix(f"{code}/")
    return prefix + (rest if language == settings.LANGUAGE_CODE else f"{language}/{rest}")
