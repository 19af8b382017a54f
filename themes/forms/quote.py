"""What is typed of a quote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.ui.forms import words_field
from engagements.models import Comment
from themes.forms.fields import KeyField


class _QuoteFields(forms.Form):
    """The words to quote, how their speaker is described, and a translation.

    It remembers the comment's last redaction when it was drawn: from one after it, the words typed
    may hold what was taken out.
    """

    redaction = KeyField(least=0, required=False)

    extract = TypedTextField(
        label=_("Words to quote"),
        help_text=_("The person's own words, in their order. Put … where you leave some out."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={
            "required": _("Enter the words to quote."),
            "max_length": _("Use %(limit_value)d characters or fewer."),
        },
    )
    descriptor = words_field(
        _("Who said it"),
        80,
        help_text=_("Such as “An older resident”. Never a name, or anything that points to one."),
    )

    def __init__(
        self, *args: Any, comment: Comment, languages: Sequence[str], **kwargs: Any
    ) -> None:
        """Ask for a translation into the project's other languages."""
        super().__init__(*args, **kwargs)
        self.fields["extract"].widget.attrs["lang"] = comment.language
        others = [language for language in languages if language != comment.language]
        if others:
            self.fields["translation"] = TranslatedFormField(
                languages=others,
                label=_("Translation"),
                help_text=_("It stands beside the person's own words, never instead of them."),
                required=False,
                multiline=True,
                rows=3,
                own_words=True,
                max_length=1000,
            )


class NewQuoteForm(CreatingForm, _QuoteFields):
    """Which words of a comment to quote, and how to describe who spoke."""


class QuoteForm(ChangingForm, _QuoteFields):
    """What can be changed of a quote: its words, their translation, who spoke."""

    # The quote's as the page showed it: one taken back since is not cleared unseen.
    version = KeyField(least=0, required=False)
