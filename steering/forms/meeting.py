"""What is typed about meetings."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.ui.forms import (
    RecordsByNameField,
    date_field,
    hour_field,
    local_moment,
    words_field,
)
from steering.models import Meeting, Seat


class _MeetingFields(forms.Form):
    """When and where the group meets, and what it will talk about."""

    date = date_field(_("Date"))
    starts = hour_field(_("Starts at"), initial=time(18, 0))
    ends = hour_field(_("Ends at"), initial=time(20, 0))
    place = words_field(_("Place"), 150)
    agenda = words_field(
        _("Agenda"),
        5000,
        help_text=_("One point on each line."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        """Begin with what the meeting says already."""
        super().__init__(*args, **kwargs)
        if meeting is not None:
            agenda = "\n".join(meeting.agenda)
            self.initial = model_to_dict(meeting, self.fields) | {"agenda": agenda}

    def clean_starts(self) -> Any:
        """Refuse an hour that the clocks skip or show twice that night."""
        return self._hour("starts")

    def clean_ends(self) -> Any:
        """Refuse an hour that the clocks skip or show twice that night."""
        return self._hour("ends")

    def _hour(self, name: str) -> Any:
        """Return an hour, once it is one on the day of the meeting."""
        hour, day = self.cleaned_data[name], self.cleaned_data.get("date")
        if hour and day:
            local_moment(datetime.combine(day, hour))
        return hour

    def clean_agenda(self) -> list[str]:
        """Read one point from each line."""
        return [line for line in self.cleaned_data["agenda"].splitlines() if line.strip()]


class NewMeetingForm(CreatingForm, _MeetingFields):
    """When, where and with what agenda the group is called together."""


class MeetingForm(ChangingForm, _MeetingFields):
    """What can be changed of a meeting that is called: the same."""


class CallOffForm(forms.Form):
    """Why a meeting is called off."""

    why = words_field(
        _("Why?"),
        500,
        _("Say why. The members will read it."),
        help_text=_("The members will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """What is wrong in sealed minutes."""

    text = words_field(
        _("What is wrong, and what is right?"),
        5_000,
        _("Write the correction."),
        help_text=_("It stands beside the minutes, with today's date and your name, for good."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class _SeatsField(RecordsByNameField):
    """Tick seats, named by who sits in them and for whom."""

    def label_from_instance(self, obj: Seat) -> str:
        """Name and sector."""
        return f"{obj.name} ({obj.get_sector_display()})"


class MinutesForm(ChangingForm):
    """Who came, and what was said and decided: either can wait."""

    attended = _SeatsField(label=_("Who came"), queryset=Seat.objects.none())
    minutes = words_field(
        _("Minutes"),
        50_000,
        help_text=_("What was decided and why, and who does what next."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """Offer those who held a seat on the day."""
        super().__init__(*args, **kwargs)
        seats = Seat.objects.of(meeting.project).held_on(meeting.date)
        self.fields["attended"].queryset = seats  # type: ignore[attr-defined]
        self.initial = {
            "minutes": meeting.minutes,
            "attended": [seat.uuid for seat in meeting.attended.all()],
        }
