"""What is typed and chosen about rounds: which wordings, until when, and members' answers."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from steering.forms.group import DATE_ERRORS
from steering.models import Answer, Meeting, Round, Seat
from steering.queries.standing import Standing
from steering.queries.waiting import Candidates
from workshops.forms.fields import OneOf, date_box
from workshops.models import Wording

_DAYS_TO_ANSWER = 7


def _in_a_week() -> Any:
    """The day on which answers usually close."""
    return timezone.localdate() + timedelta(days=_DAYS_TO_ANSWER)


class _Meeting(OneOf):
    """Choose a meeting."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Name it by its day and place."""
        day = date_format(obj.date, "j F Y")
        return f"{day}, {obj.place}" if obj.place else day


def _wordings(label: Any, offered: Sequence[Standing]) -> forms.TypedMultipleChoiceField:
    """Return boxes to tick, one for each wording."""
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=UUID,
        choices=[
            (str(each.latest.uuid), f"{each.action.number}. {each.latest.title}")
            for each in offered
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("That list has changed. Tick again what is on it.")},
    )


class RoundsForm(forms.Form):
    """Which wordings to put to the group, and until when it can answer."""

    closes_on = forms.DateField(
        label=_("Members can answer until"),
        widget=date_box(),
        initial=_in_a_week,
        error_messages=DATE_ERRORS,
    )
    closes_time = forms.TimeField(
        label=_("At what time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=time(18, 0),
        error_messages={
            "required": _("Enter the time."),
            "invalid": _("Enter a time, such as 18:00."),
        },
    )
    meeting = _Meeting(
        label=_("For a meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("No meeting: members answer in their own time"),
        error_messages={"invalid_choice": _("Choose a meeting from the list.")},
    )

    def __init__(self, *args: Any, project: Project, candidates: Candidates, **kwargs: Any) -> None:
        """Offer what could be put to the group, and the meetings not sealed yet."""
        super().__init__(*args, **kwargs)
        self._offered = {
            each.latest.uuid: each.latest for each in [*candidates.fresh, *candidates.again]
        }
        if candidates.fresh:
            self.fields["fresh"] = _wordings(_("Not put to the group yet"), candidates.fresh)
        if candidates.again:
            self.fields["again"] = _wordings(_("Put to the group before"), candidates.again)
        meetings = Meeting.objects.of(project).filter(sealed_at__isnull=True)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.order_fields(["fresh", "again"])

    def clean(self) -> dict[str, Any]:
        """Ask for at least one wording; put day and time together."""
        data = self.cleaned_data
        chosen = [*data.get("fresh", []), *data.get("again", [])]
        data["wordings"] = [self._offered[uuid] for uuid in chosen]
        if not chosen and not {"fresh", "again"} & self.errors.keys():
            first = "fresh" if "fresh" in self.fields else "again"
            if first in self.fields:
                self.add_error(first, _("Tick at least one action to put to the group."))
        if "closes_on" in data and "closes_time" in data:
            data["closes_at"] = timezone.make_aware(
                datetime.combine(data["closes_on"], data["closes_time"])
            )
        return data

    @property
    def wordings(self) -> list[Wording]:
        """The wordings ticked."""
        found: list[Wording] = self.cleaned_data["wordings"]
        return found


class AnswerForm(forms.Form):
    """A member's answer."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose one of the answers listed."),
        },
    )
    reason = forms.CharField(
        label=_("Anything you want to add"),
        help_text=_(
            "If you said not yet, or object: what would help? "
            "Only the chair and the co-ordinator read this."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Use 2,000 characters or fewer.")},
    )


class _Seat(OneOf):
    """Choose a seat by who sits in it."""

    def label_from_instance(self, obj: Seat) -> str:
        """Name and sector."""
        return f"{obj.name} ({obj.get_sector_display()})"


class RecordForm(AnswerForm):
    """An answer that somebody gave by phone or in the room."""

    seat = _Seat(
        label=_("Whose answer is it?"),
        queryset=Seat.objects.none(),
        empty_label=_("Choose a member"),
        error_messages={
            "required": _("Choose whose answer it is."),
            "invalid_choice": _("Choose a member from the list."),
        },
    )

    field_order = ("seat", "answer", "reason")

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        """Offer the round's electorate. Ids differ from the page's own answer form."""
        super().__init__(*args, **{"prefix": "record"} | kwargs)
        seats = round.electorate.order_by("name")
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["answer"].label = _("Their answer")
        self.fields["reason"].label = _("Anything they want to add")
        self.fields["reason"].help_text = _("Only the chair and the co-ordinator read this.")
