"""What members answer, for themselves or by somebody who writes it down."""

from typing import Any
from uuid import UUID

from crispy_forms_gds.choices import Choice
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.languages.sorting import by_name
from coproduction.projects.models import User
from coproduction.ui.forms import RecordField, radio_field, words_field
from steering.models import Answer, Round, Seat, WrittenDown
from steering.queries.answer import RoundAnswers
from steering.queries.group import people_in_the_room

_MEANINGS = {
    Answer.AGREE: _("You are happy with it as it reads."),
    Answer.RESERVATION: _("You can live with it, and something still bothers you."),
    Answer.NOT_YET: _("You need to know more, or it needs more work."),
    Answer.OBJECT: _("You think it would do harm."),
    Answer.STAND_ASIDE: _("You or yours would gain from it, so you leave it to the others."),
}


class _Answer(forms.Form):
    """One of the five answers, and why."""

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


class AnswerForm(_Answer):
    """What a member says to the wording of a round, and why if they like."""

    def __init__(self, *args: Any, round: Round, if_not: bool = False, **kwargs: Any) -> None:
        """Say beside the answers until when they can be changed, while they can be.

        ``if_not`` asks below something that they may have said: the one heading of the boxes.
        """
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        if if_not:
            answer.label = _("If not, what do you say?")
        if round.takes_answers_at(timezone.now()):
            note = _(
                "You never have to explain yourself in front of others. "
                "You can change your answer until %(until)s."
            )
            until = write_date(timezone.localtime(round.closes_at), "UNTIL_FORMAT")
            answer.help_text = note % {"until": until}


class _HeardByField(RecordField):
    """Choose a person."""

    def label_from_instance(self, obj: User) -> str:
        """Name them as pages do."""
        return obj.display_name


class RecordForm(_Answer):
    """An answer that a member gave to somebody else, who writes it down."""

    seat = RecordField(
        label=_("Whose answer is it?"),
        queryset=Seat.objects.none(),
        error_messages={
            "required": _("Choose whose answer it is."),
            "invalid_choice": _("Choose a member from the list."),
        },
    )
    how = radio_field(
        _("How did they tell you?"),
        WrittenDown.choices,
        _("Say how they told you."),
        invalid=_("Choose from the list."),
    )
    heard_by = _HeardByField(
        label=_("Who else heard it in the room?"),
        help_text=_(
            "Only if it takes the place of an answer of their own. Whoever you name is asked too."
        ),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody else"),
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )

    field_order = ("seat", "answer", "reason", "how", "heard_by")

    def __init__(self, *args: Any, round: Round, tally: RoundAnswers, **kwargs: Any) -> None:
        """Offer those asked who have not left. Ids differ from the page's own answer form."""
        super().__init__(*args, **{"prefix": "record"} | kwargs)
        self.fields["seat"].queryset = round.electorate.all().not_ended()  # type: ignore[attr-defined]
        self.fields["seat"].choices = _by_answer(tally)  # type: ignore[attr-defined]
        self.fields["heard_by"].queryset = people_in_the_room(round)  # type: ignore[attr-defined]
        self.fields["answer"].label = _("Their answer")
        self.fields["answer"].choices = Answer.choices  # type: ignore[attr-defined]
        self.fields["reason"].label = _("Anything they want to add")
        self.fields["reason"].help_text = _("Only the chair and the co-ordinator read this.")


class ConfirmForm(forms.Form):
    """A button that says: that is what I said."""


class LetterCodeForm(forms.Form):
    """The short code that a member reads out from their letter."""

    code = words_field(
        _("The six digits in the letter"),
        12,
        _("Type the six digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def code_prefix(uuid: UUID) -> str:
    """Return what tells the boxes for the codes of several answers on one page apart."""
    return f"code-{uuid.hex}"


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
