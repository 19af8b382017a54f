"""Forms of the list of comments: what it is narrowed by, and which of it are meant."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.ui.forms import RecordField, choice_field
from engagements.forms.bulk_change import ChosenFields
from engagements.forms.comment_filter import CommentFilterForm
from engagements.queries.comment_selection import CommentSelection
from themes.models import Theme
from themes.queries.coded_selection import CodedSelection


class CodedFilterForm(CommentFilterForm):
    """Which comments to show: by what is known of them, and by their themes and codes."""

    selection_class: ClassVar[type[CommentSelection]] = CodedSelection

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a theme or code of the project, and whether a comment carries any."""
        super().__init__(*args, **kwargs)
        self.offers_themes = False
        select = forms.Select(attrs={"class": "field"})
        self.fields["theme"] = RecordField(
            queryset=Theme.objects.of(self.project).current(),
            label=_("Theme or code"),
            required=False,
            empty_label=_("Any"),
            widget=select,
        )
        self.fields["coded"] = choice_field(
            _("Coded"),
            [("", _("Either")), ("yes", _("Coded")), ("no", _("Not coded yet"))],
            _("Choose from the list."),
            required=False,
            widget=forms.Select(attrs={"class": "field"}),
        )
        self.order_fields(self.in_this_order)

    def look_up(self) -> None:
        """Offer the themes and codes, too."""
        super().look_up()
        self.offers_themes = True

    @property
    def choices(self) -> list[forms.BoundField]:
        """What a list can be narrowed by; a theme where they were looked up, or one was chosen."""
        theme = self.cleaned_data.get("theme")
        if not self.offers_themes:
            self.fields["theme"].widget.choices = [("", _("Any"))]
            if theme:
                self.fields["theme"].widget.choices += [(theme.uuid, theme)]
        shows = self.offers_themes or theme or "theme" in self.errors
        return [each for each in super().choices if shows or each.name != "theme"]

    def _chosen(self) -> dict[str, Any]:
        """Return what the selection is told."""
        theme = self.cleaned_data.get("theme")
        own = {
            "theme": theme.pk if theme else None,
            "is_theme": bool(theme and theme.is_theme),
            "coded": self.cleaned_data.get("coded", ""),
        }
        return super()._chosen() | own


class ChosenCommentsForm(ChosenFields, CodedFilterForm):
    """Which comments of the list are meant by who changes many of them."""
