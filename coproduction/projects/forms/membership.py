"""Who joins a team, and by which address."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.fields import email_field
from coproduction.projects.forms.record import CreatingForm
from coproduction.projects.models import Role
from coproduction.ui.forms import choice_field, words_field


class FromElsewhereForm(CreatingForm):
    """Where somebody reads mail who came in with a project from elsewhere."""

    email = email_field(_("E-mail address"))


class InvitationForm(CreatingForm):
    """Who joins the team, and what they do."""

    email = email_field(_("E-mail address"))
    name = words_field(_("Name"), 100)
    roles = forms.MultipleChoiceField(
        label=_("What they will do"),
        help_text=_("One thing, or several."),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what they will do."),
            "invalid_choice": _("Choose what they will do."),
            "invalid_list": _("Choose what they will do."),
        },
    )
    language = choice_field(
        _("The language they prefer"), settings.LANGUAGES, _("Choose a language.")
    )
