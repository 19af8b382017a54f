"""What is typed and chosen about rounds: which wordings, until when, and members' answers."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from crispy_forms_gds.choices import Choice
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import fold
from coproduction.languages.formats import write_date
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField, date_field, hour_field, radio_field, words_field
from steering.models import Answer, Meeting, Response, Round, Seat
from steering.queries.agreement import ActionStatus
from steering.queries.answer import RoundAnswers
from steering.queries.round import Candidates
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
            data["closes_at"] = timezone.make_aware(
                datetime.combine(data["closes_on"], data["closes_time"])
            )
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


class RoundsForm(ClosingForm):
    """Which wordings to put to the group, and until when it can answer."""

    wordings = forms.TypedMultipleChoiceField(
        label=_("Which actions?"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one action to put to the group."),
            "invalid_choice": _("That list has changed. Tick again what is on it."),
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
        meetings = Meeting.objects.of(project).filter(sealed_at__isnull=True)
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
        """The wordings ticked."""
        return [self._offered[uuid] for uuid in self.cleaned_data["wordings"]]


_MEANINGS = {
    Answer.AGREE: _("You are happy with it as it reads."),
    Answer.RESERVATION: _("You can live with it, and something still bothers you."),
    Answer.NOT_YET: _("You need to know more, or it needs more work."),
    Answer.OBJECT: _("You think it would do harm."),
    Answer.STAND_ASIDE: _("You or yours would gain from it, so you leave it to the others."),
}


class AnswerForm(forms.Form):
    """A member's answer."""

    answer = radio_field(
        _("What do you say?"),
        [Choice(answer.value, answer.label, hint=_MEANINGS[answer]) for answer in Answer],
        _("Choose an answer."),
        invalid=_("Choose one of the answers listed."),
    )
    reason = words_field(
        _("Anything you want to add"),
        2000,
        help_text=_(
            "What worries you, or what would help, if you like to say. "
            "Only the chair and the co-ordinator read this."
        ),
        # By its placeholder the stylesheet sees whether the box is empty.
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
    )

    def say_until(self, closes_at: datetime) -> None:
        """Say beside the answers until when they can be changed."""
        until = write_date(timezone.localtime(closes_at), "UNTIL_FORMAT")
        note = _(
            "You never have to explain yourself in front of others. "
            "You can change your answer until %(until)s."
        )
        self.fields["answer"].help_text = note % {"until": until}


class RecordForm(AnswerForm):
    """An answer that somebody gave by phone or in the room."""

    seat = RecordField(
        label=_("Whose answer is it?"),
        queryset=Seat.objects.none(),
        error_messages={
            "required": _("Choose whose answer it is."),
            "invalid_choice": _("Choose a member from the list."),
        },
    )
    # The member's own answer that this one is meant to replace: filled in once it was asked.
    replacing = forms.ModelChoiceField(
        queryset=Response.objects.none(), required=False, widget=forms.HiddenInput
    )

    field_order = ("seat", "answer", "reason")

    def __init__(self, *args: Any, round: Round, tally: RoundAnswers, **kwargs: Any) -> None:
        """Offer those asked who have not left. Ids differ from the page's own answer form."""
        super().__init__(*args, **{"prefix": "record"} | kwargs)
        self.fields["seat"].queryset = round.electorate.all().not_ended()  # type: ignore[attr-defined]
        self.fields["seat"].choices = _by_answer(tally)  # type: ignore[attr-defined]
        self.fields["replacing"].queryset = round.responses.all()  # type: ignore[attr-defined]
        self.fields["answer"].label = _("Their answer")
        self.fields["answer"].choices = Answer.choices  # type: ignore[attr-defined]
        self.fields["reason"].label = _("Anything they want to add")
        self.fields["reason"].help_text = _("Only the chair and the co-ordinator read this.")

    def ask_to_replace(self, own: Response) -> None:
        """Take the same sent once more as meant: it replaces this answer, and no other."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("replacing")] = own.pk  # type: ignore[index]

    @property
    def asks(self) -> bool:
        """Whether it waits to be told that a member's own answer is to be replaced."""
        return self.is_bound and bool(self["replacing"].value())


def _by_answer(tally: RoundAnswers) -> list[tuple[str, str]]:
    """Name the seats with what they say now; those who have not answered come first."""
    waiting = [(seat, str(_("no answer yet"))) for seat in tally.missing]
    answered = [(each.seat, str(Answer(each.answer).label)) for each in tally.answers]
    rows = [
        (str(seat.uuid), f"{seat.name} ({seat.get_sector_display()}): {now}")
        for part in (waiting, answered)
        for seat, now in sorted(part, key=lambda row: fold(row[0].name))
        if not seat.has_ended
    ]
    return [("", str(_("Choose a member"))), *rows]
