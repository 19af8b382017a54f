"""What is typed and chosen when the tree of themes and codes is drawn up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.ui.forms import RecordField, choice_field, radio_field
from themes.models import KEYS, Colour, Theme


class _ThemeFields(forms.Form):
    """A theme's name, meaning and colour."""

    colour = radio_field(_("Colour and shape"), Colour.choices, _("Choose a colour."))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask for the name and the definition in each of the project's languages."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = TranslatedFormField(
            languages=languages,
            label=_("Name"),
            max_length=80,
            error_messages={"required": _("Enter a name.")},
        )
        self.fields["definition"] = TranslatedFormField(
            languages=languages,
            label=_("What belongs here"),
            help_text=_("A line that helps two people put the same comment in the same place."),
            required=False,
            multiline=True,
            rows=2,
            max_length=500,
        )
        self.order_fields(["name", "definition", "colour"])


class ParentField(RecordField):
    """One of a project's themes, or none yet."""

    def __init__(self, themes: Any) -> None:
        """Offer these themes, in order."""
        super().__init__(
            queryset=themes,
            label=_("Theme"),
            required=False,
            empty_label=_("No theme yet"),
            error_messages={"invalid_choice": _("Choose a theme from the list.")},
        )


class _CodeFields(_ThemeFields):
    """A code's name and meaning, and the theme it goes under."""

    def __init__(self, *args: Any, languages: Sequence[str], themes: Any, **kwargs: Any) -> None:
        """Ask for a theme instead of a colour: a code has its theme's."""
        super().__init__(*args, languages=languages, **kwargs)
        del self.fields["colour"]
        if themes is not None:
            self.fields["parent"] = ParentField(themes)


class NewThemeForm(CreatingForm, _ThemeFields):
    """The name, colour and meaning of a theme that is not there yet."""


class ThemeForm(ChangingForm, _ThemeFields):
    """What can be changed of a theme: its name, colour and meaning."""


class NewCodeForm(CreatingForm, _CodeFields):
    """The name and meaning of a code that is not there yet."""


class CodeForm(ChangingForm, _CodeFields):
    """What can be changed of a code: its name, meaning and key, not its theme."""

    def __init__(self, *args: Any, keys: Mapping[str, Theme], **kwargs: Any) -> None:
        """Offer every key; ``keys`` are the codes that have one."""
        super().__init__(*args, **kwargs)
        own = self.initial.get("key", "")
        taken = {key: str(code) for key, code in keys.items() if key != own}
        choices = [(key, f"{key} ({taken[key]})" if key in taken else key) for key in KEYS]
        self.fields["key"] = choice_field(
            _("Key for coding"),
            [("", _("No key")), *choices],
            _("Choose a key from the list."),
            required=False,
            help_text=_(
                "Pressed when you code, it ticks this code. If another code has it, the two swap."
            ),
        )
        self.fields["key"].always_answered = True  # type: ignore[attr-defined]


class CodeMoveForm(ChangingForm):
    """The theme that a code should go under."""

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        """Offer these themes."""
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ParentField(themes)


class ThemeMergeForm(forms.Form):
    """What a theme or code should become part of."""

    def __init__(self, *args: Any, others: Iterable[Theme], **kwargs: Any) -> None:
        """Offer the others of its kind; codes are listed under their themes."""
        super().__init__(*args, **kwargs)
        self.others = {str(other.uuid): other for other in others}
        groups: dict[str, list[tuple[str, str]]] = {}
        for other in self.others.values():
            heading = str(other.parent) if other.parent else str(_("No theme yet"))
            groups.setdefault("" if other.is_theme else heading, []).append(
                (str(other.uuid), str(other))
            )
        choices: list[Any] = [("", _("Choose one")), *groups.pop("", [])]
        self.fields["into"] = choice_field(
            _("Merge it into"),
            [*choices, *groups.items()],
            _("Choose what to merge it into."),
            invalid=_("Choose from the list."),
        )

    def chosen(self) -> Theme:
        """Return the theme or code that was chosen."""
        return self.others[self.cleaned_data["into"]]
