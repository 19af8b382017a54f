"""Frozen texts as pages and paper write them, in the active language."""

from functools import lru_cache

from django.utils.safestring import SafeString

from coproduction.languages.codes import page_language
from coproduction.languages.models import Translated
from plan.presentation.markdown import markdown_to_html

Words = str | SafeString


def prose(text: Translated) -> SafeString:
    """Give a frozen Markdown text as HTML; one in another language says so by its ``lang``."""
    wanted = page_language()
    words, language = text.best(wanted)
    return html_of(words, language, wanted)


@lru_cache(maxsize=512)
def html_of(words: str, language: str, wanted: str) -> SafeString:
    """Turn Markdown into HTML once: editions are frozen, so the same texts come again and again."""
    html = markdown_to_html(words)
    if language == wanted:
        return html
    return SafeString(f'<div lang="{language}">{html}</div>')
