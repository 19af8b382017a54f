"""What is typed and ticked on the coding screen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from themes.forms.fields import BackPathField, KeyField, KeysField, UuidsField


class QueuePlaceForm(forms.Form):
    """Where somebody is in the queue, as an address says it."""

    after = KeyField(required=False, least=0)
    have = KeysField(required=False)
    comment = KeyField(required=False)
    question = forms.UUIDField(required=False)
    code = UuidsField(required=False)
    off = UuidsField(required=False)
    done = KeyField(required=False)
    added = UuidsField(required=False)
    removed = UuidsField(required=False)
    back = BackPathField()


class QueueQuestionForm(forms.Form):
    """Which question's comments to show."""

    def __init__(self, *args: Any, questions: Iterable[Any], **kwargs: Any) -> None:
        """Offer every question, and all of them."""
        super().__init__(*args, **kwargs)
        self.fields["question"] = forms.ChoiceField(
            label=_("Question"),
            required=False,
            choices=[("", _("All of them")), *((str(q.uuid), str(q.wording)) for q in questions)],
            widget=forms.Select(attrs={"class": "field"}),
            error_messages={"invalid_choice": _("Choose a question from the list.")},
        )


class CodingForm(forms.Form):
    """The codes ticked for one comment, and those that were ticked when the page was drawn."""

    comment = KeyField()
    codes = UuidsField(required=False)
    was = UuidsField(required=False)
    # The comments that the page has ready: they are not sent again with the answer.
    have = KeysField(required=False)
    question = forms.UUIDField(required=False)
    back = BackPathField()


class CodingUndoForm(forms.Form):
    """What a change did to one comment, to take it back."""

    comment = KeyField()
    added = UuidsField(required=False)
    removed = UuidsField(required=False)
    question = forms.UUIDField(required=False)
