"""How a change of wording is drawn."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workshops.queries.wording import TextRun, WordingChange

register = template.Library()


@register.filter
def drawn(change: WordingChange) -> SafeString:
    """Draw a change: words taken out struck through, new ones underlined, both read out."""
    runs = format_html_join("", "{}", ((_draw_run(piece),) for piece in change.pieces))
    if not change.language:
        return format_html('<span class="lines">{}</span>', runs)
    return format_html('<span class="lines" lang="{}">{}</span>', change.language, runs)


def _draw_run(piece: TextRun) -> SafeString | str:
    """Draw one run of words, keeping every space as it is."""
    if piece.is_gone:
        return format_html(
            '<del><span class="visually-hidden">{} </span>{}</del> ', _("Taken out:"), piece.text
        )
    if piece.is_new:
        return format_html(
            '<ins><span class="visually-hidden">{} </span>{}</ins>', _("New:"), piece.text
        )
    return piece.text
