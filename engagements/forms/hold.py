"""What a page of answers on hold sends: a decision about some of them, and the rules."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.record import ChangingForm
from engagements.models import HoldDecision, HoldRules
from engagements.services.hold_decision import HoldsShown

# A page shows no more to tick.
MOST_TICKED = 500
_MOST_IN_AN_HOUR = 100_000
_LONGEST_NUMBER = 10**15


class _Ticked(forms.Field):
    """The answers that were ticked, by their uuids; what is none was not sent by us."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:
        """Read them."""
        try:
            return [UUID(each) for each in (value or [])[:MOST_TICKED]]
        except ValueError:
            raise forms.ValidationError(_("Tick the answers again.")) from None


def _number() -> forms.IntegerField:
    """Return a field for a number that the page carries."""
    return forms.IntegerField(min_value=0, max_value=_LONGEST_NUMBER)


class HoldDecisionForm(forms.Form):
    """What a button on a page of answers on hold asks for, and what that page showed."""

    outcome = forms.ChoiceField(choices=HoldDecision.Outcome.choices)
    aside = forms.BooleanField(required=False)
    group = forms.UUIDField(required=False)
    number = _number()
    last_hold = _number()
    last_decision = _number()
    # That only those ticked are meant, also where none is.
    ticked_only = forms.BooleanField(required=False)
    holds = _Ticked(required=False)

    @property
    def shown(self) -> HoldsShown:
        """What the page showed of what the button is about."""
        sent = self.cleaned_data
        ticked = sent["holds"] if sent["ticked_only"] else []
        return HoldsShown(
            number=len(ticked) if sent["ticked_only"] else sent["number"],
            last_hold=sent["last_hold"],
            last_decision=sent["last_decision"],
            group=sent["group"],
            ticked=ticked,
            were_aside=sent["aside"],
        )

    @property
    def lacks_ticks(self) -> bool:
        """Whether those ticked are meant, and none is."""
        return bool(self.cleaned_data["ticked_only"] and not self.cleaned_data["holds"])


def _limit_field(label: Any, help_text: Any) -> forms.IntegerField:
    """Return a field for how many answers in an hour count without a look."""
    message = _("Enter a whole number from 1 to 100,000.")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=_MOST_IN_AN_HOUR,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), message),
    )


class HoldRulesForm(ChangingForm):
    """From when on answers are put on hold: how many in an hour, and which words."""

    most_of_network = _limit_field(
        _("Answers in an hour from one network"),
        _("A school or a library is one network. Further answers to the survey go on hold."),
    )
    most_of_survey = _limit_field(
        _("Answers in an hour to one survey"),
        _("From everywhere together. Further answers go on hold."),
    )
    words = TypedTextField(
        label=_("Words to look out for"),
        help_text=_(
            "One a line. An answer that has one of them goes on hold. Capitals and accents make no "
            "difference. Nobody but co-ordinators sees this list."
        ),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, rules: HoldRules, **kwargs: Any) -> None:
        """Begin with the rules as they are."""
        super().__init__(*args, **kwargs)
        names = ("most_of_network", "most_of_survey", "words")
        self.initial = {name: getattr(rules, name) for name in names}
