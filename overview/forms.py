"""The form that begins a project: what it says of itself, and the questions given to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import language_codes
from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.project import NewProjectForm
from engagements.models import GIVEN, NO_QUESTION


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
