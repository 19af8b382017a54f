"""What is typed of a finding."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField
from coproduction.projects.forms.record import ChangingForm


class FindingForm(ChangingForm):
    """What people said on a theme, in a sentence or two, in each language."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask for it in each of the project's languages, side by side."""
        super().__init__(*args, **kwargs)
        self.fields["text"] = TranslatedFormField(
            languages=languages,
            label=_("What we heard"),
            help_text=_(
                "Two or three plain sentences that the comments bear out. "
                "Residents read this as soon as you save it."
            ),
            multiline=True,
            rows=8,
            max_length=3000,
            error_messages={"required": _("Write what you heard, in either language.")},
        )
