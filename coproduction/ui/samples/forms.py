"""The form of the style page: every kind of field, with its own words when it is wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import language_codes
from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.ui.forms import choice_field, date_field, radio_field, words_field

AREAS = [("", _("Choose one")), ("upper", _("The upper end")), ("lower", _("The lower end"))]
METHODS = [("event", _("A stall at an event")), ("door", _("Door to door")), ("post", _("By post"))]


class SampleForm(forms.Form):
    """One field of every kind."""

    title = words_field(
        _("What was it called?"),
        100,
        _("Enter what it was called."),
        help_text=_("As people there would say it."),
    )
    held_on = date_field(_("When was it?"))
    heard = forms.IntegerField(
        label=_("How many people were heard?"),
        min_value=0,
        error_messages={"required": _("Enter a number."), "min_value": _("Enter 0 or more.")},
    )
    method = radio_field(_("How did you listen?"), METHODS, _("Choose how you listened."))
    area = choice_field(_("Which part of town?"), AREAS, _("Choose a part of town."))
    helpers = forms.MultipleChoiceField(
        label=_("Who helped?"),
        choices=[("youth", _("Youth workers")), ("library", _("Library staff"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who helped.")},
    )
    summary = TranslatedFormField(
        languages=language_codes(),
        multiline=True,
        rows=3,
        label=_("What was said, in short"),
        help_text=_("Write in either language. The other can follow."),
        error_messages={"required": _("Write a line or two, in either language.")},
    )
    notes = TypedTextField(label=_("Anything else"), required=False, widget=forms.Textarea)
    photo = forms.FileField(
        label=_("A photo of the flip chart"), required=False, help_text=_("JPEG or PNG.")
    )
    consent = forms.BooleanField(
        label=_("Everyone was told what happens to their words"),
        error_messages={"required": _("Tick to say that everyone was told.")},
    )

    sections = [
        (_("The occasion"), ["title", "held_on", "heard", "method", "area", "helpers"]),
        (_("What came of it"), ["summary", "notes", "photo", "consent"]),
    ]


class SampleFilterForm(forms.Form):
    """Two ways of narrowing a list."""

    words = words_field(_("Words"), 100, widget=forms.TextInput(attrs={"class": "field"}))
    kind = forms.ChoiceField(
        label=_("Question"),
        required=False,
        choices=[("", _("All")), ("1", _("What we have")), ("2", _("What we need"))],
        widget=forms.Select(attrs={"class": "field"}),
    )
    new = forms.BooleanField(label=_("New only"), required=False)


def refused_form() -> SampleForm:
    """Return the form as it comes back with everything wrong."""
    data = {"wrong-heard": "-3"}
    form = SampleForm(data=data, prefix="wrong", use_required_attribute=False)
    form.full_clean()
    form.add_error(None, _("An event with this name and date is already logged."))
    return form
