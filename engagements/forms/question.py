"""The form of one question: what it is called, how it is put and how it is drawn."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.models import Project
from engagements.models import GIVEN, Question, Symbol
from engagements.services.question import free_symbols


class QuestionForm(forms.Form):
    """A question of this project, a new one where none is given."""

    def __init__(
        self, *args: Any, project: Project, question: Question | None = None, **kwargs: Any
    ) -> None:
        """Show its words side by side in the project's languages, and the symbols still free."""
        super().__init__(*args, **kwargs)
        given = GIVEN.get(question.kind) if question else None
        usual = _("Leave it empty to call it “{name}”.")
        self.fields["name"] = TranslatedFormField(
            languages=project.languages,
            label=_("Short name"),
            help_text=format_lazy(usual, name=given.name)
            if given
            else _("As lists and charts show it, such as Getting about."),
            max_length=40,
            required=given is None,
            error_messages={"required": _("Enter a short name for the question.")},
        )
        self.fields["wording"] = TranslatedFormField(
            languages=project.languages,
            label=_("How you will ask it"),
            max_length=200,
            error_messages={"required": _("Write how you will ask this question.")},
        )
        if question is None or question.can_be_asked:
            self._offer_symbols(project, question)

    def _offer_symbols(self, project: Project, question: Question | None) -> None:
        """Offer the question's own colour and shape, and those that no other question has."""
        free = free_symbols(Question.objects.of(project))
        own = question.symbol if question else next(iter(free), "")
        self.fields["symbol"] = forms.ChoiceField(
            label=_("Colour and shape"),
            choices=[each for each in Symbol.choices if each[0] in {own, *free}],
            initial=own,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose a colour."),
                "invalid_choice": _("Choose a colour from the list."),
            },
        )
