"""Tags for texts in several languages, and for dates."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduction.languages import codes
from coproduction.languages.formats import write_date
from coproduction.languages.models import Translated

register = template.Library()
register.filter("language_name", codes.language_name)
# In place of Django's: it does not know our formats in a language that has none of its own.
register.filter("date", write_date, expects_localtime=True, is_safe=False)


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
def with_lang(text: str, language: str) -> SafeString | str:
    """Give words that exist in one language only; on a page in another their ``lang`` says so."""
    if not text or language == codes.page_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)
