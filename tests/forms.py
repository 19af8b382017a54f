"""A page's form as a browser would send it: to open one in two windows and save both."""

from typing import Any

from django.http import HttpResponse
from lxml import html
from lxml.html import FormElement

Sent = dict[str, list[str]]


def forms_on(page: HttpResponse) -> list[FormElement]:
    """Return the page's own forms that change something, the one with most boxes first."""
    tree = html.fromstring(page.content.decode())
    main = tree.find(".//main")
    found = [
        form
        for form in (tree if main is None else main).iter("form")
        if (form.get("method") or "").lower() == "post"
    ]
    return sorted(found, key=lambda form: -len(form.inputs.keys()))


def drawn(page: HttpResponse, **changes: Any) -> Sent:
    """Return what the page's form would send as it stands, with some boxes filled otherwise."""
    sent = _drawn(forms_on(page)[0])
    for name, value in changes.items():
        sent[name] = value if isinstance(value, list) else [value]
    return sent


def drawn_forms(page: HttpResponse) -> list[Sent]:
    """Return what each of the page's own forms would send, in the page's order."""
    return [_drawn(form) for form in sorted(forms_on(page), key=lambda form: form.sourceline)]


def _drawn(form: FormElement) -> Sent:
    """Return what a form would send as it stands."""
    sent: Sent = {}
    boxes = {box.get("name") for box in form.iter("textarea")}
    for name, value in form.form_values():
        # A browser leaves out the line break that a box begins with.
        sent.setdefault(name, []).append(value.removeprefix("\n") if name in boxes else value)
    return sent
