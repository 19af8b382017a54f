"""Forms for setting up a public survey."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import SLUG, Project
from coproduction.ui.forms import time_field, words_field
from engagements.forms.engagement_names import EngagementByNameField


class _SurveyFields(forms.Form):
    """What a survey says, and when it is open."""

    opens_at = time_field(_("Opens"))
    closes_at = time_field(
        _("Closes"), required=False, help_text=_("Leave empty to close it by hand.")
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Show its texts side by side in the project's languages."""
        super().__init__(*args, **kwargs)
        self.fields["engagement"] = EngagementByNameField(
            project, help_text=_("What people write belongs to this engagement.")
        )
        self.fields["title"] = TranslatedFormField(
            languages=project.languages,
            label=_("Title"),
            max_length=150,
            error_messages={"required": _("Enter a title for the survey.")},
        )
        self.fields["introduction"] = TranslatedFormField(
            languages=project.languages,
            label=_("Introduction"),
            help_text=_("Who is asking, what for, and what will come of it. A few short lines."),
            multiline=True,
            max_length=2_000,
            required=False,
        )
        self.initial.setdefault("opens_at", timezone.localtime())
        self.order_fields(["title", "slug", "engagement", "introduction", "opens_at", "closes_at"])


class SurveyForm(ChangingForm, _SurveyFields):
    """What can be changed of a survey: all but its address."""


class NewSurveyForm(CreatingForm, _SurveyFields):
    """What a new survey says: its address as well."""

    slug = words_field(
        _("Address"),
        60,
        _("Enter an address, such as your-park."),
        help_text=_("Small letters, numbers and hyphens. It goes on posters and can't change."),
        validators=[SLUG],
    )
