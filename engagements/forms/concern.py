"""The form for what was decided about a concern: kind, time and who, never the case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import ChangingForm
from coproduction.ui.forms import radio_field, time_field, words_field
from engagements.models import Concern


class ConcernDecisionForm(ChangingForm):
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

    # Which concern it is about: another may be raised while this is written.
    concern = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        """Begin with the present time, and otherwise empty, whatever was decided before."""
        super().__init__(*args, **kwargs)
        self.of = concern
        self.initial = {"decided_at": timezone.localtime(), "concern": concern.pk}

    def drawn_values(self) -> dict[str, Any]:
        """Return what was decided so far."""
        names = ("outcome", "decision", "decided_by", "decided_at")
        return {name: getattr(self.of, name) for name in names}

    @property
    def decided(self) -> dict[str, Any]:
        """Return what was decided now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "concern"}
