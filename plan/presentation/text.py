"""Frozen texts as pages and paper write them, in the active language."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduction.languages.codes import page_language
from coproduction.languages.directions import direction_of
from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import lang_dir
from plan.presentation.markdown import markdown_to_html

Words = str | SafeString


def prose(text: Translated) -> SafeString:
    """Give a frozen Markdown text as HTML; what is in another language says so around it."""
    wanted = page_language()
    words, language = text.best(wanted)
    return html_of(words, language, wanted)


@lru_cache(maxsize=512)
def html_of(words: str, language: str, wanted: str) -> SafeString:
    """Turn Markdown into HTML once: editions are frozen, so the same texts come again and again."""
    html = markdown_to_html(words)
    if language == wanted and direction_of(language, words) == direction_of(wanted):
        return html
    return format_html("<div {}>{}</div>", lang_dir(language, words), html)
