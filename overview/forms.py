"""The forms that begin a project: with the questions given to it, or from another project."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import language_codes
from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.project import NewProjectForm
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordByNameField, offer_records
from engagements.models import GIVEN, NO_QUESTION
from overview.blueprint.groups import BlueprintGroup
from overview.services.project import NotYoursToTake


class BeginForm(NewProjectForm):
    """A new project with the wording of the given questions, in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the usual wording of each question."""
        super().__init__(*args, languages=language_codes(), **kwargs)
        self.asked = [kind for kind in GIVEN if kind != NO_QUESTION]
        for kind in self.asked:
            self.fields[f"question_{kind}"] = TranslatedFormField(
                languages=language_codes(),
                label=GIVEN[kind].wording,
                help_text=_("How you will ask it."),
                max_length=200,
                error_messages={"required": _("Write how you will ask this question.")},
            )

    def clean(self) -> dict[str, Any]:
        """Gather the wordings by kind of question, as the service takes them."""
        given = dict(super().clean() or {})
        asked = {kind: given.pop(f"question_{kind}", {}) for kind in self.asked}
        return given | {"wordings": asked}


class BeginFromForm(NewProjectForm):
    """A new project that begins with some of what another one has."""

    origin = RecordByNameField(
        label=_("Begin from"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("No other project"),
        error_messages={"invalid_choice": NotYoursToTake.sentence},
    )
    takes = forms.MultipleChoiceField(
        label=_("What comes along"),
        help_text=_(
            "What people said stays there, and so does what was decided. "
            "A text may still name somebody: you read them all before you use them."
        ),
        choices=BlueprintGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"), _("Tick only what is on the list.")
        ),
    )

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        """Offer the ``projects`` that the person may begin from."""
        super().__init__(*args, languages=language_codes(), **kwargs)
        offer_records(self, origin=projects)
        self.order_fields(["origin", "takes", *self.fields])
