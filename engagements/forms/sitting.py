"""The form of a paper survey: one person's sitting, with every question on one screen."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField
from coproduction.projects.models import Project
from coproduction.ui.forms import choice_field
from engagements.forms.fields import age_field, consent_field, home_field, language_field
from engagements.forms.submission import TOO_LONG, client_id_field, descriptor_field
from engagements.models import LONGEST_COMMENT, Question, Submission
from engagements.services.submission_draft import CommentDraft

_AS_ALL, _YES, _NO = "", "yes", "no"
_CONSENTS = [
    (_AS_ALL, _("As for the rest")),
    (_YES, _("May be quoted")),
    (_NO, _("Not to be quoted")),
]
_OWN = {_AS_ALL: None, _YES: True, _NO: False}
_EACH = _("Not the same for each answer?")


class SittingForm(forms.Form):
    """What one person said on a sheet: a box for each question, and who spoke, once for all.

    Whether they may be quoted is asked once too; what goes for one answer alone is folded away.
    """

    folded = (_EACH,)
    button_after = "language"

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Ask all that the project asks, and last what was written beside the questions."""
        super().__init__(*args, **kwargs)
        self.questions = list(Question.objects.of(project).open_to_answers())
        # "Anything else" is no question of the sheet: it stands after them.
        self.questions.sort(key=lambda each: not each.can_be_asked)
        for each in self.questions:
            self.fields[said(each)] = TypedTextField(
                label=str(each.wording),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "sentences"}),
                max_length=LONGEST_COMMENT,
                error_messages={"max_length": TOO_LONG},
            )
        self.fields["quote_consent"] = consent_field()
        self.fields["descriptor"] = descriptor_field(
            help_text=_("Such as: an older resident. Never a name.")
        )
        self.fields["age_band"], self.fields["area"] = age_field(), home_field()
        self.fields["language"] = language_field(project)
        for each in self.questions:
            self.fields[consent_of(each)] = choice_field(
                str(each.wording), _CONSENTS, _("Choose from the list."), required=False
            )
        self.fields["client_id"] = client_id_field()
        self.initial.setdefault("client_id", uuid.uuid4())
        self.sections = [
            ("", [*self.boxes, "quote_consent"]),
            (_EACH, [consent_of(each) for each in self.questions]),
            ("", ["descriptor", "age_band", "area", "language"]),
        ]

    @property
    def boxes(self) -> list[str]:
        """The names of the boxes for words, in the order of the screen."""
        return [said(each) for each in self.questions]

    def clean(self) -> dict[str, Any]:
        """Ask for words in at least one of the boxes."""
        fields = super().clean() or {}
        if not any(fields.get(box) or box in self.errors for box in self.boxes):
            self.add_error(self.boxes[0], _("Type what was said."))
        return fields

    @property
    def drafts(self) -> list[CommentDraft]:
        """What was said, a comment for each box with words in it."""
        given = self.cleaned_data
        return [
            CommentDraft(each, given[said(each)], quote_consent=_OWN[given[consent_of(each)]])
            for each in self.questions
            if given[said(each)]
        ]

    @staticmethod
    def initial_of(sitting: Submission) -> dict[str, Any]:
        """Return how a sitting that was undone stands in the boxes again, to be put right.

        What something else hides of it stays hidden.
        """
        initial: dict[str, Any] = {
            "descriptor": sitting.descriptor,
            "age_band": sitting.age_band,
            "area": sitting.area,
            "language": sitting.language,
        }
        comments = [each for each in sitting.comments.select_related("question") if each.is_undone]
        agreed = [each.is_quotable for each in comments]
        initial["quote_consent"] = of_all = all(agreed) and bool(agreed)
        for each in comments:
            initial[said(each.question)] = each.text
            if each.is_quotable != of_all:
                initial[consent_of(each.question)] = _YES
        return initial


def said(question: Question) -> str:
    """Return the name of the box for what was said to a question."""
    return f"said_{question.kind}"


def consent_of(question: Question) -> str:
    """Return the name of the field for whether one answer alone may be quoted."""
    return f"consent_{question.kind}"
