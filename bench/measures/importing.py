"""Bringing in a file with its checks and its report, against bulk_create of the same rows."""

import csv
import io
import uuid
from datetime import date
from itertools import count, islice

from django.db import transaction

from bench.measures.people import role_of, sample_project
from bench.memory import now
from bench.models import BareComment, BareSubmission
from bench.timing import once
from bench.vocabulary import by_use, comments, word_list
from engagements.imports.columns import Columns
from engagements.models import Question, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import map_import, run_import, start_import
from sample.story.reading import sayings

CHUNK = 1_000
_files = count(1)


def file_of(rows: int, seed: str) -> io.BytesIO:
    """Return a CSV file of so many comments, as a survey tool would give it."""
    said = sayings()
    texts = comments(word_list(by_use([each.text for each in said])), seed)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["id", "comment", "who", "may quote"])
    for row, words in zip(range(rows), texts, strict=False):
        saying = said[row % len(said)]
        table.writerow([row, words, saying.descriptor, "yes" if saying.consent else "no"])
    return io.BytesIO(text.getvalue().encode())


def turn(rows: int) -> dict[str, float]:
    """Bring in one file of its own, then the same rows bare.

    Gives milliseconds of each, and the MB that this process held before the first row was in and
    at the most while they came in.
    """
    number = next(_files)
    file = file_of(rows, f"import {number}")
    project, by = sample_project(), role_of("coordinator")
    question = Question.objects.of(project).get(kind="need")
    engagement = plan_engagement(
        project=project, title=f"File {number}", method="survey", date=date(2024, 1, 1), by=by
    )
    columns = Columns(texts=(("comment", ""),), fields={"who": "who", "quote": "may quote"})
    seen: list[float] = []

    def ours() -> None:
        file.seek(0)
        batch = start_import(engagement=engagement, file=file, name=f"{number}.csv", by=by)
        batch = map_import(
            batch=batch, columns=columns, question=question, by=by, in_background=False
        )
        seen.append(now())
        run_import(batch=batch, report=lambda done, total: seen.append(now()))

    def bare() -> None:
        file.seek(0)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        table = csv.DictReader(text)
        while chunk := list(islice(table, CHUNK)):
            _bare_chunk(chunk, number)
        text.detach()

    took = once(ours)
    floor = once(bare)
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
                row=int(row["id"]),
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
