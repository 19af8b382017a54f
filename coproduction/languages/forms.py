"""The side-by-side form field: one box for each language of a project."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated


class TranslatedWidget(forms.MultiWidget):
    """One box per language, side by side where there is room, each labelled and with its lang."""

    template_name = "languages/translated_widget.html"

    def __init__(self, languages: Sequence[str], multiline: bool = False, rows: int = 4) -> None:
        """Make a box for each of ``languages``; ``multiline`` makes them tall."""
        self.languages = list(languages)
        box = forms.Textarea if multiline else forms.TextInput
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for language in self.languages:
            attrs: dict[str, Any] = {
                "lang": language,
                "spellcheck": "true",
                "class": "govuk-textarea" if multiline else "govuk-input",
            }
            if multiline:
                attrs["rows"] = rows
            boxes[language] = box(attrs=attrs)
        super().__init__(widgets=boxes)

    def decompress(self, value: Any) -> list[str]:
        """Spread a ``Translated`` over the boxes."""
        if isinstance(value, Translated):
            return [value.text(language) for language in self.languages]
        return ["" for _language in self.languages]


class TranslatedFormField(forms.MultiValueField):
    """Read the boxes back as ``{language: text}``; ask for the first language only.

    The other languages may follow: what is missing is shown at the gate, not refused at the desk.
    """

    widget: Any

    def __init__(
        self,
        *,
        languages: Sequence[str],
        multiline: bool = False,
        rows: int = 4,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Make one text field per language."""
        self.languages = list(languages)
        self.max_length = max_length
        required = kwargs.pop("required", True)
        fields = [
            forms.CharField(required=required and number == 0, max_length=max_length)
            for number, _language in enumerate(self.languages)
        ]
        super().__init__(
            fields=fields,
            widget=TranslatedWidget(self.languages, multiline=multiline, rows=rows),
            require_all_fields=False,
            required=required,
            **kwargs,
        )

    def clean(self, value: Any) -> dict[str, str]:
        """Return ``{language: text}``; where the field is required, one language at least."""
        boxes = zip(self.languages, value or [], strict=False)
        texts = {language: (text or "").strip() for language, text in boxes}
        for text in texts.values():
            ProhibitNullCharactersValidator()(text)
        if self.required and not any(texts.values()):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.max_length and any(len(text) > self.max_length for text in texts.values()):
            raise forms.ValidationError(
                _("Use %(limit)d characters or fewer."), params={"limit": self.max_length}
            )
        return texts
