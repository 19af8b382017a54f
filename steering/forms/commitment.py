"""What is typed about commitments."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.fields import email_field
from coproduction.projects.forms.record import CreatingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import date_field, words_field


class CommitmentForm(CreatingForm):
    """What a lead partner said it will do, when, and how to reach it."""

    committed_on = date_field(_("When did they say so?"), initial=timezone.localdate)
    contact_email = email_field(
        _("Whom to ask again"),
        required=False,
        help_text=_(
            "An e-mail address, for when the group agrees other words. Only the team sees it."
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Ask for their words in the project's languages."""
        super().__init__(*args, **kwargs)
        self.fields["text"] = TranslatedFormField(
            languages=project.languages,
            label=_("In their words"),
            help_text=_("Residents will read this."),
            multiline=True,
            own_words=True,
            max_length=1000,
            required=False,
        )
        self.order_fields(["text", "committed_on", "contact_email"])


class PartnerWordForm(CreatingForm):
    """What a partner says with a pass, in its own words."""

    text = words_field(
        _("In your words"),
        1000,
        help_text=_("If you like. Residents will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
