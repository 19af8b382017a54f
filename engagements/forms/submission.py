"""Forms for typing and pasting what people said, and for a resident's own answers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.forms import TypedTextField
from coproduction.projects.models import Project
from coproduction.ui.forms import words_field
from engagements.forms.fields import consent_field, language_field, question_field
from engagements.forms.pasting import has_list_marker, split_lines, without_list_marker
from engagements.models import LONGEST_COMMENT, Question
from engagements.services.survey import NothingAnswered

MOST_LINES = 2_000
_TOO_LONG = _("That is longer than 100,000 letters. Split it into several comments.")


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


class _EntryForm(forms.Form):
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


class TypeForm(_EntryForm):
    """One comment, as it was said."""

    text = TypedTextField(
        label=_("What they said, in their own words"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": _("Type what was said."),
            "max_length": _TOO_LONG,
        },
    )
    field_order = ("text", "question", "quote_consent", "descriptor", "language")


class PasteForm(_EntryForm):
    """Many comments, one on each line."""

    lines = TypedTextField(
        label=_("Comments, one on each line"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=2_000_000,
        error_messages={
            "required": _("Paste the comments first."),
            "max_length": _("That is too much at once. Paste it in smaller pieces."),
        },
    )
    # The key of the preview: only those are kept.
    previewed = TypedTextField(required=False, widget=forms.HiddenInput)
    field_order = ("lines", "keep_marks", "question", "quote_consent", "descriptor", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say that one answer about consent goes for everyone pasted."""
        super().__init__(*args, **kwargs)
        self.fields["quote_consent"] = consent_field(
            label=_("Every one of them agreed to be quoted"),
            help_text=_(
                "One tick goes for all lines. If even one person did not say yes, leave it empty."
            ),
        )
        self.fields["descriptor"].help_text = _(
            "Goes for all the lines. Such as: an older resident. Never a name."
        )
        self.fields["language"] = language_field(self.project, guess=True)
        # Asked only where there is something to keep.
        pasted = split_lines(self.data.get(self.add_prefix("lines"), ""))
        self.with_marker = sum(map(has_list_marker, pasted))
        if self.with_marker:
            self.fields["keep_marks"] = forms.BooleanField(
                label=_("Keep the marks in front of the lines"),
                help_text=_("Such as “-”, “•” or “1.”. Without a tick they are taken off."),
                required=False,
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Take the marks of a list off, unless they are to stay."""
        fields = super().clean() or {}
        if "lines" in fields and not fields.get("keep_marks"):
            fields["lines"] = [without_list_marker(line) for line in fields["lines"]]
        return fields

    def clean_lines(self) -> list[str]:
        """Return a comment for each line. Raises ValidationError for too many, or too long."""
        lines = split_lines(self.cleaned_data["lines"])
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Paste 2,000 lines or fewer at once."))
        if any(len(line) > LONGEST_COMMENT for line in lines):
            raise ValidationError(_TOO_LONG)
        return lines

    @property
    def preview_key(self) -> str:
        """Return a key of the lines as they are now, and of whether they may be quoted."""
        content = [self.cleaned_data["quote_consent"], *self.cleaned_data["lines"]]
        return fingerprint(content, length=16)

    @property
    def was_previewed(self) -> bool:
        """Whether these very lines were shown in a preview, with this consent."""
        return self.cleaned_data["previewed"] == self.preview_key


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
