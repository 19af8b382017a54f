"""Bringing in a file with its checks and its report, against bulk_create of the same rows."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, islice
from typing import Any

from django.db import transaction
from openpyxl import Workbook
from python_calamine import load_workbook

from bench.measures.people import role_of, sample_project
from bench.memory import now
from bench.models import BareComment, BareSubmission
from bench.timing import whole
from bench.vocabulary import by_use, comments, word_list
from engagements.imports.columns import Columns
from engagements.models import Question, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import map_import, run_import, start_import
from sample.story.reading import sayings

CHUNK = 1_000
_files = count(1)


HEADINGS = ("id", "comment", "who", "may quote")


def file_of(rows: int, seed: str, kind: str) -> io.BytesIO:
    """Return a file of so many comments, CSV or XLSX, as a survey tool would give it."""
    said = sayings()
    texts = comments(word_list(by_use([each.text for each in said])), seed)
    lines = (
        [row, words, said[row % len(said)].descriptor, _yes_or_no(said[row % len(said)].consent)]
        for row, words in zip(range(rows), texts, strict=False)
    )
    return _workbook(lines) if kind == "xlsx" else _text(lines)


def _yes_or_no(consent: bool) -> str:
    """Say whether somebody may be quoted."""
    return "yes" if consent else "no"


def _text(lines: Iterable[Sequence[Any]]) -> io.BytesIO:
    """Write a table as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *lines])
    return io.BytesIO(text.getvalue().encode())


def _workbook(lines: Iterable[Sequence[Any]]) -> io.BytesIO:
    """Write a table as a workbook."""
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Answers")
    for line in (HEADINGS, *lines):
        sheet.append(line)
    book.save(out)
    out.seek(0)
    return out


def _bare_rows(file: io.BytesIO, kind: str) -> Iterator[dict[str, str]]:
    """Read a file as somebody would who had only this to do."""
    if kind == "xlsx":
        cells = load_workbook(file).get_sheet_by_index(0).iter_rows()
        headings = [str(cell) for cell in next(cells)]
        return (dict(zip(headings, map(str, row), strict=True)) for row in cells)
    text = io.StringIO(file.getvalue().decode(), newline="")
    return csv.DictReader(text)


def turn(rows: int, kind: str) -> dict[str, float]:
    """Bring in one file of its own, then the same rows bare; ``kind`` is csv or xlsx.

    Gives milliseconds of each, and the MB that this process held before the first row was in and
    at the most while they came in.
    """
    number = next(_files)
    file = file_of(rows, f"import {number}", kind)
    project, by = sample_project(), role_of("coordinator")
    question = Question.objects.of(project).get(kind="need")
    engagement = plan_engagement(
        project=project, title=f"File {number}", method="survey", date=date(2024, 1, 1), by=by
    )
    columns = Columns(texts=(("comment", ""),), fields={"who": "who", "quote": "may quote"})
    seen: list[float] = []

    def ours() -> None:
        file.seek(0)
        batch = start_import(engagement=engagement, file=file, name=f"{number}.{kind}", by=by)
        batch = map_import(
            batch=batch, columns=columns, question=question, by=by, in_background=False
        )
        seen.append(now())
        run_import(batch=batch, report=lambda done, total: seen.append(now()))

    def bare() -> None:
        file.seek(0)
        table = _bare_rows(file, kind)
        while chunk := list(islice(table, CHUNK)):
            _bare_chunk(chunk, number)

    took = whole(ours)
    floor = whole(bare)
    if (kept := Submission.objects.filter(engagement=engagement).count()) != rows:
        raise RuntimeError(f"{kept} of {rows} rows went in.")
    # The first tenth fills what is kept for good: connections, prepared statements, templates.
    return {
        "ours": took,
        "bare": floor,
        "before": seen[len(seen) // 10],
        "most": max(seen),
    }


def _bare_chunk(rows: list[dict[str, str]], number: int) -> None:
    """Keep rows with nothing but bulk_create."""
    with transaction.atomic():
        submissions = BareSubmission.objects.bulk_create(
            BareSubmission(
                project=1,
                engagement=number,
                receipt=uuid.uuid4().hex[:20],
                descriptor=row["who"],
                file_hash=f"bench {number}",
                row=int(float(row["id"])),
            )
            for row in rows
        )
        BareComment.objects.bulk_create(
            BareComment(
                project=1,
                submission=submission,
                engagement=number,
                question=2,
                text=row["comment"],
                quote_consent=row["may quote"] == "yes",
            )
            for submission, row in zip(submissions, rows, strict=True)
        )
