"""The form for pasting what people said: many lines, under headings, each to be looked at first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.codes import UNKNOWN_LANGUAGE, translated_name
from coproduction.languages.folding import fold
from coproduction.languages.forms import TypedTextField
from coproduction.projects.models import Project
from engagements.forms.fields import consent_field, language_field
from engagements.forms.pasting import (
    as_pasted,
    has_list_marker,
    kind_of_heading,
    seem_headings,
    split_lines,
    without_list_marker,
)
from engagements.forms.submission import TOO_LONG, EntryForm
from engagements.imports.agreement import MOST_AGREED, number_agreed, read_marks
from engagements.imports.meanings import kinds_by_name
from engagements.models import LONGEST_COMMENT, Comment, Question
from engagements.services.submission_draft import PastedComment

MOST_LINES = 2_000
# So many lines have boxes of their own in the preview: a browser sends only so many.
MOST_CHOSEN = 500
_NO_QUESTION = _("Choose the question it answers.")
# What a line that looks like a heading is, beside the kind of a question.
IS_COMMENT, IS_OTHER = ":comment", ":other"


@dataclass
class PastedLine:
    """A line as it would be kept, and what can be chosen for it alone, by its ``place``."""

    place: int
    text: str
    # Among the comments, from 1; a heading has none.
    number: int = 0
    # The first line that says the same.
    twin: int = 0
    # A heading, or what looks like one: somebody is to say which.
    is_asked: bool = False
    heading: str = ""
    question: Question | None = None
    own_question: str = ""
    language: str = ""
    own_language: str = ""
    weight: int = 0
    problem: str | Promise = ""

    @property
    def is_comment(self) -> bool:
        """Whether it is kept as what somebody said."""
        return not self.is_asked or self.heading == IS_COMMENT

    @property
    def language_name(self) -> str:
        """The name of the language it is kept in, or that it is to be guessed."""
        if self.language == UNKNOWN_LANGUAGE:
            return str(_("guessed from the words"))
        return translated_name(self.language)


class PasteForm(EntryForm):
    """Many comments, one on each line; those under a heading answer its question."""

    lines = TypedTextField(
        label=_("Comments, one on each line"),
        help_text=_(
            "Several sheets at once: put each under its heading, such as “What we need”. Ticks, "
            "dots and “(5 people said)” are counted beside the words."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=2_000_000,
        error_messages={
            "required": _("Paste the comments first."),
            "max_length": _("That is too much at once. Paste it in smaller pieces."),
        },
    )
    # The key of the preview: only those are kept.
    previewed = TypedTextField(required=False, widget=forms.HiddenInput)
    # The key of the lines that the boxes of the preview belong to.
    drawn = TypedTextField(required=False, widget=forms.HiddenInput)
    field_order = ("lines", "keep_marks", "question", "quote_consent", "descriptor", "language")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Say that one answer about consent goes for everyone pasted."""
        super().__init__(*args, project=project, **kwargs)
        # Every line may stand under a heading.
        self.fields["question"].required = False
        self.fields["question"].always_answered = True  # type: ignore[attr-defined]
        self.fields["question"].help_text = _("For lines that stand under no heading.")
        self.fields["quote_consent"] = consent_field(
            label=_("Every one of them agreed to be quoted"),
            help_text=_(
                "One tick goes for all lines. If even one person did not say yes, leave it empty."
            ),
        )
        self.fields["descriptor"].help_text = _(
            "Goes for all the lines. Such as: an older resident. Never a name."
        )
        self.fields["language"] = language_field(project, guess=True)
        self.questions: list[Question] = list(self.fields["question"].queryset)  # type: ignore[attr-defined]
        self.languages: list[tuple[str, str]] = list(self.fields["language"].choices)  # type: ignore[attr-defined]
        self.shown: list[PastedLine] = []
        # Asked only where there is something to keep.
        pasted = split_lines(self.data.get(self.add_prefix("lines"), ""))
        self.with_marker = sum(map(has_list_marker, pasted))
        if self.with_marker:
            self.fields["keep_marks"] = forms.BooleanField(
                label=_("Keep the marks in front of the lines"),
                help_text=_("Such as “-”, “•” or “1.”. Without a tick they are taken off."),
                required=False,
            )
        self.order_fields(self.field_order)

    def clean_lines(self) -> list[str]:
        """Return a comment for each line. Raises ValidationError for too many, or too long."""
        lines = split_lines(self.cleaned_data["lines"])
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Paste 2,000 lines or fewer at once."))
        if any(len(line) > LONGEST_COMMENT for line in lines):
            raise ValidationError(TOO_LONG)
        return lines

    def clean(self) -> dict[str, Any]:
        """Put each line under its heading, as it would be kept and as somebody chose for it."""
        fields = super().clean() or {}
        if "lines" not in fields or "language" not in fields:
            return fields
        self.shown = list(self._laid_out(fields["lines"], fields))
        self._tell_problems()
        fields["lines"] = [line.text for line in self.kept]
        if not fields["lines"] and not self.errors:
            self.add_error("lines", _("Paste the comments first."))
        return fields

    def _laid_out(self, lines: list[str], fields: Mapping[str, Any]) -> Iterator[PastedLine]:
        """Yield every line with what is to become of it."""
        self.lines_key = fingerprint(lines, length=16)
        # Boxes that were drawn for other lines say nothing of these.
        own = self.data if fields.get("drawn") == self.lines_key else {}
        names = kinds_by_name(self.questions)
        by_kind = {each.kind: each for each in self.questions}
        seeming = seem_headings(lines)
        question, number = fields.get("question"), 0
        first: dict[str, int] = {}
        for place, line in enumerate(lines):
            kind = kind_of_heading(line, names)
            shown = PastedLine(place, line, is_asked=bool(kind) or seeming[place])
            if shown.is_asked:
                shown.heading = own.get(f"heading_{place}", kind)
                if shown.heading not in {*by_kind, IS_COMMENT, IS_OTHER}:
                    shown.heading = ""
                    shown.problem = _("Say whether this is a heading.")
            if shown.is_comment:
                number += 1
                self._choose(shown, own, fields, question)
                shown.number = number
                earlier = first.setdefault(fold(shown.text), number)
                shown.twin = earlier if earlier != number else 0
            else:
                question = by_kind.get(shown.heading, fields.get("question"))
            yield shown

    def _choose(
        self,
        shown: PastedLine,
        own: Mapping[str, Any],
        fields: Mapping[str, Any],
        question: Question | None,
    ) -> None:
        """Say of a comment what it answers, in which language, and how many agreed."""
        line = shown.text if fields.get("keep_marks") else without_list_marker(shown.text)
        marked = read_marks(line)
        sent = own.get(f"weight_{shown.place}")
        weight = marked.number if sent is None else number_agreed(sent)
        if weight is None or weight > MOST_AGREED:
            weight, shown.problem = marked.number, _("Enter a whole number, from 0 to 9,999.")
        shown.weight = weight
        # Signs that are counted stand beside the words; those that are not are words.
        shown.text = marked.words if weight else line
        shown.own_question = own.get(f"question_{shown.place}", "")
        chosen = [each for each in self.questions if each.kind == shown.own_question]
        shown.question = chosen[0] if chosen else question
        if shown.question is None:
            shown.problem = _NO_QUESTION
        shown.own_language = own.get(f"language_{shown.place}", "")
        known = {code for code, _name in self.languages}
        shown.language = shown.own_language if shown.own_language in known else fields["language"]

    def _tell_problems(self) -> None:
        """Say above the form what is still to be said of lines: of headings first."""
        wrong = [line for line in self.shown if line.problem]
        headings = [line for line in wrong if not line.is_comment]
        for problem in dict.fromkeys(line.problem for line in headings or wrong):
            box = "question" if problem == _NO_QUESTION else "lines"
            if not self.has_error(box):
                self.add_error(box, str(problem))

    @staticmethod
    def initial_of(comments: Iterable[Comment]) -> dict[str, Any]:
        """Return how a paste that was undone stands in the box again: lines under their headings.

        What something else hides of it stays hidden.
        """
        undone = [each for each in comments if each.is_undone]
        if not undone:
            return {}
        lines: list[str] = []
        question = undone[0].question
        for each in undone:
            if each.question != question:
                question = each.question
                lines.append(str(question))
            lines.append(as_pasted(each.text, each.weight))
        first = undone[0]
        return {
            "lines": "\n".join(lines),
            "question": first.question.uuid,
            "language": first.submission.language,
            "descriptor": first.submission.descriptor,
            "quote_consent": all(each.is_quotable for each in undone),
        }

    @property
    def kept(self) -> list[PastedLine]:
        """The lines that are kept as comments."""
        return [line for line in self.shown if line.is_comment]

    @property
    def comments(self) -> list[PastedComment]:
        """What is kept of the lines; only of a form in which nothing is wrong."""
        return [
            PastedComment(line.text, line.question, line.language, line.weight)
            for line in self.kept
        ]

    @property
    def has_choices(self) -> bool:
        """Whether each line has boxes of its own."""
        return len(self.shown) <= MOST_CHOSEN

    @property
    def preview_key(self) -> str:
        """Return a key of the lines as they were pasted, and of whether they may be quoted."""
        marks = bool(self.cleaned_data.get("keep_marks"))
        content = [self.cleaned_data["quote_consent"], marks, self.lines_key]
        return fingerprint(content, length=16)

    @property
    def was_previewed(self) -> bool:
        """Whether these very lines were shown in a preview, with this consent."""
        return self.cleaned_data["previewed"] == self.preview_key
