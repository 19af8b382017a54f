"""The form for what was decided about a worrying comment: kind, time and who, never the case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.ui.forms import radio_field, time_field, words_field
from engagements.models import Concern


class ConcernDecisionForm(forms.Form):
    """What was decided outside this app, by whom and when, and what becomes of the comment."""

    decision = radio_field(
        _("What was decided?"),
        [choice for choice in Concern.Decision.choices if choice[0]],
        _("Choose what was decided."),
    )
    decided_by = words_field(
        _("Who decided?"),
        80,
        _("Say who decided, such as: the safeguarding lead."),
        help_text=_("Their role is enough. Write nothing about the case or the person."),
    )
    decided_at = time_field(_("When?"))
    outcome = radio_field(
        _("What happens to the comment?"),
        [
            (Concern.Outcome.KEPT_HIDDEN, _("It stays hidden everywhere")),
            (
                Concern.Outcome.RESTORED,
                _("It is shown again to the team, counted, and may be quoted if they agreed"),
            ),
        ],
        _("Choose what happens to the comment."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the present time."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("decided_at", timezone.localtime())
