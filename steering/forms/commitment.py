"""What is typed about commitments."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.models import Project
from coproduction.ui.forms import date_field


class CommitmentForm(forms.Form):
    """A lead partner's word."""

    committed_on = date_field(_("When did they say so?"), initial=timezone.localdate)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Ask for their words in the project's languages."""
        super().__init__(*args, **kwargs)
        self.fields["text"] = TranslatedFormField(
            languages=project.languages,
            label=_("In their words"),
            help_text=_("Residents will read this."),
            multiline=True,
            max_length=1000,
            required=False,
        )
        self.order_fields(["text", "committed_on"])
