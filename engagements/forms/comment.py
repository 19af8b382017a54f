"""Forms of one comment: taking names out, a typo put right, how it was kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.projects.forms.record import ChangingForm
from coproduction.ui.forms import words_field
from engagements.forms.fields import (
    age_field,
    consent_field,
    home_field,
    language_field,
    question_field,
    weight_field,
)
from engagements.models import LONGEST_COMMENT, Comment


class RedactForm(ChangingForm):
    """A comment's words without what names or points to a person."""

    text = TypedTextField(
        label=_("The comment"),
        help_text=_("Put what you take out in brackets, such as [name]."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": _("Leave some words. To hide all of it, withdraw the comment."),
            "max_length": _("That is longer than 100,000 letters."),
        },
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        """Show the words, and each translation: a name may stand in it too."""
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = comment.language
        self.initial.setdefault("text", comment.text)
        if translated := list(comment.translation.entries):
            self.fields["translation"] = TranslatedFormField(
                languages=translated,
                label=_("Translation"),
                required=False,
                multiline=True,
                rows=6,
                own_words=True,
                max_length=LONGEST_COMMENT,
                initial=comment.translation,
                error_messages={"max_length": _("That is longer than 100,000 letters.")},
            )
        self.fields["descriptor"] = words_field(
            _("Who said it"),
            80,
            help_text=_("Such as: an older resident. Never a name."),
            initial=comment.submission.descriptor,
        )

    @property
    def descriptor(self) -> str | None:
        """Return how the speaker is described from now on; None when nothing was sent."""
        sent = self.add_prefix("descriptor") in self.data
        return self.cleaned_data["descriptor"] if sent else None


class TypoForm(ChangingForm):
    """A comment's words, to put right what was typed or heard wrongly."""

    text = TypedTextField(
        label=_("What they said"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": _("Leave some words. To hide all of it, withdraw the comment."),
            "max_length": _("That is longer than 100,000 letters."),
        },
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        """Show the words."""
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = comment.language
        self.initial.setdefault("text", comment.text)


class CorrectForm(ChangingForm):
    """How a comment was kept: consent, question, who spoke, language, marks. Never its words.

    It carries how often consent was taken away: a tick from before the last time gives none.
    """

    taken_back = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        """Show how it is kept now."""
        super().__init__(*args, **kwargs)
        submission = comment.submission
        self.fields["taken_back"].initial = comment.consent_taken_back
        self.fields["quote_consent"] = consent_field(
            help_text=_(
                "Take the tick away if they did not say yes: their words are then quoted nowhere, "
                "from now on."
            ),
            initial=comment.quote_consent,
        )
        if comment.submission.comments.count() > 1:
            self.fields["consent_of_all"] = forms.BooleanField(
                label=_("The same for all else they said then"),
                help_text=_(
                    "Where the tick was taken away before, it comes back only if you give it there."
                ),
                required=False,
            )
        self.fields["question"] = question_field(
            comment.project, also=comment.question, initial=comment.question.uuid
        )
        self.fields["descriptor"] = words_field(
            _("Who said it"),
            80,
            help_text=_(
                "Such as: an older resident. Never a name. If you change it, quotes must be "
                "looked at again."
            ),
            initial=submission.descriptor,
        )
        self.fields["age_band"] = age_field(initial=submission.age_band)
        self.fields["area"] = home_field(initial=submission.area)
        self.fields["weight"] = weight_field(required=False, initial=comment.weight)
        # A file may be in any language.
        with_lang = submission.language
        self.fields["language"] = language_field(comment.project, also=with_lang, initial=with_lang)
