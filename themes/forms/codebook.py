"""What is well formed when people write the codebook, code, quote and write findings."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from engagements.models import Comment
from themes.forms.fields import BackPathField, KeyField, KeysField, UuidsField
from themes.models import Colour, Theme

_TOO_LONG = {"max_length": _("Use %(limit_value)d characters or fewer.")}


class QueuePlaceForm(forms.Form):
    """Where somebody is in the queue, as an address says it."""

    after = KeyField(required=False, least=0)
    have = KeysField(required=False)
    comment = KeyField(required=False)
    question = forms.UUIDField(required=False)
    code = UuidsField(required=False)
    done = KeyField(required=False)
    added = UuidsField(required=False)
    removed = UuidsField(required=False)
    back = BackPathField()


class CodingForm(forms.Form):
    """The codes ticked for one comment, and those that were ticked when the page was drawn."""

    comment = KeyField()
    codes = UuidsField(required=False)
    was = UuidsField(required=False)
    question = forms.UUIDField(required=False)
    back = BackPathField()


class CodingUndoForm(forms.Form):
    """What a change did to one comment, to take it back."""

    comment = KeyField()
    added = UuidsField(required=False)
    removed = UuidsField(required=False)
    question = forms.UUIDField(required=False)


class ThemeForm(forms.Form):
    """What a theme is called, means and wears."""

    colour = forms.ChoiceField(
        label=_("Colour and shape"),
        choices=Colour.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a colour."),
            "invalid_choice": _("Choose a colour from the list."),
        },
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask for the name and the definition in each of the project's languages."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = TranslatedFormField(
            languages=languages,
            label=_("Name"),
            max_length=80,
            error_messages={"required": _("Enter a name.")},
        )
        self.fields["definition"] = TranslatedFormField(
            languages=languages,
            label=_("What belongs here"),
            help_text=_("A line that helps two people put the same comment in the same place."),
            required=False,
            multiline=True,
            rows=2,
            max_length=500,
        )
        self.order_fields(["name", "definition", "colour"])


class ParentChoice(forms.ModelChoiceField):
    """One of a project's themes, or none yet; anything else is refused in plain words."""

    def __init__(self, themes: Any, **kwargs: Any) -> None:
        """Offer these themes, in order."""
        super().__init__(
            queryset=themes,
            label=_("Theme"),
            to_field_name="uuid",
            required=False,
            empty_label=_("No theme yet"),
            error_messages={"invalid_choice": _("Choose a theme from the list.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """Find the theme among those on offer."""
        try:
            return super().to_python(value)
        except forms.ValidationError as fault:
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from fault


class CodeForm(ThemeForm):
    """What a code is called and means, and the theme it goes under."""

    def __init__(self, *args: Any, languages: Sequence[str], themes: Any, **kwargs: Any) -> None:
        """Ask for a theme instead of a colour: a code wears its theme's."""
        super().__init__(*args, languages=languages, **kwargs)
        del self.fields["colour"]
        if themes is not None:
            self.fields["parent"] = ParentChoice(themes)


class CodeMoveForm(forms.Form):
    """The theme that a code should go under."""

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        """Offer these themes."""
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ParentChoice(themes)


class ThemeMergeForm(forms.Form):
    """What a theme or code should become part of."""

    def __init__(self, *args: Any, others: Iterable[Theme], **kwargs: Any) -> None:
        """Offer the others of its kind; codes are listed under their themes."""
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for other in others:
            heading = str(other.parent) if other.parent else str(_("No theme yet"))
            groups.setdefault("" if other.is_theme else heading, []).append(
                (str(other.uuid), str(other))
            )
        choices: list[Any] = [("", _("Choose one")), *groups.pop("", [])]
        self.fields["into"] = forms.ChoiceField(
            label=_("Merge it into"),
            choices=[*choices, *groups.items()],
            error_messages={
                "required": _("Choose what to merge it into."),
                "invalid_choice": _("Choose from the list."),
            },
        )


class FindingForm(forms.Form):
    """What was heard on a theme."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask for it in each of the project's languages, side by side."""
        super().__init__(*args, **kwargs)
        self.fields["text"] = TranslatedFormField(
            languages=languages,
            label=_("What we heard"),
            help_text=_(
                "Two or three plain sentences that the comments bear out. "
                "Residents read this as soon as you save it."
            ),
            multiline=True,
            rows=8,
            max_length=3000,
            error_messages={"required": _("Write what you heard, in either language.")},
        )


class QuoteForm(forms.Form):
    """The words to quote, who is said to have said them, and a translation beside.

    It remembers the comment's last redaction when it was drawn: from one after it, the words typed
    may hold what was taken out.
    """

    seen = KeyField(least=0, required=False)

    extract = forms.CharField(
        label=_("Words to quote"),
        help_text=_("The person's own words, in their order. Put … where you leave some out."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Enter the words to quote."), **_TOO_LONG},
    )
    descriptor = forms.CharField(
        label=_("Who said it"),
        help_text=_("Such as “An older resident”. Never a name, or anything that points to one."),
        required=False,
        max_length=80,
        error_messages=_TOO_LONG,
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
                max_length=1000,
            )


class QueueQuestionForm(forms.Form):
    """Which question's comments to show."""

    def __init__(self, *args: Any, questions: Iterable[Any], **kwargs: Any) -> None:
        """Offer every question, and all of them."""
        super().__init__(*args, **kwargs)
        self.fields["question"] = forms.ChoiceField(
            label=_("Question"),
            required=False,
            choices=[("", _("All of them")), *((str(q.uuid), str(q.wording)) for q in questions)],
            widget=forms.Select(attrs={"class": "field"}),
        )
