"""The measures: each does our work and the bare baseline's in the same run."""

import csv
import io
import resource
import uuid
from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.test import Client

from bench.models import BareComment, BareSubmission
from bench.timing import Figure, once
from coproduction.projects.models import Project, User
from engagements.imports.columns import Columns
from engagements.models import Question, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import map_import, run_import, start_import
from sample.story.reading import sayings

ROWS = 100_000
CHUNK = 1_000


def signed_in(user: User) -> Client:
    """Return a client signed in as somebody."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def memory() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def file_of(rows: int) -> io.BytesIO:
    """Return a CSV file of so many comments, as a survey tool would give it."""
    said = sayings()
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["id", "comment", "who", "may quote"])
    for row in range(rows):
        saying = said[row % len(said)]
        table.writerow([row, saying.text, saying.descriptor, "yes" if saying.consent else "no"])
    return io.BytesIO(text.getvalue().encode())


def importing(project: Project, coordinator: User) -> Iterator[Figure]:
    """Import 100,000 rows with checks and report, against bulk_create of the same rows."""
    question = Question.objects.of(project).get(kind="need")
    engagement = plan_engagement(
        project=project, title="Bench", method="survey", date=date(2024, 1, 1), by=coordinator
    )
    file = file_of(ROWS)
    columns = Columns(texts=(("comment", ""),), descriptor="who", consent="may quote")
    seen: list[float] = []

    def ours() -> None:
        file.seek(0)
        batch = start_import(engagement=engagement, file=file, name="bench.csv", by=coordinator)
        batch = map_import(
            batch=batch, columns=columns, question=question, by=coordinator, in_background=False
        )
        run_import(batch=batch, report=lambda done, total: seen.append(memory()))

    def bare() -> None:
        file.seek(0)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        rows = csv.DictReader(text)
        while chunk := list(islice(rows, CHUNK)):
            _bare_chunk(chunk)
        text.detach()

    floor = once(bare)
    took = once(ours)
    if (kept := Submission.objects.filter(engagement=engagement).count()) != ROWS:
        raise RuntimeError(f"{kept} of {ROWS} rows went in.")
    yield Figure("import 100,000 rows", took / 1000, floor / 1000, took / floor, 2, unit="s")
    early, late = seen[len(seen) // 10], seen[-1]
    yield Figure("its memory, last row to first tenth", late, early, late / early, 1.1, unit="MB")


def _bare_chunk(rows: list[dict[str, str]]) -> None:
    """Keep rows with nothing but bulk_create."""
    with transaction.atomic():
        submissions = BareSubmission.objects.bulk_create(
            BareSubmission(
                project=1,
                engagement=1,
                receipt=uuid.uuid4().hex[:20],
                descriptor=row["who"],
                file_hash="bench",
                row=int(row["id"]),
            )
            for row in rows
        )
        BareComment.objects.bulk_create(
            BareComment(
                project=1,
                submission=submission,
                engagement=1,
                question=2,
                text=row["comment"],
                quote_consent=row["may quote"] == "yes",
            )
            for submission, row in zip(submissions, rows, strict=True)
        )
