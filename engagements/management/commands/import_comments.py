"""Bring a table of comments into a project, from the command line: CSV, TSV or Excel."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from coproduction.projects.models import Membership, Project, Role, User
from coproduction.projects.refusals import Refusal
from coproduction.ui.spreadsheets import write_csv
from engagements.imports.columns import Columns, guess_columns
from engagements.imports.layout import Chosen
from engagements.imports.letters import ENCODINGS, encoding_called
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
    NoTextColumn,
    check_columns,
    check_language,
    map_import,
    run_import,
    start_import,
)
from engagements.services.import_file import FileSummary, summarise_file
from engagements.services.question import ensure_questions

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "\\t": "\t"}
_PARTS = ("text", "question", "descriptor", "consent", "language")


class Command(BaseCommand):
    """``import_comments FILE --project SLUG --engagement TITLE``."""

    help = "Bring a table (.csv, .tsv, .xlsx) into a project. Run twice, each row goes in once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, where it belongs, and what its columns are."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--engagement", required=True, metavar="TITLE")
        parser.add_argument("--sheet", default="", metavar="NAME", help="which of a workbook")
        parser.add_argument("--heading-rows", metavar="N[-M]", help="where the headings are")
        parser.add_argument("--encoding", default="", help="such as utf-8 or windows-1252")
        parser.add_argument("--separator", default="", help="comma, semicolon, tab or |")
        parser.add_argument("--question", metavar="KIND", help="what every row answers")
        parser.add_argument("--language", default="", help="the language of rows that say none")
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="PART=COLUMN",
            help=f"which column is what: {', '.join(_PARTS)}, or a question's code",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print what became of the rows, and write the refused ones beside the file."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project “{options['project']}”.")
        try:
            batch = self._import(project, _coordinator(project), options)
        except Refusal as refusal:
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
            questions, kind = _questions(project), options["question"]
            if kind and kind not in questions:
                raise CommandError(f"--question takes one of {', '.join(questions)}.")
            columns = _columns(options["map"], seen.headings, questions, has_question=bool(kind))
            check_columns(columns, seen.headings)
            language = check_language(options["language"] or project.languages[0])
            question = ensure_questions(project=project, by=by)[kind] if kind else None
            engagement = _engagement(project, clean_typed(options["engagement"]).strip(), by)
            batch = _cut_short(engagement, seen, columns, question)
            if batch is None:
                name = options["file"].name
                batch = start_import(engagement=engagement, file=file, name=name, by=by, seen=seen)
                map_import(
                    batch=batch,
                    columns=columns,
                    question=question,
                    language=language,
                    in_background=False,
                    by=by,
                )
        return run_import(batch=batch)


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
    engagement: Engagement, seen: FileSummary, columns: Columns, question: Question | None
) -> ImportBatch | None:
    """Find an import of this very file, read in this way, that was begun and never finished."""
    begun = ImportBatch.objects.filter(
        engagement=engagement,
        file_hash=seen.scan.digest,
        layout=seen.layout.as_json() if seen.layout else {},
        question=question,
        finished_at__isnull=True,
        undone_at__isnull=True,
        job__isnull=True,
    )
    return next((batch for batch in begun if batch.mapping == columns.as_json()), None)


def _questions(project: Project) -> dict[str, Question]:
    """Return the questions that a file may answer by their codes, also those not yet kept."""
    given = {kind: Question(kind=kind) for kind in GIVEN}
    there = {question.kind: question for question in Question.objects.of(project)}
    return {kind: each for kind, each in (given | there).items() if kind != NO_QUESTION}


def _columns(
    pairs: list[str],
    headings: list[str],
    questions: Mapping[str, Question],
    *,
    has_question: bool,
) -> Columns:
    """Read ``--map``; what it leaves out is guessed from the headings."""
    parts = [*_PARTS, *questions]
    given: dict[str, str] = {}
    for pair in pairs:
        part, _sign, column = pair.partition("=")
        if part not in parts or not column:
            raise CommandError(f"--map takes PART=COLUMN, where PART is one of {', '.join(parts)}.")
        given[part] = clean_typed(column)
    guess = guess_columns(headings, questions.values())
    texts = tuple(
        (column, "" if part == "text" else part)
        for part, column in given.items()
        if part == "text" or part in questions
    )
    if not (texts or guess.texts):
        raise NoTextColumn(
            f"Say which column holds the comments, with --map text=COLUMN. "
            f"The columns are: {', '.join(headings)}."
        )
    taken = set(given.values())
    if has_question and "question" not in given:
        guess = replace(guess, question="")  # What every row answers was said already.
    rest = {
        part: given.get(part) or (column if (column := getattr(guess, part)) not in taken else "")
        for part in ("question", "descriptor", "consent", "language")
    }
    return Columns(texts=texts or guess.texts, **rest)


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
