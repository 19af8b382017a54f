"""The form that begins a project: what it says of itself, and its three questions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import language_codes
from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.project import NewProjectForm
from engagements.models import Question

ASKED = (Question.Kind.ASSET, Question.Kind.NEED, Question.Kind.CHANGE)


class BeginForm(NewProjectForm):
    """A new project with the wording of its three questions, in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the usual wording of each question."""
        super().__init__(*args, languages=language_codes(), **kwargs)
        usual = {
            Question.Kind.ASSET: _("What do we have? (strengths)"),
            Question.Kind.NEED: _("What do we need?"),
            Question.Kind.CHANGE: _("What should change?"),
        }
        for kind in ASKED:
            self.fields[f"question_{kind}"] = TranslatedFormField(
                languages=language_codes(),
                label=usual[kind],
                help_text=_("How you will ask it."),
                max_length=200,
                error_messages={"required": _("Write how you will ask this question.")},
            )
