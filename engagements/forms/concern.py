"""The form for what was decided about a worrying comment: kind, time and who, never the case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.ui.forms import time_field, words_field
from engagements.models import Concern


class ConcernDecisionForm(forms.Form):
    """What was decided outside this app, by whom and when, and what becomes of the comment."""

    decision = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[choice for choice in Concern.Decision.choices if choice[0]],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what was decided."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    decided_by = words_field(
        _("Who decided?"),
        80,
        _("Say who decided, such as: the safeguarding lead."),
        help_text=_("Their role is enough. Write nothing about the case or the person."),
    )
    decided_at = time_field(_("When?"))
    outcome = forms.ChoiceField(
        label=_("What happens to the comment?"),
        choices=[
            (Concern.Outcome.KEPT_HIDDEN, _("It stays hidden everywhere")),
            (
                Concern.Outcome.RESTORED,
                _("It is shown again to the team, counted, and may be quoted if they agreed"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happens to the comment."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the present time."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("decided_at", timezone.localtime())
