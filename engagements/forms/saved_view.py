"""The form that saves a view of the comments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import CreatingForm
from coproduction.ui.forms import words_field
from engagements.models import LONGEST_VIEW_NAME


class SavedViewForm(CreatingForm):
    """What to call a view, and whether the team may use it."""

    name = words_field(
        _("What do you want to call it?"),
        LONGEST_VIEW_NAME,
        _("Enter a name, such as Young people, not coded."),
    )
    is_shared = forms.BooleanField(label=_("Share it with the team"), required=False)
