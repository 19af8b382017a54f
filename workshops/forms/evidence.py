"""What is ticked as evidence, and how the lists to choose from are narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import SearchField
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField, TickedRowsField, offer_records
from engagements.models import Comment, Question
from themes.models import Finding, Theme
from workshops.models import Action, Evidence, Note, Workshop


class _SearchForm(forms.Form):
    """Words to look for."""

    words = SearchField()


class CitableCommentsForm(_SearchForm):
    """Narrow the comments an action could cite."""

    field_order = ("code", "question")

    code = forms.ChoiceField(
        label=_("Code or theme"),
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": _("Choose a code from the list.")},
    )
    question = forms.ChoiceField(
        label=_("Question"),
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": _("Choose a question from the list.")},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the codebook as a tree."""
        super().__init__(*args, **kwargs)
        self.labels = list(Theme.objects.of(project).current())
        self.fields["code"].choices = codebook_choices(self.labels)  # type: ignore[attr-defined]
        self.questions = list(Question.objects.of(project))
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", _("All questions")),
            *((each.kind, str(each)) for each in self.questions),
        ]

    def clean_code(self) -> Theme | None:
        """Return the theme or code itself."""
        chosen = self.cleaned_data["code"]
        return next((label for label in self.labels if str(label.uuid) == chosen), None)

    def clean_question(self) -> Question | None:
        """Return the question that its kind names; None where nothing was chosen."""
        chosen = self.cleaned_data["question"]
        return next((each for each in self.questions if each.kind == chosen), None)


class CitableNotesForm(_SearchForm):
    """Narrow the notes an action could cite."""

    field_order = ("workshop",)

    workshop = RecordField(
        label=_("Workshop"),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=_("All workshops"),
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": _("Choose a workshop from the list.")},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's workshops."""
        super().__init__(*args, **kwargs)
        offer_records(self, workshop=Workshop.objects.of(project))


def codebook_choices(labels: list[Theme]) -> list[Any]:
    """Return the themes as groups of choices, each with its codes; codes of no theme last."""
    choices: list[Any] = [("", _("All comments"))]
    themes = [label for label in labels if label.kind == Theme.Kind.THEME]
    for theme in themes:
        codes = [label for label in labels if label.parent_id == theme.pk]
        whole = (str(theme.uuid), _("All of %(theme)s") % {"theme": theme.name})
        choices.append((str(theme.name), [whole, *((str(c.uuid), str(c.name)) for c in codes)]))
    grouped = {theme.pk for theme in themes}
    loose = [
        label
        for label in labels
        if label.kind == Theme.Kind.CODE and label.parent_id not in grouped
    ]
    if loose:
        choices.append((_("Codes of no theme"), [(str(c.uuid), str(c.name)) for c in loose]))
    return choices


class CiteForm(forms.Form):
    """The comments, notes and findings ticked as what an action rests on."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Take this project's comments, notes and findings, and nothing else."""
        super().__init__(*args, **kwargs)
        self.fields["comments"] = TickedRowsField(Comment.objects.of(project).visible())
        self.fields["notes"] = TickedRowsField(Note.objects.of(project).not_undone())
        self.fields["findings"] = TickedRowsField(Finding.objects.of(project))

    def chosen(self) -> dict[str, list[Any]]:
        """Return what was ticked, as the services take it."""
        return {name: list(self.cleaned_data[name]) for name in self.fields}


class UnciteForm(forms.Form):
    """What an action no longer rests on: one piece of evidence, or a whole step."""

    step = forms.UUIDField(required=False)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        """Take this action's evidence, and nothing else."""
        super().__init__(*args, **kwargs)
        self.action = action
        self.fields["evidence"] = TickedRowsField(action.evidence.all())

    def chosen(self) -> list[Evidence]:
        """Return the evidence that was meant."""
        step = self.cleaned_data["step"]
        whole = list(self.action.evidence.filter(step=step)) if step else []
        return [*whole, *self.cleaned_data["evidence"]]
