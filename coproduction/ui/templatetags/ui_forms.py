"""What the form template, and the summary of what is wrong, need to know of a form."""

from dataclasses import dataclass, field
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext

register = template.Library()


@dataclass
class FormSection:
    """Some fields under one heading, or under none."""

    legend: Any = ""
    fields: list[BoundField] = field(default_factory=list)
    # Under its heading, until somebody wants it.
    is_folded: bool = False
    # Folded away though it is filled in: it was looked at before.
    is_shut: bool = False
    # The button stands right below it, and not at the end.
    has_button: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something in it is filled in, or wrong: then it is not folded away."""
        return any(
            bound.errors
            or (not self.is_shut and bound.value() and bound.value() != bound.field.initial)
            for bound in self.fields
        )


@register.simple_tag
def sections_of(form: forms.BaseForm) -> list[FormSection]:
    """Return the form's visible fields in sections, made ready for the form template.

    A form may say ``sections = [(_("When and where"), ["date", "place"]), ...]``; what it does not
    name comes last, without a heading. A form that says nothing has one section. The headings in
    its ``folded`` have their fields folded away; the button stands below the field ``button_after``
    where it names one, so that both are seen above the keyboard of a phone.
    """
    # The server checks: the browser's own bubbles are neither translated nor read out well.
    form.use_required_attribute = False
    waiting = {bound.name: _ready(bound) for bound in form.visible_fields()}
    folded, last = getattr(form, "folded", ()), getattr(form, "button_after", "")
    shut = getattr(form, "shut", ())
    sections = [
        FormSection(
            legend,
            [waiting.pop(name) for name in names if name in waiting],
            is_folded=bool(legend) and legend in folded,
            is_shut=legend in shut,
            has_button=last in names,
        )
        for legend, names in getattr(form, "sections", [])
    ]
    return [*sections, FormSection("", list(waiting.values()))]


@register.simple_tag(takes_context=True)
def address_of(context: Context, action: Any) -> str:
    """Return where a form is sent: to its own page, unless an address is named.

    That page's address is always written out: a form without one keeps what stands after the "#",
    as a skip link leaves it there, and of a refused form the browser shows that place and not
    what is wrong. Some pages have an ``action`` of another kind in their context.
    """
    return action if isinstance(action, str) and action else context["request"].get_full_path()


def _ready(bound: BoundField) -> BoundField:
    """Escape label and hint, which the pack prints unescaped, and say what is optional."""
    label = conditional_escape(bound.label or "")
    optional = format_html('<span class="optional">({})</span>', gettext("optional"))
    # A tick is an answer either way, and so is a choice that always stands on something.
    ticked = isinstance(bound.field.widget, forms.CheckboxInput)
    asked = bound.field.required or ticked or getattr(bound.field, "always_answered", False)
    if label and not asked and optional not in label:
        label = format_html("{} {}", label, optional)
    bound.label = bound.field.label = label
    if isinstance(bound.field.widget, forms.Textarea) and bound.field.widget.attrs["rows"] == "10":
        bound.field.widget.attrs["rows"] = "5"  # ten, Django's own, fills a phone
    bound.help_text = bound.field.help_text = conditional_escape(bound.help_text or "")
    return bound


@register.simple_tag
def own_summary(form: forms.BaseForm, told: list[forms.BaseForm] | str) -> list[forms.BaseForm]:
    """Return what a form's own summary tells: the form, if the page around it has not done so."""
    is_told = isinstance(told, list) and form in told
    return [form] if form.errors and not is_told else []


@register.simple_tag
def errors_of(form: forms.BaseForm) -> list[dict[str, Any]]:
    """List a form's errors, each with the id of the very box to go to."""
    visible = form.visible_fields()
    first = _first_box(visible[0]) if visible else ""
    found = [{"target": first, "words": words} for words in form.non_field_errors()]
    for bound in form.hidden_fields():
        found += [{"target": first, "words": words} for words in bound.errors]
    for bound in visible:
        found += [{"target": _first_box(bound), "words": words} for words in bound.errors]
    return found


def _first_box(bound: BoundField) -> str:
    """Return the id of the first thing in a field that takes the keyboard."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"id_{bound.html_name}_1"
    if isinstance(widget, forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.auto_id
