"""Forms for typing what people said, and for a resident's own answers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField
from coproduction.projects.models import Project
from coproduction.ui.forms import words_field
from engagements.forms.fields import consent_field, language_field, question_field, weight_field
from engagements.models import LONGEST_COMMENT, Question
from engagements.services.survey import NothingAnswered

TOO_LONG = _("That is longer than 100,000 letters. Split it into several comments.")


def client_id_field() -> forms.UUIDField:
    """Return the hidden name of one entry, by which it is kept once however often it is sent."""
    return forms.UUIDField(
        required=False,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Load the page again and send it once more.")},
    )


def descriptor_field(**kwargs: Any) -> TypedTextField:
    """Return the field for how to describe who spoke, without naming them."""
    return words_field(kwargs.pop("label", _("Who said it")), 80, **kwargs)


class EntryForm(forms.Form):
    """What typing and pasting share: the question, who spoke, consent and language."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's questions and languages."""
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["question"] = question_field(project)
        self.fields["descriptor"] = descriptor_field(
            help_text=_("Such as: an older resident. Never a name.")
        )
        self.fields["quote_consent"] = consent_field()
        self.fields["language"] = language_field(project)
        self.fields["client_id"] = client_id_field()
        self.initial.setdefault("client_id", uuid.uuid4())
        self.order_fields(self.field_order)


class TypeForm(EntryForm):
    """One comment, as it was said."""

    text = TypedTextField(
        label=_("What they said, in their own words"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": _("Type what was said."),
            "max_length": TOO_LONG,
        },
    )
    field_order = ("question", "text", "quote_consent", "descriptor", "weight", "language")
    # With the keyboard of a phone up, the box and the button are what is seen.
    sections = (("", ("question", "text", "quote_consent")),)
    button_after = "quote_consent"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what would push the button out of view."""
        super().__init__(*args, **kwargs)
        self.fields["quote_consent"].help_text = ""
        self.fields["weight"] = weight_field(required=False)
        self.order_fields(self.field_order)


class SurveyAnswerForm(forms.Form):
    """A resident's answers: any of the questions, and whether they may be quoted."""

    quote_consent = forms.BooleanField(
        label=_("Yes, you can print my words"),
        help_text=_(
            "We never print your name. If you leave this empty, we only count what you say."
        ),
        required=False,
    )
    descriptor = descriptor_field(
        label=_("Tell us a little about you"),
        help_text=_("Such as: a parent, or a young person. Nothing that tells who you are."),
    )

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        """Ask ``questions``, each with a large box named by its code."""
        super().__init__(*args, **kwargs)
        self.asked = [question.kind for question in questions]
        for question in questions:
            self.fields[question.kind] = TypedTextField(
                label=str(question.wording),
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
                max_length=20_000,
                error_messages={
                    "max_length": _("Use 20,000 letters or fewer."),
                },
            )
        self.fields["client_id"] = client_id_field()
        self.initial.setdefault("client_id", uuid.uuid4())
        self.order_fields([*self.asked, "quote_consent", "descriptor"])

    def clean(self) -> dict[str, Any]:
        """Ask for an answer to at least one of the questions."""
        fields = super().clean() or {}
        if not any(fields.get(kind) or kind in self.errors for kind in self.asked):
            self.add_error(self.asked[0] if self.asked else None, NothingAnswered.sentence)
        return fields

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers by kind of question."""
        return {kind: self.cleaned_data.get(kind, "") for kind in self.asked}
