"""What is typed about seats and terms."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import Organisation, Project, Sector, User
from coproduction.ui.forms import (
    RecordByNameField,
    choice_field,
    date_field,
    radio_field,
    words_field,
)
from steering.models import DecisionMethod, Seat


class _PersonField(RecordByNameField):
    """Choose somebody who can sign in to the project."""

    def label_from_instance(self, obj: User) -> str:
        """Name them, with the address that tells two of one name apart."""
        name = obj.name_in_team
        return name if name == obj.email else f"{name} ({obj.email})"


class _SeatFields(forms.Form):
    """Who sits, and for whom."""

    name = words_field(_("Name to show"), 100, _("Enter the name to show."))
    sector = choice_field(
        _("Speaks for"), [("", _("Choose a sector")), *Sector.choices], _("Choose a sector.")
    )
    organisation = RecordByNameField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose an organisation from the list.")},
    )
    user = _PersonField(
        label=_("Signs in as"),
        help_text=_("Leave it empty for somebody whose answers the chair writes down."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody: the chair writes their answers down"),
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )

    def __init__(self, *args: Any, project: Project, seat: Seat | None = None, **kw: Any) -> None:
        """Offer the project's people and organisations."""
        super().__init__(*args, **kw)
        people = User.objects.team_of(project).filter(is_active=True)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.of(project)
        )
        if seat is not None:
            self.initial = {
                "name": seat.name,
                "sector": seat.sector,
                "organisation": seat.organisation.uuid if seat.organisation else None,
                "user": seat.user.uuid if seat.user else None,
            }


class SeatForm(ChangingForm, _SeatFields):
    """What can be changed of a seat: who sits, and for whom."""


class NewSeatForm(CreatingForm, _SeatFields):
    """A seat, and the day it begins."""

    seated_on = date_field(_("First day"), initial=timezone.localdate)


class LeaveForm(forms.Form):
    """The day a seat ends."""

    left_on = date_field(_("Left on"), initial=timezone.localdate)


class TermsForm(ChangingForm):
    """How many must answer, and how the group decides."""

    quorum = forms.IntegerField(
        label=_("How many must answer before the group can agree something?"),
        help_text=_("Its quorum. People who stand aside are not counted."),
        min_value=1,
        max_value=200,
        error_messages={
            **dict.fromkeys(("required", "invalid"), _("Enter a whole number, such as 4.")),
            "min_value": _("At least one person has to answer. Choose 1 or more."),
            "max_value": _("Enter 200 or fewer."),
        },
    )
    decision_method = radio_field(
        _("How does the group decide?"), DecisionMethod.choices, _("Choose how the group decides.")
    )
