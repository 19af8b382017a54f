"""Forms for signing in, for a project's settings and for its people."""

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.models import LONGEST_ADDRESS, SLUG, Project, Role, Sector
from coproduction.projects.queries.slugs import reserved_slugs

_ADDRESS_ERRORS = {
    "required": _("Enter an e-mail address, such as name@example.org."),
    "invalid": _("Enter an e-mail address, such as name@example.org."),
    "max_length": _("That is too long for an e-mail address. Use 254 characters or fewer."),
}


def email_field(label: Any, **kwargs: Any) -> forms.EmailField:
    """Return a field for an e-mail address, no longer than the tables hold."""
    return forms.EmailField(
        label=label, max_length=LONGEST_ADDRESS, error_messages=_ADDRESS_ERRORS, **kwargs
    )


class SignInForm(RequestLoginCodeForm):
    """Asks for the address that a code should be sent to."""

    email = email_field(
        _("Your e-mail address"),
        help_text=_("We will send you a code to sign in with. There is no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(ConfirmLoginCodeForm):
    """Asks for the code that was sent."""

    code = forms.CharField(
        label=_("The code in the e-mail"),
        help_text=_("It works for 15 minutes."),
        max_length=20,
        error_messages={
            "required": _("Enter the code from the e-mail."),
            "max_length": _("That is not the code we sent. Check the e-mail and try again."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class PersonForm(forms.Form):
    """What a person wants to be called, and their language."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        error_messages={"max_length": _("Use 100 characters or fewer.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("The language you prefer"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose one of the languages listed."),
        },
    )


def language_field() -> forms.MultipleChoiceField:
    """Return the field for a project's languages."""
    return forms.MultipleChoiceField(
        label=_("Languages of the public pages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one language."),
            "invalid_choice": _("Choose from the languages listed."),
        },
    )


class ProjectForm(forms.Form):
    """What a project says of itself."""

    place = forms.CharField(
        label=_("Place"),
        max_length=100,
        error_messages={
            "required": _("Enter the name of the place."),
            "max_length": _("Use 100 characters or fewer."),
        },
    )
    languages = language_field()
    contact_email = email_field(_("Address for questions from the public"), required=False)
    safeguarding_lead = email_field(
        _("Safeguarding lead's e-mail address"),
        help_text=_("Told at once when somebody is worried about a comment; never sent its words."),
        required=False,
    )

    def __init__(self, *args: Any, languages: Sequence[str] = ("en", "cy"), **kwargs: Any) -> None:
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


class NewProjectForm(ProjectForm):
    """A project's beginnings: its address as well."""

    slug = forms.CharField(
        label=_("Address"),
        help_text=_(
            "Small letters, numbers and hyphens, such as bryncoed. It cannot change later."
        ),
        max_length=60,
        validators=[SLUG],
        error_messages={
            "required": _("Enter an address, such as bryncoed."),
            "max_length": _("Use 60 characters or fewer."),
        },
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken or means something else."""
        slug = self.cleaned_data["slug"]
        if slug in reserved_slugs() or Project.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("That address is taken. Choose another."))
        return slug


class InviteForm(forms.Form):
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


class OrganisationForm(forms.Form):
    """An organisation that may lead or support actions."""

    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=Sector.choices,
        error_messages={
            "required": _("Choose a sector."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, languages: Sequence[str] = ("en", "cy"), **kwargs: Any) -> None:
        """Ask for the name in the project's ``languages``."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = TranslatedFormField(
            languages=languages,
            label=_("Name of the organisation"),
            max_length=100,
            error_messages={"required": _("Enter the organisation's name.")},
        )
        self.order_fields(["name", "sector"])
