"""The form for words that may mean that somebody is at risk, and for where there is help."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm
from engagements.models import LookRules


class LookRulesForm(ChangingForm):
    """What is looked out for, and what a survey says of whom to turn to."""

    def __init__(self, *args: Any, rules: LookRules, **kwargs: Any) -> None:
        """Begin with what counts now, in the languages of the project."""
        super().__init__(*args, **kwargs)
        self.fields["worry_words"] = TranslatedFormField(
            languages=rules.project.languages,
            label=_("Words that may mean somebody is at risk"),
            help_text=_(
                "One a line, as people would say it. Capitals and accents make no difference. All "
                "are looked out for, whatever language somebody writes in."
            ),
            multiline=True,
            rows=14,
            max_length=5_000,
            required=False,
        )
        self.fields["turn_to"] = TranslatedFormField(
            languages=rules.project.languages,
            label=_("Who people can turn to"),
            help_text=_(
                "Every survey says it, after “If anyone is in danger now, ring 999”. Name a number "
                "that is free, and check that it is right."
            ),
            multiline=True,
            rows=3,
            max_length=500,
            required=False,
        )
        self.initial = {"worry_words": rules.worry_words, "turn_to": rules.turn_to}
