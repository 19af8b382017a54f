"""What is typed about workshops, their tables and who came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import Organisation, Project
from coproduction.ui.forms import (
    RecordByNameField,
    RecordField,
    date_field,
    offer_records,
    radio_field,
    words_field,
)
from themes.models import Theme
from workshops.models import Attendee, Table, Workshop
from workshops.services.attendee import MOST_AT_ONCE
from workshops.services.workshop import MOST_TABLES

_NAME_LENGTH = Attendee._meta.get_field("name").max_length or 80


def _table_count_field(**kwargs: Any) -> forms.IntegerField:
    """Return the field for how many tables a workshop has."""
    return forms.IntegerField(
        label=_("How many tables?"),
        min_value=0,
        max_value=MOST_TABLES,
        error_messages={
            "required": _("Enter how many tables."),
            "invalid": _("Enter a whole number of tables."),
            "min_value": _("Enter 0 tables or more."),
            "max_value": _("A workshop can have up to 60 tables."),
        },
        **kwargs,
    )


class _WorkshopFields(forms.Form):
    """A workshop: what it is called, on which theme, where and when."""

    theme = RecordField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        empty_label=_("Choose a theme"),
        error_messages={
            "required": _("Choose the theme it is about."),
            "invalid_choice": _("Choose a theme from the list."),
        },
    )
    date = date_field(_("Date"))
    place = words_field(_("Place"), 150)
    purpose = TypedTextField(
        label=_("Purpose"),
        help_text=_("What this workshop should lead to, in a sentence or two."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Use 500 characters or fewer for the purpose.")},
    )

    def __init__(
        self, *args: Any, project: Project, workshop: Workshop | None = None, **kwargs: Any
    ) -> None:
        """Offer the project's themes; a workshop that exists keeps its own, even if merged."""
        super().__init__(*args, **kwargs)
        title = TranslatedFormField(
            languages=project.languages,
            label=_("Title"),
            max_length=150,
            error_messages={"required": _("Enter a title.")},
        )
        self.fields = {"title": title, **self.fields}
        themes = Theme.objects.of(project).themes()
        if workshop is not None:
            themes = themes | Theme.objects.of(project).filter(pk=workshop.theme_id)
            self.initial = {
                "title": workshop.title,
                "theme": workshop.theme.uuid,
                "date": workshop.date,
                "place": workshop.place,
                "purpose": workshop.purpose,
            }
        offer_records(self, theme=themes)


class NewWorkshopForm(CreatingForm, _WorkshopFields):
    """A workshop to plan, with its tables."""

    tables = _table_count_field(help_text=_("You can change this later."), initial=4)


class WorkshopForm(ChangingForm, _WorkshopFields):
    """What can be changed of a workshop that is planned: all but its tables."""


class CallOffWorkshopForm(forms.Form):
    """The reason for calling a workshop off, which the team will read."""

    why = words_field(
        _("Why?"),
        500,
        _("Say why. The team will read it."),
        help_text=_("It stays on the list of workshops with this reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TablesForm(ChangingForm):
    """How many tables a workshop is to have."""

    count = _table_count_field()


class TableHostForm(ChangingForm):
    """Who leads or writes at a table."""

    host = words_field(_("Facilitator or scribe"), 80)


class AttendeesForm(CreatingForm):
    """People who came, several at once."""

    kind = radio_field(
        _("Who came?"),
        [("resident", _("Residents")), ("partner", _("Partners"))],
        _("Choose residents or partners."),
        initial=Attendee.Kind.RESIDENT,
    )
    count = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        error_messages={
            "required": _("Enter how many people."),
            "invalid": _("Enter a whole number of people."),
            "min_value": _("Enter 1 person or more."),
            "max_value": _("Add up to 200 people at a time."),
        },
    )
    organisation = RecordByNameField(
        label=_("Organisation"),
        help_text=_("For partners."),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={
            "required": _("Choose the organisation these partners came from."),
            "invalid_choice": _("Choose an organisation from the list."),
        },
    )
    table = RecordField(
        label=_("Table"),
        queryset=Table.objects.none(),
        required=False,
        empty_label=_("No table"),
        error_messages={"invalid_choice": _("Choose a table of this workshop.")},
    )
    names = TypedTextField(
        label=_("Names, one on each line"),
        help_text=_("Only if they are happy to be named to the team."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        """Offer the project's organisations and the workshop's tables."""
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.of(workshop.project)
        offer_records(self, organisation=organisations, table=workshop.tables.all())
        # Residents come for themselves: the stylesheet hides the box, and nothing is asked. What is
        # no organisation of ours is refused all the same, with all that was sent beside it.
        if self.is_bound and self.data.get("kind") == Attendee.Kind.RESIDENT:
            self.fields["organisation"].required = False
        self.fields["table"].label_from_instance = table_label  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation | None:
        """Leave out what stayed in the hidden box when residents were chosen after all."""
        chosen: Organisation | None = self.cleaned_data["organisation"]
        return None if self.cleaned_data.get("kind") == Attendee.Kind.RESIDENT else chosen

    def clean_names(self) -> list[str]:
        """Return the names, without empty lines."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        if any(len(line) > _NAME_LENGTH for line in lines):
            raise forms.ValidationError(_("Use 80 characters or fewer for each name."))
        return [line for line in lines if line]


def table_label(table: Table) -> str:
    """Name a table, with its host where it has one."""
    named = _("Table %(number)d") % {"number": table.number}
    return f"{named}, {table.host}" if table.host else named


class StepForm(forms.Form):
    """The step of somebody's work that a button undoes."""

    step = forms.UUIDField()
