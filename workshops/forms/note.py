"""What is typed at a table."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import translated_name
from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.record import ChangingForm
from coproduction.projects.models import Project
from coproduction.ui.forms import choice_field, radio_field
from workshops.models import Note, Workshop


class NoteForm(forms.Form):
    """A note: its words, what sort of thing it is, its language, and who may read it."""

    text = TypedTextField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        error_messages={
            "required": _("Write the note first."),
            "max_length": _("Use 5,000 characters or fewer. Split it into several notes."),
        },
    )
    kind = radio_field(
        _("What is it?"), Note.Kind.choices, _("Choose what it is."), initial=Note.Kind.IDEA
    )
    language = choice_field(_("Written in"), [], _("Choose its language."))

    may_be_read_by_all = forms.BooleanField(
        label=_("The table agreed that everyone may read this note."),
        help_text=_(
            "Only the team reads a note until its table agrees. Changing one that is in a "
            "published plan takes it out of that plan."
        ),
        required=False,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's languages."""
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        language.choices = [  # type: ignore[attr-defined]
            (code, translated_name(code)) for code in project.languages
        ]


class NoteChangeForm(ChangingForm, NoteForm):
    """A note to put right. It carries which version was read: a tick is given to no other."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class TableNoteForm(NoteForm):
    """A note as it is typed at the table: the two sides of a disagreement have a box each."""

    other_side = TypedTextField(
        label=_("What the other side says"),
        help_text=_("Both stand side by side. Neither is above the other."),
        # By its placeholder the stylesheet sees whether the box is empty.
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": " "}),
        required=False,
        max_length=5_000,
        error_messages={"max_length": _("Use 5,000 characters or fewer.")},
    )
    # The browser's own number for what it sends: sent twice, it is kept once.
    step = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    field_order = ("text", "kind", "other_side", "language", "may_be_read_by_all")

    def texts(self, *, each_line: bool) -> list[str]:
        """Return what was typed as one note, or as one note a line. A disagreement is one."""
        said: str = self.cleaned_data["text"]
        sides = [side for side in (said, self.cleaned_data["other_side"]) if side.strip()]
        if each_line and self.cleaned_data["kind"] != Note.Kind.DISAGREEMENT:
            return [line.strip() for side in sides for line in side.splitlines() if line.strip()]
        return ["\n".join(sides)]


class ChosenNotesForm(forms.Form):
    """Which notes to undo or to put back: one, or a whole step."""

    step = forms.UUIDField(required=False)
    note = forms.UUIDField(required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        """Look among this workshop's notes only."""
        super().__init__(*args, **kwargs)
        self.notes = workshop.notes.select_related("table", "workshop")

    def chosen(self) -> list[Note]:
        """Return the notes that were meant."""
        if step := self.cleaned_data["step"]:
            return list(self.notes.filter(step=step))
        return list(self.notes.filter(uuid=self.cleaned_data["note"]))
