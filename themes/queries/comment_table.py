"""Comments as a table to take out: every row that a list shows, with its codes, and no row more."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast, Length
from django.utils.translation import gettext as _
from django.utils.translation import override

from coproduction.languages.codes import code_of_language, page_language, translated_name
from coproduction.languages.models import Translated
from coproduction.languages.searching import Found
from coproduction.projects.models import Project
from coproduction.ui.spreadsheets import csv_pieces, escape_formula
from coproduction.ui.workbooks import most_parts, parts_of_cell, workbook_pieces
from engagements.imports.comment_table import HEADINGS, table_headings
from engagements.models import Comment, Engagement, Method, Question, Redaction
from engagements.queries.comment_selection import CommentSelection
from themes.models import Coding
from themes.queries.codebook import codebook_of

# So many keys are found, and so many comments read, at a time.
_KEYS, _PIECE = 5_000, 900
_WIDTHS = {"engagement": 28, "question": 20, "text": 80, "translation": 40, "codes": 30}


def comments_to_take_out(project: Project, selection: CommentSelection) -> Found[Comment]:
    """Return the comments of a list that was narrowed so.

    Only those that nothing withholds, whatever was asked for: what is withdrawn stays here.
    """
    return selection.among(project, Comment.objects.of(project).visible())


def keys_in_order(found: Found[Comment]) -> "array[int]":
    """Return the keys of everything found, in the order it came in; one query for 5,000 of them."""
    keys = array("q")
    while piece := found.keys(_KEYS, newest_first=False, beyond=keys[-1] if keys else None):
        keys.extend(piece)
        if len(piece) < _KEYS:
            break
    return keys


class CommentTable:
    """The table of some comments, by their keys: a row for each, in the language it is made in.

    Read 900 at a time, with the same queries for each: any number takes the same room. What was
    withheld since the keys were found is left out.
    """

    def __init__(self, project: Project, keys: Sequence[int]) -> None:
        """Read what rows share: engagements, questions, the codebook."""
        self.project, self._keys = project, keys
        self._page_language = page_language()
        methods = {value: str(label) for value, label in Method.choices}
        self._engagements = {
            pk: (title, date, place, methods.get(method, method), area)
            for pk, title, date, place, method, area in Engagement.objects.of(project).values_list(
                "pk", "title", "date", "place", "method", "area"
            )
        }
        questions = Question.objects.of(project)
        self._questions = {each.pk: (str(each), each.kind) for each in questions}
        branches = codebook_of(project).branches
        self._codes = {
            code.pk: (str(code), str(branch.theme) if branch.theme else "")
            for branch in branches
            for code in branch.codes
        }
        self._place_of_code = {pk: place for place, pk in enumerate(self._codes)}
        self._consent = {True: _("Yes"), False: _("No")}
        # By whether what is kept of earlier words was kept for a typo; None where nothing is.
        self._states = {
            None: _("As it was said"),
            True: _("A typo was put right"),
            False: _("Words were taken out"),
        }
        self._names: dict[str, str] = {}
        self.headings = table_headings()

    def __len__(self) -> int:
        """Return how many rows there are to be."""
        return len(self._keys)

    def as_csv(self) -> Iterator[bytes]:
        """Give the table as CSV."""
        return csv_pieces(self.headings, self.rows())

    def as_workbook(self) -> Iterator[bytes]:
        """Give the table as a workbook.

        Cells are escaped as in CSV, since it may be saved as such. What is longer than a cell goes
        on in columns at the end.
        """
        long = self._most_parts()
        more = [
            _("%(column)s, part %(number)d") % {"column": self.headings[place], "number": number}
            for place, parts in long.items()
            for number in range(2, parts + 1)
        ]
        widths = [_WIDTHS.get(name, 16) for name in HEADINGS]
        rows = (_in_cells(row, long) for row in self.rows())
        return workbook_pieces(_("Comments"), [*self.headings, *more], rows, widths=widths)

    def rows(self) -> Iterator[list[Any]]:
        """Give the rows, as ``headings`` calls their cells: texts, and the day as one."""
        for piece in _pieces(self._keys):
            yield from self._rows_of(piece)

    def _rows_of(self, keys: Sequence[int]) -> Iterator[list[Any]]:
        """Read some rows: three queries."""
        codes: dict[int, list[int]] = defaultdict(list)
        for comment, code in Coding.objects.filter(comment__in=keys).values_list(
            "comment_id", "theme_id"
        ):
            if code in self._codes:
                codes[comment].append(code)
        kept = Redaction.objects.filter(comment__in=keys).values_list("comment_id", "is_typo")
        # Words may have been taken out beside a typo: that is said then.
        changed = dict(sorted(kept, key=lambda each: not each[1]))
        for pk, text, translation, language, consent, weight, question, engagement, *told in (
            _visible(self.project, keys)
            .order_by("pk")
            .values_list(
                *("pk", "text", "translation", "language", "quote_consent", "weight"),
                *("question_id", "engagement_id", "submission__descriptor"),
                *("submission__age_band", "submission__area", "submission__uuid"),
            )
        ):
            *whose, person = told
            themed = [
                self._codes[code] for code in sorted(codes[pk], key=self._place_of_code.__getitem__)
            ]
            name, kind = self._questions[question]
            yield [
                *self._engagements[engagement],
                name,
                text,
                self._translated(translation),
                *whose,
                self._consent[consent],
                str(weight or ""),
                self._language(language),
                "; ".join(dict.fromkeys(theme for _code, theme in themed if theme)),
                "; ".join(code for code, _theme in themed),
                self._states[changed.get(pk)],
                kind,
                str(person),
            ]

    def _translated(self, translation: Translated) -> str:
        """Return what stands beside the words; each with its language where there are several."""
        texts = [(code, entry["text"] or "") for code, entry in translation.entries.items()]
        if len(texts) < 2:
            return texts[0][1] if texts else ""
        # PostgreSQL gives them in an order of its own.
        ours = self.project.languages
        texts.sort(
            key=lambda each: (ours.index(each[0]) if each[0] in ours else len(ours), each[0])
        )
        return "\n\n".join(f"{self._language(code)}: {text}" for code, text in texts)

    def _language(self, code: str) -> str:
        """Name a language as the table is written; by its code where no import knows the name."""
        if code not in self._names:
            with override(self._page_language):
                name = translated_name(code)
            self._names[code] = name if code_of_language(name) == code else code
        return self._names[code]

    def _most_parts(self) -> dict[int, int]:
        """Return into how many cells the longest words and translation go, by the column's place.

        Only of columns that need more than one. One query for every 900 rows.
        """
        most = {"text": 1, "translation": 1}
        for piece in _pieces(self._keys):
            longest = _visible(self.project, piece).aggregate(
                text=Max(Length("text")),
                translation=Max(Length(Cast("translation", TextField()))),
            )
            # The quote mark before a formula is one more.
            most = {name: max(most[name], most_parts(1 + (longest[name] or 0))) for name in most}
        places = list(HEADINGS)
        return {places.index(name): parts for name, parts in most.items() if parts > 1}


FILES: dict[str, Callable[[CommentTable], Iterator[bytes]]] = {
    "csv": CommentTable.as_csv,
    "xlsx": CommentTable.as_workbook,
}


def _visible(project: Project, keys: Sequence[int]) -> QuerySet[Comment]:
    """Return those of some comments that nothing withholds by now."""
    return Comment.objects.of(project).visible().filter(pk__in=keys)


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut keys into as many as are read at a time."""
    return (keys[at : at + _PIECE] for at in range(0, len(keys), _PIECE))


def _in_cells(row: list[Any], long: Mapping[int, int]) -> list[Any]:
    """Escape the cells of a row, and put what is too long for one into those at its end."""
    cells = [escape_formula(cell) for cell in row]
    more: list[str] = []
    for place, most in long.items():
        first, *rest = parts_of_cell(cells[place])
        cells[place] = first
        more += [*rest, *[""] * (most - 1 - len(rest))]
    return cells + more
