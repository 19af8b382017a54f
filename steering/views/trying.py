"""Trying a change from a form: the service's refusal becomes an error on the page."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from coproduction.projects.refusals import Refusal

Changed = TypeVar("Changed")


def tried(form: BaseForm, change: Callable[[], Changed]) -> Changed | None:
    """Make the change; when it is refused, say why on the form and return None."""
    try:
        return change()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as fault:
        # What the form let pass and the record does not: its words, without a field's name.
        form.add_error(None, fault.messages)
    return None


def status_of(form: BaseForm) -> int:
    """Return the HTTP status of a page with this form: 409 when the change was refused."""
    return 409 if form.is_bound and form.non_field_errors() else 200
