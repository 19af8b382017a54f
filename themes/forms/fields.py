"""Fields of theming that any typed address may fill: numbers, uuids, paths of this site."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField

# The greatest key that both databases keep.
_GREATEST = 2**63 - 1
_MOST_NUMBERS = 50
_LONGEST_PATH = 2_000


class KeyField(forms.IntegerField):
    """The key of a record, as an address or a form says it: 1 to what a database can hold."""

    widget = forms.HiddenInput

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        """Take whole numbers from ``least``."""
        super().__init__(min_value=least, max_value=_GREATEST, **kwargs)


class KeysField(forms.Field):
    """Any number of keys, such as the comments a page has already; what is not one is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        """Read no more than fifty: an address may hold any number."""
        found = (read_key({"key": each}, "key") for each in list(value or [])[:_MOST_NUMBERS])
        return [key for key in found if key is not None]


class UuidsField(forms.Field):
    """Any number of uuids, such as the codes ticked."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """Read them. Raises ValidationError for anything else."""
        try:
            return [UUID(str(each)) for each in value or []]
        except ValueError as error:
            raise ValidationError(_("Choose codes from the list.")) from error


class BackPathField(TypedTextField):
    """Where to go back to: a path of this site, or nothing where it is anything else."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        """Never ask for it."""
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Return a path that begins with one slash, or an empty string."""
        path = str(value or "")
        # A bare word would be looked up among the names of pages; "//" leads to another site.
        on_site = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        return path if on_site and len(path) <= _LONGEST_PATH and path.isprintable() else ""


def read_key(sent: Mapping[str, Any], name: str) -> int | None:
    """Return the key that an address or a form sends under a name; None for anything else."""
    try:
        found: int | None = KeyField(required=False).clean(sent.get(name, ""))
    except ValidationError:
        return None
    return found


def read_back_path(sent: Mapping[str, Any]) -> str:
    """Return the path of this site that a form wants to go back to, or an empty string."""
    return BackPathField().clean(sent.get("back", ""))
