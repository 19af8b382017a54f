"""What a project says of itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.fields import email_field, language_field
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import SLUG
from coproduction.ui.forms import words_field


class _ProjectFields(forms.Form):
    """What a project says of itself."""

    place = words_field(_("Place"), 100, _("Enter the name of the place."))
    languages = language_field()
    contact_email = email_field(_("Address for questions from the public"), required=False)
    safeguarding_lead = email_field(
        _("Safeguarding lead's e-mail address"),
        help_text=_(
            "Told at once when somebody is worried about a comment, or when one has words that may "
            "mean somebody is at risk; never sent the words."
        ),
        required=False,
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Show the two texts side by side in the project's ``languages``."""
        self._known = list(languages)
        super().__init__(*args, **kwargs)
        self.fields["name"] = TranslatedFormField(
            languages=languages,
            label=_("Name of the project"),
            max_length=100,
            error_messages={"required": _("Enter a name for the project.")},
        )
        self.fields["scope"] = TranslatedFormField(
            languages=languages,
            label=_("What this can and can't change"),
            help_text=_("People see this before they tell you anything. Be honest and brief."),
            multiline=True,
            max_length=2000,
            error_messages={"required": _("Say what this can and can't change.")},
        )
        self.order_fields(
            ["slug", "place", "name", "scope", "languages", "contact_email", "safeguarding_lead"]
        )

    def clean_languages(self) -> list[str]:
        """Keep the order of the project's languages, the first being the one written first.

        Ticks have no order of their own. A language that is new comes last.
        """
        ticked = self.cleaned_data["languages"]
        kept = [language for language in self._known if language in ticked]
        return kept + [language for language in ticked if language not in kept]

    def clean_place(self) -> str:
        """Make one line of it: it stands in the subjects of letters."""
        return " ".join(self.cleaned_data["place"].split())


class ProjectForm(ChangingForm, _ProjectFields):
    """What a co-ordinator can change of a project later: all but its address."""

    figures_are_public = forms.BooleanField(
        label=_("Show the numbers to everybody"),
        help_text=_(
            "How many people were heard, and how many spoke of what. First make sure that the "
            "people heard are right at every engagement. A plan shows its own numbers, once it is "
            "published."
        ),
        required=False,
    )


class NewProjectForm(CreatingForm, _ProjectFields):
    """What a new project says of itself: its address as well."""

    slug = words_field(
        _("Address"),
        60,
        _("Enter an address, such as bryncoed."),
        help_text=_(
            "Small letters, numbers and hyphens, such as bryncoed. It cannot change later."
        ),
        validators=[SLUG],
    )
