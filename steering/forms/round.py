"""What is typed and chosen about rounds: which wordings, until when, and why one is taken back."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.projects.forms.record import CreatingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField, date_field, hour_field, local_moment, words_field
from steering.models import Meeting
from steering.queries.agreement import ActionStatus
from steering.queries.round import Candidates, wordings_with_the_group
from workshops.models import Wording

_DAYS_TO_ANSWER = 7


def _in_a_week() -> Any:
    """The day on which answers usually close."""
    return timezone.localdate() + timedelta(days=_DAYS_TO_ANSWER)


class _MeetingField(RecordField):
    """Choose a meeting."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Name it by its day and place."""
        day = write_date(obj.date)
        return f"{day}, {obj.place}" if obj.place else day


def _choices(candidates: Candidates) -> list[tuple[ActionStatus, str]]:
    """Name each action in the list; one put before says what came of it."""
    review = _("agreed; the day to look at it again has come")
    before = [(each, each.state.label) for each in candidates.asked_before]
    before += [(each, review) for each in candidates.due_for_review]
    return [(each, _name(each)) for each in candidates.never_asked] + [
        (each, f"{_name(each)} ({status})") for each, status in before
    ]


def _name(each: ActionStatus) -> str:
    """Name an action by number and title."""
    return f"{each.action.number}. {each.latest.title}"


class ClosingForm(forms.Form):
    """Until when members can answer."""

    closes_on = date_field(_("Members can answer until"), initial=_in_a_week)
    closes_time = hour_field(_("At what time"), initial=time(18, 0))

    def clean(self) -> dict[str, Any]:
        """Put day and time together."""
        data = self.cleaned_data
        if "closes_on" in data and "closes_time" in data:
            try:
                data["closes_at"] = local_moment(
                    datetime.combine(data["closes_on"], data["closes_time"])
                )
            except ValidationError as fault:
                self.add_error("closes_time", fault)
        return data


class TakeBackForm(forms.Form):
    """Why a question is taken back."""

    why = words_field(
        _("Why?"),
        500,
        _("Say why. The members will read it."),
        help_text=_("The members will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class _WordingsField(forms.TypedMultipleChoiceField):
    """Tick wordings on the list; ``asked`` are those put to the group meanwhile, by key.

    They are let pass, since only the service knows whether this very page put them.
    """

    asked: Mapping[str, Wording] = {}

    def valid_value(self, value: Any) -> bool:
        """Whether it is on the list, or was until it was put to the group."""
        return str(value) in self.asked or super().valid_value(value)


class RoundsForm(CreatingForm, ClosingForm):
    """Which wordings to put to the group, and until when it can answer."""

    wordings = _WordingsField(
        label=_("Which actions?"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one action to put to the group."),
            **dict.fromkeys(
                ("invalid_choice", "invalid_list"),
                _("That list has changed. Tick again what is on it."),
            ),
        },
    )
    meeting = _MeetingField(
        label=_("For a meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("No meeting: members answer in their own time"),
        error_messages={"invalid_choice": _("Choose a meeting from the list.")},
    )

    def __init__(self, *args: Any, project: Project, candidates: Candidates, **kwargs: Any) -> None:
        """Offer what could be put to the group, and the meetings not sealed yet."""
        super().__init__(*args, **kwargs)
        offered = _choices(candidates)
        self._offered = {each.latest.uuid: each.latest for each, _label in offered}
        self.fields["wordings"].choices = [  # type: ignore[attr-defined]
            (str(each.latest.uuid), label) for each, label in offered
        ]
        if self.is_bound:
            asked = {str(each.uuid): each for each in wordings_with_the_group(project)}
            self.fields["wordings"].asked = asked  # type: ignore[attr-defined]
            self._offered = {each.uuid: each for each in asked.values()} | self._offered
        meetings = Meeting.objects.of(project).standing().filter(sealed_at__isnull=True)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.order_fields(["wordings", "meeting", "closes_on", "closes_time"])

    def meeting_named(self, uuid: str) -> Meeting | None:
        """Return the meeting on the list that an address names, if it does."""
        found = (row for row in self.fields["meeting"].queryset if str(row.uuid) == uuid)  # type: ignore[attr-defined]
        return next(found, None)

    def close_with(self, meeting: Meeting) -> None:
        """Begin with a meeting, and with its end as the last moment to answer."""
        self.initial["meeting"] = meeting.uuid
        if meeting.is_over_at > timezone.now():
            over = timezone.localtime(meeting.is_over_at)
            self.initial.update({"closes_on": over.date(), "closes_time": over.time()})

    @property
    def ticked(self) -> list[Wording]:
        """The wordings to ask the group about, in the order of the form."""
        return [self._offered[uuid] for uuid in self.cleaned_data["wordings"]]
