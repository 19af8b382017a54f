"""Bring a table of comments into a project, from the command line: CSV, TSV or Excel."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coproduction.languages.codes import UNKNOWN_LANGUAGE
from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from coproduction.projects.models import Membership, Project, Role, User
from coproduction.projects.refusals import Refusal
from coproduction.ui.spreadsheets import write_csv
from engagements.imports.columns import Columns
from engagements.imports.headings import LOOKED_AT
from engagements.imports.layout import Chosen
from engagements.imports.letters import ENCODINGS, encoding_called
from engagements.imports.said_in_words import SaidWrongly, columns_said
from engagements.imports.table import Row, read_table
from engagements.models import (
    GIVEN,
    NO_QUESTION,
    Engagement,
    ImportBatch,
    Method,
    Question,
)
from engagements.queries.import_file import refused_rows_table
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import (
    NoEngagement,
    NoTextColumn,
    check_columns,
    map_import,
    run_import,
    start_import,
)
from engagements.services.import_figures import bring_figures
from engagements.services.import_file import FileSummary, summarise_file
from engagements.services.import_language import check_language
from engagements.services.question import ensure_questions

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "\\t": "\t"}
_ROWS_TO_GUESS_BY = 10
_OPTIONS = (
    ("--map", "FIELD=COLUMN", "which column is what"),
    (
        "--value",
        "COLUMN:CELL=MEANING",
        "what a cell means: a question's code, yes, no, leave-out, whole, or a method",
    ),
    ("--split", "COLUMN:SEPARATOR", "what stands between several points in a cell: ; line dash"),
    ("--only", "COLUMN=CELL", "bring in only the rows in which a column says this"),
)


class Command(BaseCommand):
    """``import_comments FILE --project SLUG [--engagement TITLE]``."""

    help = "Bring a table (.csv, .tsv, .xlsx) into a project. Run twice, each row goes in once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, where it belongs, and what its columns and cells mean."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--engagement", default="", metavar="TITLE", help="of rows that name none"
        )
        parser.add_argument("--sheet", default="", metavar="NAME", help="which of a workbook")
        parser.add_argument(
            "--year", type=int, metavar="YEAR", help="the year of days that say none"
        )
        parser.add_argument(
            "--figures-sheet",
            default="",
            metavar="NAME",
            help="people heard, hours, costs",
        )
        parser.add_argument("--heading-rows", metavar="N[-M]", help="where the headings are")
        parser.add_argument("--encoding", default="", help="such as utf-8 or windows-1252")
        parser.add_argument("--separator", default="", help="comma, semicolon, tab or |")
        parser.add_argument("--question", metavar="KIND", help="what every row answers")
        parser.add_argument(
            "--language",
            default="",
            help="of rows that say none; else it is guessed",
        )
        for name, metavar, told in _OPTIONS:
            parser.add_argument(
                name, nargs="+", action="extend", default=[], metavar=metavar, help=told
            )
        parser.add_argument(
            "--skip-same",
            action="store_true",
            help="leave out as many rows as say the same as answers that are here already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print what became of the rows, and write the refused ones beside the file."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project “{options['project']}”.")
        try:
            batch = self._import(project, _coordinator(project), options)
        except (Refusal, SaidWrongly) as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from error
        self.stdout.write(
            f"imported {batch.imported}, skipped {batch.skipped}, refused {batch.refused}"
        )
        if batch.refused:
            self.stderr.write(f"Refused rows and why: {_write_refused(batch, options['file'])}")

    def _import(self, project: Project, by: User, options: dict[str, Any]) -> ImportBatch:
        """Take the file in and keep its rows; or go on with an import that was cut short."""
        with options["file"].open("rb") as file:
            # Everything that may be refused is, before anything is kept: a refused file leaves no
            # engagement behind. It is read outside any transaction, since SQLite has one writer.
            seen = summarise_file(file, chosen=_chosen(options))
            figures = options["figures_sheet"]
            seen_too = summarise_file(file, chosen=Chosen(sheet=figures)) if figures else None
            questions, kind = _questions(project), options["question"]
            if kind and kind not in questions:
                raise CommandError(f"--question takes one of {', '.join(questions)}.")
            title = clean_typed(options["engagement"]).strip()
            rows = _first_rows(file, seen)
            columns = _columns(options, seen.headings, rows, questions, has_title=bool(title))
            check_columns(columns, seen.headings)
            if not (title or columns.names_engagements):
                raise NoEngagement(
                    "Say at which engagement it was said, with --engagement TITLE, or which column "
                    "names it, with --map engagement=COLUMN."
                )
            language = check_language(options["language"] or UNKNOWN_LANGUAGE)
            question = ensure_questions(project=project, by=by)[kind] if kind else None
            engagement = _engagement(project, title, by) if title else None
            batch = _cut_short(project, engagement, seen, columns, question)
            if batch is None:
                batch = start_import(
                    project=project,
                    engagement=engagement,
                    file=file,
                    name=options["file"].name,
                    by=by,
                    seen=seen,
                )
                map_import(
                    batch=batch,
                    columns=columns,
                    question=question,
                    language=language,
                    in_background=False,
                    by=by,
                )
            run_import(batch=batch)
            if seen_too is not None and (left := _bring_figures(batch, file, seen_too)):
                rows_left = ", ".join(map(str, left))
                self.stderr.write(f"Rows of “{figures}” that could not be taken: {rows_left}.")
        return batch


def _first_rows(file: BinaryIO, seen: FileSummary) -> list[Row]:
    """Return the rows that columns are guessed by."""
    if seen.layout is None:
        return []
    table = read_table(file, seen.layout, first=_ROWS_TO_GUESS_BY + LOOKED_AT)
    return list(islice(table.rows, _ROWS_TO_GUESS_BY))


def _bring_figures(batch: ImportBatch, file: BinaryIO, seen: FileSummary) -> list[int]:
    """Take what a second sheet says of the engagements: people heard, helpers, hours and costs.

    Return the numbers of rows that could not be taken.
    """
    if seen.layout is None:
        return []
    rows = read_table(file, seen.layout).rows
    filled = bring_figures(
        project=batch.project, headings=seen.headings, rows=rows, batch=batch, by=batch.by
    )
    return list(filled.problems)


def _chosen(options: Mapping[str, Any]) -> Chosen:
    """Return what was said of how the file is read; the rest is guessed. Raises CommandError."""
    encoding, separator = options["encoding"], options["separator"]
    if encoding and not (found := encoding_called(encoding)):
        raise CommandError(
            f"--encoding “{encoding}” is not known. It takes one of {', '.join(ENCODINGS)}."
        )
    mark = _SEPARATORS.get(separator.lower(), separator)
    if mark and mark not in _SEPARATORS.values():
        raise CommandError(
            f"--separator takes one of {', '.join(_SEPARATORS)}, or the sign itself."
        )
    return Chosen(
        sheet=options["sheet"],
        encoding=found if encoding else "",
        separator=mark,
        headings=_heading_rows(options["heading_rows"]),
    )


def _heading_rows(typed: str | None) -> tuple[int, int] | None:
    """Read ``--heading-rows``; None where it was not said. Raises CommandError."""
    if typed is None:
        return None
    first, _sign, last = typed.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise CommandError("--heading-rows takes a row such as 3, or the first and last: 1-2.")
    return int(first), int(last or first)


def _coordinator(project: Project) -> User:
    """Return who the import is recorded under: the project's first co-ordinator."""
    first = (
        Membership.objects.filter(project=project, role=Role.COORDINATOR)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    if first is None:
        raise CommandError("The project has no co-ordinator.")
    return first.user


def _engagement(project: Project, title: str, by: User) -> Engagement:
    """Find the engagement by its title, or make it."""
    there = Engagement.objects.of(project).order_by("pk")
    found = next((each for each in there if fold(each.title) == fold(title)), None)
    return found or plan_engagement(
        project=project,
        title=title,
        method=Method.SURVEY,
        date=timezone.localdate(),
        status=Engagement.Status.HELD,
        by=by,
    )


def _cut_short(
    project: Project,
    engagement: Engagement | None,
    seen: FileSummary,
    columns: Columns,
    question: Question | None,
) -> ImportBatch | None:
    """Find an import of this very file, read in this way, that was begun and never finished."""
    begun = ImportBatch.objects.of(project).filter(
        engagement=engagement,
        file_hash=seen.scan.digest,
        layout=seen.layout.as_json() if seen.layout else {},
        question=question,
        finished_at__isnull=True,
        undone_at__isnull=True,
        job__isnull=True,
    )
    return next(
        (batch for batch in begun if batch.mapping and Columns.from_json(batch.mapping) == columns),
        None,
    )


def _questions(project: Project) -> dict[str, Question]:
    """Return the questions that a file may answer by their codes, also those not yet kept."""
    given = {kind: Question(kind=kind) for kind in GIVEN}
    there = {question.kind: question for question in Question.objects.of(project)}
    return {kind: each for kind, each in (given | there).items() if kind != NO_QUESTION}


def _columns(
    options: Mapping[str, Any],
    headings: list[str],
    rows: list[Row],
    questions: Mapping[str, Question],
    *,
    has_title: bool,
) -> Columns:
    """Read what was said of columns and cells; what is left out is guessed, as on the page."""
    columns = columns_said(options, headings, rows, questions, names_engagement=has_title)
    if not columns.texts:
        raise NoTextColumn(
            f"Say which column holds the comments, with --map text=COLUMN. "
            f"The columns are: {', '.join(headings)}."
        )
    return replace(columns, skip_same=options["skip_same"])


def _write_refused(batch: ImportBatch, file: Path) -> Path:
    """Write the refused rows beside the file; where that can't be, in the present folder."""
    headings, rows = refused_rows_table(batch)
    for path in (file.with_name(f"{file.name}.refused.csv"), Path(f"{file.name}.refused.csv")):
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as out:
                write_csv(out, headings, rows)
        except OSError:
            continue
        return path
    raise CommandError("The refused rows could not be written: no folder to write to.")
