"""Forms for taking comments out: which ones a list showed, and in which kind of file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField, radio_field
from engagements.forms.comment import CommentFilterForm
from themes.models import Theme

_KINDS = [
    ("csv", _("CSV, which every program reads")),
    ("xlsx", _("XLSX, for Excel and other spreadsheets")),
]


class TakeOutFilterForm(CommentFilterForm):
    """Which comments a list showed: of all, of an engagement, or of a theme or code."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Know the themes and codes of the project, besides what narrows the list of comments."""
        super().__init__(*args, project=project, **kwargs)
        self.fields["theme"] = RecordField(
            queryset=Theme.objects.of(project).current(), required=False
        )


class TakeOutForm(forms.Form):
    """In which kind of file comments are taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the one that asks for the least."""
        super().__init__(*args, **kwargs)
        self.fields["file"] = radio_field(
            _("Kind of file"), _KINDS, _("Choose a kind of file."), initial="csv"
        )
