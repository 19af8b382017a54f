"""The form that narrows the list of engagements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.languages.forms import SearchField
from coproduction.languages.sorting import by_name
from coproduction.projects.models import Project
from coproduction.ui.forms import choice_field
from engagements.models import Engagement, Method
from engagements.queries.comment_selection import areas_of
from engagements.queries.engagement import months_of


class EngagementFilterForm(forms.Form):
    """Which engagements to show. What can't be understood narrows nothing."""

    q = SearchField(label=_("Title or place"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the ways, areas and months there are. Two queries."""
        super().__init__(*args, **kwargs)
        areas = [(area, area) for area in by_name(areas_of(project))]
        months = [
            (f"{month:%Y-%m}", write_date(month, "YEAR_MONTH_FORMAT"))
            for month in months_of(project)
        ]
        states = [(each.value, each.label) for each in Engagement.State]
        for name, label, empty, choices in (
            ("state", _("Where it stands"), _("Any"), states),
            ("method", _("Method"), _("Any method"), Method.choices),
            ("area", _("Area"), _("Any area"), areas),
            ("month", _("Month"), _("Any month"), months),
        ):
            if choices or self.data.get(name):
                self.fields[name] = choice_field(
                    label,
                    [("", empty), *choices],
                    _("Choose from the list."),
                    required=False,
                    widget=forms.Select(attrs={"class": "field"}),
                )

    @property
    def narrowed_by(self) -> list[dict[str, str]]:
        """What the list is narrowed by: the field, what it is called, and its value in words."""
        found = []
        for name, field in self.fields.items():
            if value := self.cleaned_data.get(name):
                choices: Any = getattr(field, "choices", {})
                shown = str(dict(choices).get(value, value))
                found.append({"name": name, "label": str(field.label), "value": shown})
        return found
