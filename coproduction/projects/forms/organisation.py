"""What is typed about organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import Organisation, Project, Sector
from coproduction.ui.forms import choice_field


class _OrganisationFields(forms.Form):
    """An organisation's name in each language, and its sector."""

    sector = choice_field(
        _("Sector"), [("", _("Choose a sector")), *Sector.choices], _("Choose a sector.")
    )

    def __init__(
        self,
        *args: Any,
        project: Project,
        organisation: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for the name in the project's languages."""
        super().__init__(*args, **kwargs)
        name = TranslatedFormField(
            languages=project.languages,
            label=_("Name"),
            max_length=150,
            error_messages={"required": _("Enter the organisation's name.")},
        )
        self.fields = {"name": name, **self.fields}
        if organisation is not None:
            self.initial = {"name": organisation.name, "sector": organisation.sector}


class NewOrganisationForm(CreatingForm, _OrganisationFields):
    """What is said of an organisation when it joins the project's list."""


class OrganisationForm(ChangingForm, _OrganisationFields):
    """What can be changed of an organisation: its name and its sector."""
