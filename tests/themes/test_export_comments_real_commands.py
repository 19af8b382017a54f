"""10,334 real comments with their codes: all come in, and all of it goes out as it was."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from engagements.models import Comment, Engagement, ImportBatch
from themes.models import Coding
from themes.services.label import take_in_labels

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Beside the checkout, where somebody has put it: it is used from there and never copied.
REAL = Path(__file__).resolve().parents[3] / "shared/data/nhs/nhs_fft_phase1_twolevel.csv"
ROWS = 10_334


def words(text: str) -> str:
    """Return a text's words without what only lays them out, or defuses them."""
    return " ".join(text.removeprefix("'").split())


@pytest.mark.skipif(not REAL.is_file(), reason="the table is not beside the checkout")
@pytest.mark.usefixtures("files")
def test_every_row_is_accounted_for_and_goes_out_as_it_came(project, tmp_path) -> None:
    told, out = StringIO(), tmp_path / "out.csv"
    call_command(
        *("import_comments", str(REAL), "--project", project.slug, "--question", "need", "--map"),
        *("text=feedback", "engagement=organization", "theme=label", "code=subcategory"),
        "id=row_index",
        stdout=told,
    )
    assert told.getvalue().strip() == f"imported {ROWS}, skipped 0, refused 0"
    take_in_labels(batch=ImportBatch.objects.get())
    assert Coding.objects.of(project).count() == Comment.objects.of(project).count() == ROWS
    assert Engagement.objects.of(project).count() == 3
    call_command("export_comments", project.slug, "--out", str(out), stdout=StringIO())
    with REAL.open(encoding="utf-8", newline="") as file:
        came = Counter(
            tuple(words(row[name]) for name in ("feedback", "organization", "label", "subcategory"))
            for row in csv.DictReader(file)
        )
    with out.open(encoding="utf-8-sig", newline="") as file:
        went = Counter(
            tuple(words(row[name]) for name in ("Comment", "Engagement", "Themes", "Codes"))
            for row in csv.DictReader(file)
        )
    assert came.total() == went.total() == ROWS
    assert came == went
