"""A big file is looked through outside the request, with a bar; then its columns are chosen."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import User
from engagements import tasks
from engagements.imports.columns import Columns
from engagements.imports.refusals import HeadingsOnly
from engagements.models import Engagement, ImportBatch
from engagements.queries.import_file import FileGone
from engagements.services.import_batch import map_import, start_import, undo_import
from engagements.services.import_file import (
    LOOK_THROUGH,
    LOOKED_THROUGH_AT_ONCE,
    NotLookedThrough,
    look_through,
    summarise_file,
)

# In transactions of their own: the beat of a job writes beside it, and would wait for the test.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ROW = "The park by the chapel has no bench at all,yes\n"
ROWS = LOOKED_THROUGH_AT_ONCE // len(ROW) + 10_000
BIG = ("text,consent\n" + ROW * ROWS).encode()


@pytest.fixture
def carys(client_of: Callable[[User], Client], coordinator: User, files: Path) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def send(client: Client, engagement: Engagement, content: bytes, **more: Any) -> ImportBatch:
    """Send a file in by the page."""
    upload = SimpleUploadedFile("notes.csv", content, "text/csv")
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    assert client.post(url, {"file": upload, **more}).status_code == 302
    return ImportBatch.objects.get()


def pages(batch: ImportBatch) -> tuple[str, str]:
    """Give the addresses of an import: how far it is, and its columns."""
    return (
        f"/bryn/engagements/imports/{batch.uuid}/",
        f"/bryn/engagements/imports/{batch.uuid}/map/",
    )


def work_on(batch: ImportBatch) -> Job:
    """Do the job's work."""
    batch.refresh_from_db()
    assert batch.job is not None
    assert run(tasks.look_file_through, job=batch.job, refusals=(FileGone,))
    return Job.objects.get(uuid=batch.job)


def test_a_big_file_is_looked_through_by_a_job_and_then_mapped(
    carys: Client, engagement: Engagement
) -> None:
    batch = send(carys, engagement, BIG)
    at, columns = pages(batch)
    assert batch.rows == 0
    assert carys.get(columns)["Location"] == at
    page = carys.get(at).content.decode()
    assert "Looking through the file" in page
    assert 'hx-trigger="every 1s"' in page
    assert 'role="progressbar"' in page
    assert "Choose the columns" not in page
    job = work_on(batch)
    assert (job.task, job.state, job.result) == (LOOK_THROUGH, Job.State.DONE, {"rows": ROWS})
    page = carys.get(at, headers={"hx-request": "true"}).content.decode()
    assert "Choose the columns" in page
    assert "hx-get" not in page
    assert carys.get(columns).status_code == 200


def test_a_small_file_is_looked_through_at_once(carys: Client, engagement: Engagement) -> None:
    batch = send(carys, engagement, b"text\nThe park\n")
    assert (batch.rows, batch.job) == (1, None)


def test_the_preview_of_a_big_file_says_that_it_looked_at_its_beginning(
    carys: Client, engagement: Engagement
) -> None:
    batch = send(carys, engagement, BIG)
    work_on(batch)
    choice = {"column_0": "text", "column_1": "quote", "language": "en"}
    answer = carys.post(pages(batch)[1], choice)
    whole = answer.context["whole"]
    assert (whole.rows, whole.goes_on, whole.consents.agreed) == (20_000, True, 20_000)
    assert "first 20,000 rows" in answer.content.decode()


def test_the_bar_moves(engagement: Engagement, coordinator: User, files: Path) -> None:
    batch = start_import(
        engagement=engagement, file=BytesIO(BIG), name="n.csv", by=coordinator, whole=False
    )
    seen: list[tuple[int, int]] = []
    look_through(batch=batch, report=lambda *said: seen.append(said))
    assert len(seen) == ROWS // 5_000
    assert seen == sorted(set(seen))
    assert {total for _done, total in seen} == {100}
    assert 0 < seen[0][0] < seen[-1][0] <= 100


def test_no_columns_are_said_of_a_file_that_was_not_looked_through(
    engagement: Engagement, coordinator: User, files: Path
) -> None:
    batch = start_import(
        engagement=engagement, file=BytesIO(BIG), name="n.csv", by=coordinator, whole=False
    )
    with pytest.raises(NotLookedThrough):
        map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)


def test_looking_through_again_changes_nothing_nor_after_undoing(
    engagement: Engagement, coordinator: User, files: Path
) -> None:
    batch = start_import(
        engagement=engagement, file=BytesIO(BIG), name="n.csv", by=coordinator, whole=False
    )
    undo_import(batch=batch, by=coordinator)
    assert look_through(batch=batch, report=lambda *_said: None).rows == 0


def test_one_that_stopped_can_be_run_again(carys: Client, engagement: Engagement) -> None:
    batch = send(carys, engagement, BIG)
    kept = Path(batch.file.path)
    kept.rename(kept.with_name("away"))
    job = work_on(batch)
    assert job.is_failed
    page = carys.get(pages(batch)[0]).content.decode()
    assert "can&#x27;t be found any more" in page
    assert "Run it again" in page
    kept.with_name("away").rename(kept)
    carys.post(f"{pages(batch)[0]}again/")
    assert work_on(batch).result == {"rows": ROWS}


def test_a_big_file_with_nothing_under_its_headings_is_refused_at_once() -> None:
    blank = b"text,consent\n" + b",\n" * LOOKED_THROUGH_AT_ONCE
    with pytest.raises(HeadingsOnly):
        summarise_file(BytesIO(blank), whole=False)
