"""What is typed and chosen about actions and their wordings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import Organisation, Project
from coproduction.ui.forms import (
    RecordByNameField,
    RecordField,
    RecordsByNameField,
    offer_records,
    radio_field,
)
from themes.models import Theme
from workshops.models import TEXTS, Action, Timescale, Wording, Workshop


class _PlaceFields(forms.Form):
    """The theme an action is under, and the workshop it came from."""

    theme = RecordField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        empty_label=_("Choose a theme"),
        error_messages={
            "required": _("Choose the theme it answers."),
            "invalid_choice": _("Choose a theme from the list."),
        },
    )
    workshop = RecordField(
        label=_("Workshop"),
        help_text=_("Where it was designed."),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose a workshop from the list.")},
    )

    def __init__(
        self, *args: Any, project: Project, action: Action | None = None, **kwargs: Any
    ) -> None:
        """Offer the project's themes and workshops; an action keeps its own, even if merged."""
        super().__init__(*args, **kwargs)
        themes = Theme.objects.of(project).themes()
        workshops = Workshop.objects.of(project).standing()
        if action is not None:
            workshops = workshops | Workshop.objects.of(project).filter(pk=action.workshop_id)
            themes = themes | Theme.objects.of(project).filter(pk=action.theme_id)
            self.initial = {
                "theme": action.theme.uuid,
                "workshop": action.workshop.uuid if action.workshop else None,
            }
        offer_records(self, theme=themes, workshop=workshops)


class ActionPlaceForm(ChangingForm, _PlaceFields):
    """The theme and the workshop to which an action is moved."""


class _PromiseFields(forms.Form):
    """Everything an action promises."""

    lead = RecordByNameField(
        label=_("Lead partner"),
        help_text=_("Who answers for it. It can be left open in a draft."),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        error_messages={"invalid_choice": _("Choose an organisation from the list.")},
    )
    supporting = RecordsByNameField(
        label=_("Supporting partners"), queryset=Organisation.objects.none()
    )
    timescale = radio_field(_("Timescale"), Timescale.choices, _("Choose a timescale."))

    sections: list[tuple[Any, list[str]]] = [
        (_("What is promised"), ["title", "text"]),
        (_("Who does it"), ["lead", "supporting"]),
        (_("By when"), ["timescale", "timescale_note"]),
    ]

    def __init__(
        self, *args: Any, project: Project, wording: Wording | None = None, **kwargs: Any
    ) -> None:
        """Ask in the project's languages; offer its organisations."""
        super().__init__(*args, **kwargs)
        self.fields |= text_fields(project.languages)
        organisations = Organisation.objects.of(project)
        offer_records(self, lead=organisations, supporting=organisations)
        if wording is not None:
            self.initial = {
                **{name: getattr(wording, name) for name in TEXTS},
                "lead": wording.lead.uuid if wording.lead else None,
                "supporting": [body.uuid for body in wording.supporting.all()],
                "timescale": wording.timescale,
            }

    def promise(self) -> dict[str, Any]:
        """Return the wording as the services take it."""
        names = [*TEXTS, "lead", "timescale"]
        return {name: self.cleaned_data[name] for name in names} | {
            "supporting": list(self.cleaned_data["supporting"])
        }


class WordingForm(ChangingForm, _PromiseFields):
    """What an action promises, to be worded in another way."""


class ProposalForm(CreatingForm, _PromiseFields):
    """An action and its first wording."""

    theme, workshop = (_PlaceFields.base_fields[name] for name in ("theme", "workshop"))

    sections = [
        *_PromiseFields.sections,
        (_("Where it comes from"), ["theme", "workshop"]),
    ]

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's themes and workshops as well."""
        super().__init__(*args, project=project, **kwargs)
        themes = Theme.objects.of(project).themes()
        offer_records(self, theme=themes, workshop=Workshop.objects.of(project).standing())

    def proposal(self) -> dict[str, Any]:
        """Return the action and its wording as the services take them."""
        names = ("theme", "workshop", "sending")
        return self.promise() | {name: self.cleaned_data[name] for name in names}


def text_fields(languages: Iterable[str], required: bool = True) -> dict[str, forms.Field]:
    """Return the boxes for a wording's texts in these languages."""
    languages = list(languages)
    return {
        "title": TranslatedFormField(
            languages=languages,
            label=_("Title"),
            help_text=_("Begin with what is done: mend, open, train."),
            max_length=150,
            required=required,
            error_messages={"required": _("Enter a title.")},
        ),
        "text": TranslatedFormField(
            languages=languages,
            label=_("What will happen"),
            multiline=True,
            max_length=3_000,
            required=required,
            error_messages={"required": _("Say what will happen.")},
        ),
        "timescale_note": TranslatedFormField(
            languages=languages,
            label=_("By when, in words"),
            help_text=_("Such as: before the summer holidays of 2025."),
            max_length=200,
            required=False,
        ),
    }


class WordingTranslationForm(ChangingForm):
    """A wording in the languages it was not first written in."""

    def __init__(self, *args: Any, project: Project, wording: Wording, **kwargs: Any) -> None:
        """Ask for each text in every language but its own first one; leave out empty texts."""
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            value = getattr(wording, name)
            if not value:
                continue
            others = [code for code in project.languages if code != value.source]
            self.fields[name] = text_fields(others, required=False)[name]
            self.fields[name].help_text = value.text(value.source or "")
            self.initial[name] = value


class ActionFilterForm(forms.Form):
    """Narrow the list of actions."""

    theme = RecordField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("All themes"),
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": _("Choose a theme from the list.")},
    )
    lead = RecordByNameField(
        label=_("Lead partner"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("All leads"),
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": _("Choose an organisation from the list.")},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's themes and organisations."""
        super().__init__(*args, **kwargs)
        offer_records(
            self,
            theme=Theme.objects.of(project).themes(),
            lead=Organisation.objects.of(project),
        )
