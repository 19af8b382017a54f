"""The form of one question: what it is called, how it is put and how it is drawn."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import radio_field
from engagements.models import GIVEN, Question, Symbol
from engagements.services.question import free_symbols


class _QuestionFields(forms.Form):
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
        free = free_symbols(Question.objects.of(project))
        if question is None and (chosen := self.data.get(self.add_prefix("symbol"))):
            # Sent a second time, it is its own; where it is another's, the service says so.
            free += [each for each in [chosen] if each in Symbol.values and each not in free]
        # "Anything else" keeps its symbol. Where none is free, the service says what to do.
        if question.can_be_asked if question else free:
            own = question.symbol if question else free[0]
            self.fields["symbol"] = radio_field(
                _("Colour and shape"),
                [each for each in Symbol.choices if each[0] in {own, *free}],
                _("Choose a colour."),
                invalid=_("Choose a colour from the list."),
                initial=own,
            )


class NewQuestionForm(CreatingForm, _QuestionFields):
    """A question to ask as well as those there are."""


class QuestionForm(ChangingForm, _QuestionFields):
    """What can be changed of a question: its name, its wording and how it is drawn."""
