"""Form fields for words: a text, an e-mail address, one box for each language of a project."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.languages.reading import long_sentences, most_words
from coproduction.languages.typed_text import clean_address, clean_typed

_TOO_LONG = _("Use %(limit_value)d characters or fewer.")
_EMPTY = _("Write something here.")


def limit_attrs(limit: int | None) -> dict[str, int]:
    """Return what tells the page's counter how long a text may be.

    The browser's own limit would count before the text is cleaned, and cut a paste off unseen.
    """
    return {} if limit is None else {"data-limit": limit}


class TypedTextField(forms.CharField):
    """A text as ``clean_typed`` brings it in; its length is counted after that.

    Every text field of a form is one of these.
    """

    default_error_messages = {"required": _EMPTY, "max_length": _TOO_LONG}

    def to_python(self, value: Any) -> Any:
        """Clean it before anything is counted."""
        return super().to_python(clean_typed(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Count beside the box, and let nothing be cut off."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        # Words run as they are typed, whatever the page does.
        return attrs if widget.is_hidden else attrs | {"dir": "auto"} | limit_attrs(self.max_length)


class SearchField(TypedTextField):
    """Words to search for, and "phrases": whatever is typed is looked for, and nothing is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask with the browser's own box for searching."""
        box = forms.TextInput(attrs={"class": "field", "type": "search"})
        super().__init__(**{"label": _("Words"), "required": False, "widget": box, **kwargs})


class TypedEmailField(forms.EmailField):
    """An e-mail address, in the one form in which addresses are kept and compared."""

    default_error_messages = {"required": _EMPTY, "max_length": _TOO_LONG}

    def to_python(self, value: Any) -> Any:
        """Bring it to that form before it is checked."""
        return super().to_python(clean_address(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let nothing be cut off."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class TranslatedWidget(forms.MultiWidget):
    """One box per language, side by side where there is room, each labelled and with its lang."""

    template_name = "languages/translated_widget.html"

    def __init__(
        self,
        languages: Sequence[str],
        multiline: bool = False,
        rows: int = 4,
        own_words: bool = False,
    ) -> None:
        """Make a box for each of ``languages``; ``multiline`` makes them tall.

        ``own_words`` are a person's, as they said them: nobody is told that those are long.
        """
        self.languages = list(languages)
        self.own_words = own_words
        box = forms.Textarea if multiline else forms.TextInput
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for language in self.languages:
            attrs: dict[str, Any] = {
                "lang": language,
                "dir": "auto",
                "spellcheck": "true",
                "class": "govuk-textarea" if multiline else "govuk-input",
            }
            if multiline:
                attrs["rows"] = rows
            boxes[language] = box(attrs=attrs)
        super().__init__(widgets=boxes)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Find the long sentences of each tall box: what is written there is for everyone."""
        context = super().get_context(name, value, attrs)
        for box in context["widget"]["subwidgets"]:
            if "rows" in box["attrs"] and not self.own_words:
                language = box["attrs"]["lang"]
                box["most_words"] = most_words(language)
                box["long_sentences"] = long_sentences(str(box["value"] or ""), language)
                # Said again to whoever comes back to the box.
                box["told_id"] = f"{box['attrs']['id']}_long"
                tied = [box["attrs"].get("aria-describedby", ""), box["told_id"]]
                box["attrs"] = box["attrs"] | {"aria-describedby": " ".join(filter(None, tied))}
        return context

    def decompress(self, value: Any) -> list[str]:
        """Spread a ``Translated`` over the boxes."""
        if isinstance(value, Translated):
            return [value.text(language) for language in self.languages]
        return ["" for _language in self.languages]


class TranslatedFormField(forms.MultiValueField):
    """Read the boxes back as ``{language: text}``; ask for the first language only.

    The other languages may follow: what is missing is shown before publishing, not refused here.
    """

    widget: Any
    default_error_messages = {
        **dict.fromkeys(("required", "invalid", "incomplete"), _EMPTY),
        "max_length": _TOO_LONG,
    }

    def __init__(
        self,
        *,
        languages: Sequence[str],
        multiline: bool = False,
        rows: int = 4,
        own_words: bool = False,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Make one text field per language."""
        self.languages = list(languages)
        self.max_length = max_length
        required = kwargs.pop("required", True)
        fields = [
            TypedTextField(required=required and number == 0)
            for number, _language in enumerate(self.languages)
        ]
        super().__init__(
            fields=fields,
            widget=TranslatedWidget(
                self.languages, multiline=multiline, rows=rows, own_words=own_words
            ),
            require_all_fields=False,
            required=required,
            **kwargs,
        )
        for box in self.widget.widgets:
            box.attrs |= limit_attrs(max_length)

    def clean(self, value: Any) -> dict[str, str]:
        """Return ``{language: text}``; where the field is required, one language at least."""
        boxes = zip(self.languages, value or [], strict=False)
        texts = {language: clean_typed(text or "").strip() for language, text in boxes}
        if self.required and not any(texts.values()):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.max_length and any(len(text) > self.max_length for text in texts.values()):
            raise forms.ValidationError(
                self.error_messages["max_length"], params={"limit_value": self.max_length}
            )
        return texts
