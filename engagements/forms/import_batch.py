"""Forms for bringing a file in: choosing it, and saying what its columns are."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.codes import UNKNOWN_LANGUAGE
from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.record import CreatingForm
from coproduction.projects.models import Project
from engagements.forms.fields import language_field, question_field
from engagements.forms.import_meanings import (
    FILTER,
    meaning_fields,
    sent_meanings,
    with_meanings,
)
from engagements.imports.columns import Columns
from engagements.imports.preview import printable
from engagements.imports.refusals import FileTooBig
from engagements.imports.scan import MAX_FILE_BYTES
from engagements.imports.table import Row
from engagements.models import Question
from engagements.queries.import_preview import ImportPreview

_TEXT = "text"
_OTHERS = [
    ("question", _("Which question it answers")),
    ("who", _("Who said it")),
    ("quote", _("Whether they may be quoted")),
    ("language", _("Language")),
    ("age", _("Their age")),
    ("area", _("Where they are from")),
    ("engagement_area", _("Engagement: its area")),
    ("engagement", _("Engagement: its title")),
    ("date", _("Engagement: its date")),
    ("place", _("Engagement: its place")),
    ("method", _("Engagement: how people were heard")),
    ("translation", _("Translation of the comment")),
    ("id", _("ID of the answer")),
    ("theme", _("Theme")),
    ("code", _("Codes")),
    ("weight", _("How many agreed")),
    (FILTER, _("Says which rows come in")),
]


class UploadForm(CreatingForm):
    """The file to bring in."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        help_text=_(
            "A table with one comment a row, and headings above. .xlsx, .csv, .tsv or .txt, up to "
            "50 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
        max_length=200,
        error_messages={
            "required": _("Choose an Excel or CSV file."),
            "invalid": _("Choose an Excel or CSV file."),
            "missing": _("Choose an Excel or CSV file."),
            "contradiction": _("Choose an Excel or CSV file."),
            "empty": _("This file is empty. Check that you chose the right one."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file past the limit before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(str(FileTooBig.sentence))
        return file


class ColumnsForm(forms.Form):
    """What each column of a file is; examples from its first rows stand beside each."""

    # The key of the preview: only those are brought in.
    previewed = TypedTextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        project: Project,
        questions: Iterable[Question],
        headings: Sequence[str],
        rows: Sequence[Row],
        guess: Columns,
        hidden: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """Ask about each column, beginning with a guess; not about those ``hidden``.

        A column may hold the answers to one of ``questions``.
        """
        super().__init__(*args, **kwargs)
        self.headings, self.guess, self.questions = list(headings), guess, list(questions)
        texts: list[tuple[str, Any]] = [(_TEXT, _("Comments"))]
        for each in self.questions:
            texts.append((each.kind, _("Comments on “%(question)s”") % {"question": each}))
        self.texts = dict(texts)
        asked = [
            (place, heading) for place, heading in enumerate(self.headings) if heading not in hidden
        ]
        for place, heading in asked:
            column = self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading,
                help_text=_examples(place, rows),
                choices=[("", _("Not used")), *texts, *_OTHERS],
                required=False,
                initial=_use_of(heading, guess),
                error_messages={"invalid_choice": _("Choose from the list.")},
            )
            # Not "(optional)": a column is in use or it is not.
            column.always_answered = True  # type: ignore[attr-defined]
        self.fields["question"] = question_field(project, required=False)
        self.fields["question"].label = _("What are the comments about?")
        self.fields["question"].help_text = _("For rows that do not say it themselves.")
        self.fields["language"] = language_field(
            project,
            label=_("Language"),
            help_text=_("For rows that say none. A guess is marked as one."),
            guess=True,
            initial=UNKNOWN_LANGUAGE,
        )
        self.sections = [
            (_("What is in each column?"), [f"column_{n}" for n, _heading in asked]),
            (_("For the whole file"), ["question", "language"]),
        ]

    def as_sent(self, *, question: Question | None, language: str) -> QueryDict:
        """Return the choices it begins with as if somebody had sent them."""
        sent = sent_meanings(self.guess, self.headings)
        for name, field in self.fields.items():
            if name.startswith("column_"):
                sent[name] = field.initial
        sent["question"], sent["language"] = str(question.uuid) if question else "", language
        return sent

    @property
    def for_the_file(self) -> dict[str, Any]:
        """Return what was chosen for rows that do not say it themselves."""
        return {name: self.cleaned_data[name] for name in ("question", "language")}

    @property
    def columns(self) -> Columns:
        """Return what each column of the file holds, and its cells mean, as it was chosen."""
        texts: list[tuple[str, str]] = []
        others: dict[str, str] = {}
        for heading, use in self._uses:
            if use in self.texts:
                texts.append((heading, "" if use == _TEXT else use))
            elif use and use != FILTER:
                others[use] = heading
        return with_meanings(
            Columns(texts=tuple(texts), fields=others),
            self.data,
            [heading if use else "" for heading, use in self._uses],
        )

    @property
    def filters(self) -> list[str]:
        """The columns that say which rows come in."""
        return [heading for heading, use in self._uses if use == FILTER]

    @property
    def _uses(self) -> list[tuple[str, str]]:
        """Each column with what it was chosen to be."""
        return [
            (heading, self.cleaned_data.get(f"column_{place}", ""))
            for place, heading in enumerate(self.headings)
        ]

    def ask_about(self, preview: ImportPreview) -> None:
        """Ask besides what cells mean, and which are several points, as the file was found."""
        named = list(self.questions)
        fields, sections = meaning_fields(preview, self.headings, named)
        self.fields |= fields
        # Its columns were said, and are seen in the preview.
        self.folded = self.shut = tuple(legend for legend, _fields in self.sections)
        self.sections = [*sections, *self.sections]

    def clean(self) -> dict[str, Any]:
        """Refuse a file without words, and two columns for what a row says once."""
        fields = super().clean() or {}
        uses = [fields.get(f"column_{place}", "") for place in range(len(self.headings))]
        if not any(use in self.texts for use in uses):
            first = next(name for name in self.fields if name.startswith("column_"))
            self.add_error(first, _("Choose the column that holds the comments."))
        for place, use in enumerate(uses):
            if use and use not in (*self.texts, FILTER) and use in uses[:place]:
                self.add_error(
                    f"column_{place}", _("Another column is chosen for this. Change one of them.")
                )
        return fields

    @property
    def preview_key(self) -> str:
        """Return a key of the choices as they are now."""
        question = self.cleaned_data["question"]
        content = [
            self.columns.as_json(),
            question and question.kind,
            self.cleaned_data["language"],
        ]
        return fingerprint(content, length=16)

    @property
    def was_previewed(self) -> bool:
        """Whether these very choices were shown in a preview."""
        return self.cleaned_data["previewed"] == self.preview_key


def _examples(place: int, rows: Sequence[Row]) -> str:
    """Show what stands in a column in the first rows."""
    cells = [row.cells[place].strip() for row in rows if len(row.cells) > place]
    shown = [f"“{cell[:60]}{'…' if len(cell) > 60 else ''}”" for cell in cells if cell][:3]
    if not shown:
        return gettext("Empty in the first rows.")
    return printable(gettext("For example: %(cells)s") % {"cells": ", ".join(shown)})


def _use_of(heading: str, guess: Columns) -> str:
    """Return what a column is guessed to be."""
    for column, kind in guess.texts:
        if column == heading:
            return kind or _TEXT
    use = next((name for name, column in guess.fields.items() if column == heading), "")
    return use or (FILTER if heading in guess.values else "")
