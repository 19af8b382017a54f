"""What is typed about decisions, and about texts of actions in other languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.languages.models import Translated
from coproduction.projects.forms.record import CarryingForm, ChangingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import date_field, radio_field
from steering.models import Decision
from steering.queries.answer import AnswerCounts


class RoundDecisionForm(CarryingForm):
    """What the group decided, why, and when to look again."""

    outcome = radio_field(
        _("What did the group decide?"),
        Decision.Outcome.choices,
        _("Choose what the group decided."),
        invalid=_("Choose from the list. It leaves out what the answers rule out."),
    )
    review_on = date_field(_("Look at it again on"), required=False)

    # What the answers came to on the page on which somebody decides.
    answers = TypedTextField(required=False, widget=forms.HiddenInput)
    # The outcome that was asked about: chosen against the answers, and sent once more.
    meant = TypedTextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, project: Project, tally: AnswerCounts, only_send_back: bool, **kwargs: Any
    ) -> None:
        """Offer the outcomes that the answers leave open."""
        super().__init__(*args, **{"prefix": "decide"} | kwargs)
        self._tally = tally
        self._answers = fingerprint(
            [sorted(tally.counts.items()), tally.given_up, tally.written_down], length=16
        )
        self.initial["answers"] = self._answers
        left = list(Decision.Outcome.choices)
        if only_send_back or not tally.quorum_met:
            left = [choice for choice in left if choice[0] == Decision.Outcome.SENT_BACK]
        elif not tally.supports_agreement:
            left = [choice for choice in left if choice[0] != Decision.Outcome.AGREED]
        self.fields["outcome"].choices = left  # type: ignore[attr-defined]
        self.fields["reason"] = TranslatedFormField(
            languages=project.languages,
            label=_("Why?"),
            help_text=_(
                "Residents will read this. Never say who answered what. If it is left out, say on "
                "a line of its own whom they can ask."
            ),
            multiline=True,
            max_length=2000,
            error_messages={"required": _("Say why. Residents will read it.")},
        )
        self.order_fields(["outcome", "reason", "review_on"])

    def clean(self) -> dict[str, Any]:
        """Ask once about an outcome that the answers speak against: it may be a slip.

        Nor is anything decided on answers that have changed since they were read.
        """
        data = self.cleaned_data
        if data.pop("answers", "") not in {"", self._answers}:
            self.carry("answers", self._answers)
            self.add_error(
                None,
                _(
                    "An answer has changed since you opened this page. Look at what was answered, "
                    "then record the decision once more."
                ),
            )
        outcome, meant = data.get("outcome", ""), data.pop("meant", "")
        against = outcome not in {"", Decision.Outcome.AGREED}
        if against and self._tally.supports_agreement and meant != outcome:
            self.carry("meant", outcome)
            question = _(
                "%(agreeing)s of %(seats)s agree, and you chose: %(outcome)s. "
                "Is that right? Then record it once more."
            )
            about = {"agreeing": self._tally.agreeing, "seats": self._tally.seats}
            self.add_error(None, question % {**about, "outcome": Decision.Outcome(outcome).label})
        return data


class SteeringTranslationForm(ChangingForm):
    """The same text in the project's other languages."""

    def __init__(self, *args: Any, project: Project, text: Translated, **kwargs: Any) -> None:
        """Offer every language but the one it was first written in."""
        super().__init__(*args, **kwargs)
        others = [language for language in project.languages if language != text.source]
        self.fields["text"] = TranslatedFormField(
            languages=others,
            label=_("The same in the other language"),
            multiline=True,
            max_length=2000,
            error_messages={"required": _("Write the translation.")},
        )
        self.initial = {"text": text}
