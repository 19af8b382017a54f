"""What is typed about meetings."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steering.forms.seat import DATE_ERRORS, TIME_ERRORS, time_box
from steering.models import Meeting, Seat
from workshops.forms.fields import SeveralByName, date_box


class MeetingForm(forms.Form):
    """When and where the group meets, and what it will talk about."""

    date = forms.DateField(label=_("Date"), widget=date_box(), error_messages=DATE_ERRORS)
    starts = forms.TimeField(
        label=_("Starts at"), widget=time_box(), initial=time(18, 0), error_messages=TIME_ERRORS
    )
    ends = forms.TimeField(
        label=_("Ends at"), widget=time_box(), initial=time(20, 0), error_messages=TIME_ERRORS
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=150,
        required=False,
        error_messages={"max_length": _("Use 150 characters or fewer.")},
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("One point on each line."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("Use 5,000 characters or fewer.")},
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        """Begin with what the meeting says already."""
        super().__init__(*args, **kwargs)
        if meeting is not None:
            self.initial = {
                "date": meeting.date,
                "starts": meeting.starts,
                "ends": meeting.ends,
                "place": meeting.place,
                "agenda": "\n".join(meeting.agenda),
            }

    def clean_agenda(self) -> list[str]:
        """Read one point from each line."""
        return [line for line in self.cleaned_data["agenda"].splitlines() if line.strip()]


class _Seats(SeveralByName):
    """Tick seats, named by who sits in them and for whom."""

    def label_from_instance(self, obj: Seat) -> str:
        """Name and sector."""
        return f"{obj.name} ({obj.get_sector_display()})"


class MinutesForm(forms.Form):
    """Who came, and what was said and decided."""

    attended = _Seats(label=_("Who came"), queryset=Seat.objects.none())
    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_("What was decided and why, and who does what next."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={
            "required": _("Write the minutes."),
            "max_length": _("Use 50,000 characters or fewer."),
        },
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
