"""Forms of a change to many comments: which a list showed are meant, and what to change."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import CreatingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import choice_field, words_field
from engagements.forms.engagement_names import EngagementByNameField
from engagements.forms.fields import language_field, question_field
from engagements.models import BulkChange, Engagement
from engagements.services.bulk_change import NewValue

Kind = BulkChange.Kind
# No page shows more to tick.
MOST_TICKED = 200
_LONGEST_NUMBER = 10**15
# One comment, as its box says: its sitting, and its place in it.
Ticked = tuple[UUID, int]


class _TickedField(forms.Field):
    """The comments that were ticked; what was not sent by us is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Ticked]:
        """Read them."""
        found = []
        for each in (value or [])[:MOST_TICKED]:
            sitting, _dot, position = str(each).partition(".")
            try:
                found.append((UUID(sitting), int(position[:5])))
            except ValueError:
                continue
        return found


def _number() -> forms.IntegerField:
    """Return a field for a number that the list carries."""
    return forms.IntegerField(required=False, min_value=0, max_value=_LONGEST_NUMBER)


class ChosenFields(forms.Form):
    """What an address carries that means some comments of a list: those ticked, or all that match.

    How many the list said there were, and what was the newest comment and the newest entry of the
    trail then. It stands beside a form that narrows the list.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for it all; nothing of it is refused, and what is missing chooses nothing."""
        super().__init__(*args, **kwargs)
        self.fields["ticked"] = _TickedField(required=False)
        self.fields["every"] = forms.BooleanField(required=False)
        self.fields["entry"] = _number()
        self.fields["newest"] = _number()
        self.fields["number"] = _number()

    @property
    def means_every(self) -> bool:
        """Whether all that match are meant, and not those ticked."""
        return bool(self.cleaned_data.get("every"))


class BulkChangeForm(CreatingForm):
    """What to change of many comments: one thing, and its new value."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Ask which thing; each has a box of its own."""
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(
            _("What do you want to change?"),
            Kind.choices,
            _("Choose what to change."),
            widget=forms.RadioSelect,
        )
        self.fields[Kind.QUESTION] = question_field(project)
        self.fields[Kind.ENGAGEMENT] = EngagementByNameField(
            project,
            help_text=_(
                "Everything each of these people said then comes along. How many people were heard "
                "stays as each log says it."
            ),
        )
        self.fields[Kind.CONSENT] = choice_field(
            _("May they be quoted?"),
            [("yes", _("Yes, each of them said so")), ("no", _("No"))],
            _("Choose whether they may be quoted."),
            widget=forms.RadioSelect,
            help_text=_("Where consent was taken back before, yes has to be given one by one."),
        )
        self.fields[Kind.DESCRIPTOR] = words_field(
            _("Who said it"),
            80,
            help_text=_(
                "Such as: an older resident. Never a name. It goes for all that each of these "
                "people said then, and quotes must be looked at again."
            ),
        )
        self.fields[Kind.LANGUAGE] = language_field(
            project,
            help_text=_("It goes for all that each of these people said then."),
        )

    _boxes = (Kind.QUESTION, Kind.ENGAGEMENT, Kind.CONSENT, Kind.DESCRIPTOR, Kind.LANGUAGE)

    def clean(self) -> dict[str, Any]:
        """Leave out what stands in the boxes of what is not to change, and what is wrong there."""
        fields = super().clean()
        for name in self._boxes:
            if name != fields.get("kind"):
                self.errors.pop(name, None)
        return fields

    @property
    def to(self) -> NewValue:
        """What a valid form makes of the comments."""
        sent = self.cleaned_data
        match sent["kind"]:
            case Kind.QUESTION:
                return NewValue(kind=Kind.QUESTION, question=sent["question"])
            case Kind.ENGAGEMENT:
                return NewValue(kind=Kind.ENGAGEMENT, engagement=sent["engagement"])
            case Kind.CONSENT:
                return NewValue(kind=Kind.CONSENT, consent=sent["consent"] == "yes")
            case Kind.DESCRIPTOR:
                return NewValue(kind=Kind.DESCRIPTOR, descriptor=sent["descriptor"])
            case Kind.LANGUAGE:
                return NewValue(kind=Kind.LANGUAGE, language=sent["language"])
        return NewValue(kind=Kind.WITHDRAWAL)


class EngagementCallOffForm(forms.Form):
    """What becomes of the comments of an engagement that is called off."""

    def __init__(self, *args: Any, engagement: Engagement, number: int, **kwargs: Any) -> None:
        """Ask; say how many there are."""
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(
            _("What becomes of what people said there?"),
            [
                (Kind.ENGAGEMENT, _("Move it to another engagement")),
                (Kind.WITHDRAWAL, _("Withdraw it: its words are shown nowhere")),
            ],
            _("Choose what becomes of it."),
            widget=forms.RadioSelect,
        )
        self.fields[Kind.ENGAGEMENT] = EngagementByNameField(
            engagement.project, help_text=_("Where people really said it."), but=engagement
        )
        self.fields["number"] = forms.IntegerField(
            required=False, min_value=0, max_value=_LONGEST_NUMBER, widget=forms.HiddenInput
        )
        self.initial["number"] = number

    def clean(self) -> dict[str, Any]:
        """Leave out where it is moved to, when it is not."""
        fields = super().clean() or self.cleaned_data
        if fields.get("kind") != Kind.ENGAGEMENT:
            self.errors.pop(Kind.ENGAGEMENT, None)
        return fields

    @property
    def to(self) -> NewValue:
        """What a valid form makes of the comments."""
        if self.cleaned_data["kind"] == Kind.ENGAGEMENT:
            return NewValue(kind=Kind.ENGAGEMENT, engagement=self.cleaned_data["engagement"])
        return NewValue(kind=Kind.WITHDRAWAL)
