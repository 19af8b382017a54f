"""Who joins a team."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.fields import email_field
from coproduction.projects.models import Role


class InvitationForm(forms.Form):
    """Who joins the team, and what they do."""

    email = email_field(_("E-mail address"))
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        error_messages={"max_length": _("Use 100 characters or fewer.")},
    )
    role = forms.ChoiceField(
        label=_("What they will do"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what they will do."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    language = forms.ChoiceField(
        label=_("The language they prefer"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose from the list."),
        },
    )
