"""Tags that draw components: what a template may call instead of writing markup twice."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils.functional import LazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coproduction.ui import palette
from coproduction.ui.charts.chart import Chart
from coproduction.ui.numbers import format_number

register = template.Library()

# Where a template's own lines end, beside a tag or inside one. What people typed ends at neither.
_AFTER_A_TAG, _BEFORE_A_TAG = re.compile(r">\s*\n\s*"), re.compile(r"\n\s*<")
_TAG = re.compile(r"<[^<>]*\n[^<>]*>")
_INSIDE = re.compile(r"\s*\n\s*")


@register.filter
def number(value: Any) -> str:
    """Write a number as people do, ``3,940``.

    What writes itself, such as a number kept back, is left to do so.
    """
    if value is None or value == "":
        return ""
    return format_number(value) if isinstance(value, int | float) else str(value)


@register.filter
def figure(value: Any) -> Any:
    """Write a whole number as ``number`` does, and leave anything else as it is."""
    return number(value) if isinstance(value, int) and not isinstance(value, bool) else value


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """Return the item at this place, or None past the end."""
    return items[index] if index < len(items) else None


@register.simple_block_tag
def close_set(content: str) -> SafeString:
    """Leave out a template's own line ends and indents, for what stands on a page many times.

    One space stays where lines ended. Words keep their lines; values of attributes may have none.
    """
    told = _TAG.sub(lambda tag: _INSIDE.sub(" ", tag[0]), content)
    told = _BEFORE_A_TAG.sub(" <", _AFTER_A_TAG.sub("> ", told))
    return mark_safe(told)  # noqa: S308 - a template made it


@register.inclusion_tag("ui/_shape.html")
def shape(name: str, colour: str = "", size: str = "") -> dict[str, object]:
    """Draw a shape, given its own name (circle, triangle, bubble...) or that of its colour."""
    name = palette.shape_named(name)
    outlined = colour in palette.LIGHT
    return {"path": palette.PATHS[name], "colour": colour, "size": size, "outlined": outlined}


@register.inclusion_tag("ui/_status.html")
def status(kind: str, words: object, chip: bool = False) -> dict[str, object]:
    """Show how a thing stands: icon, words and colour; ``kind`` is one of the palette's."""
    mark = palette.STATUSES[kind]
    ground = palette.PATHS[mark.field]
    return {"mark": mark, "ground": ground, "words": words, "chip": chip}


@register.inclusion_tag("ui/_tag.html")
def tag(
    label: object, colour: str = "slate", shape: str = "", url: str = "", lang: str = ""
) -> dict[str, object]:
    """Show a label as a chip with its colour and shape; a link where ``url`` is given."""
    colour = palette.colour_named(colour)
    return {"label": label, "colour": colour, "shape": shape or colour, "url": url, "lang": lang}


@register.inclusion_tag("ui/_facts.html")
def facts(*pairs: object, rows: bool = False) -> dict[str, object]:
    """List label, value, label, value: ``{% facts _("Lead") lead _("When") when %}``.

    Pairs without a value are left out.
    """
    couples = zip(pairs[::2], pairs[1::2], strict=True)
    items = [{"label": label, "value": value} for label, value in couples if value or value == 0]
    return {"items": items, "rows": rows}


@register.inclusion_tag("ui/_table_head.html")
def table_head(*labels: object, numbers: str = "") -> dict[str, object]:
    """Write the headings of a table's columns; ``numbers="3 4"`` says which columns hold numbers.

    ``{% table_head _("Meeting") _("Place") _("Members who came") numbers="3" %}``
    """
    places = {int(place) for place in numbers.split()}
    headers = [
        {"label": label, "number": place in places} for place, label in enumerate(labels, start=1)
    ]
    return {"headers": headers}


@register.simple_tag
def cell_attributes(header: dict[str, object]) -> SafeString:
    """Write the attributes of a cell in a column of ``table_head``: few letters, in many cells."""
    kind = ' class="is-number"' if header.get("number") else ""
    return format_html('role="cell" data-label="{}"{}', header["label"], SafeString(kind))


@register.simple_tag
def pages_around(page: Page[Any]) -> list[int | None]:
    """List the page numbers worth showing; None stands for a gap."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in around]


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, place: int | str | None, left_out: str = "") -> str:
    """Return the query that leads to another page of a list, without the key ``left_out``.

    ``place`` is the page's number, or its place in a ``KeyedPage``; None is the first page.
    """
    query = context["request"].GET.copy()
    query.pop(left_out, None)
    query.pop("page", None)
    if place is not None:
        query["page"] = place
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def narrowed_query(context: template.Context, name: str, value: str) -> str:
    """Return the query that narrows a list further: from its first page, with a field's value."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def percent(value: int, total: int) -> int:
    """Return how much of ``total`` is done, as a whole number from 0 to 100."""
    return max(0, min(100, value * 100 // total)) if total else 0


@register.inclusion_tag("ui/_chart.html")
def chart(chart: Chart, table: str = "") -> dict[str, object]:
    """Draw a chart of ``coproduction.ui.charts.kinds`` with the table of its numbers beside it."""
    return {"chart": chart, "drawing": chart.drawing, "table": table}


@register.simple_tag(takes_context=True)
def refused_forms(context: template.Context) -> list[BaseForm]:
    """Return the forms of a page that were sent and refused, each once.

    They are the forms that the page's context names, alone or in a list: by this every page tells
    in one way, in its title and first of all in its main part, that something is wrong.
    """
    found: list[BaseForm] = []
    for value in context.flatten().values():
        if isinstance(value, LazyObject):
            continue  # to ask what it is would make it: a token, and with it a cookie
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, BaseForm) and each.errors and each not in found:
                found.append(each)
    return found


@register.filter
def tells_error(messages: Any) -> bool:
    """Say whether one of the messages of a page is that something was refused."""
    return any(message.level_tag == "error" for message in messages or ())
