"""What members answer, for themselves or by somebody who writes it down."""

from datetime import datetime
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.languages.sorting import by_name
from coproduction.ui.forms import RecordField, radio_field, words_field
from steering.models import Answer, Response, Round, Seat
from steering.queries.answer import RoundAnswers

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
        for seat, now in by_name(part, lambda row: row[0].name)
        if not seat.has_ended
    ]
    return [("", str(_("Choose a member"))), *rows]
