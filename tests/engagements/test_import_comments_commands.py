"""The command that brings a file in: what it prints, writes and refuses; killed half way."""

import csv
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from engagements.models import Comment, Engagement, ImportBatch, Question
from engagements.services import import_batch, import_file
from tests.engagements.workbooks import workbook

ROOT = Path(__file__).resolve().parents[2]
# Beside the checkout, where somebody has put it: it is used from there and never copied.
REAL = ROOT.parent / "shared/data/bowling-green/comments.csv"


def bring(file: Path, *more: str, engagement: str = "Postcards") -> str:
    """Run the command on a file; return what it prints."""
    out = StringIO()
    call_command(
        "import_comments",
        str(file),
        "--project",
        "bryn",
        "--engagement",
        engagement,
        *more,
        stdout=out,
        stderr=StringIO(),
    )
    return out.getvalue().strip()


@pytest.fixture
def notes(tmp_path, project, files) -> Path:
    """A file of three comments, one of them empty."""
    path = tmp_path / "notes.csv"
    path.write_text('id,words\n1,"The park, mostly"\n2,\n3,-A bus\n', encoding="utf-8")
    return path


def test_it_prints_what_became_of_the_rows(notes, project) -> None:
    assert bring(notes, "--map", "text=words", "--question", "need") == (
        "imported 2, skipped 0, refused 1"
    )
    assert bring(notes, "--map", "text=words", "--question", "need") == (
        "imported 0, skipped 2, refused 1"
    )
    comments = Comment.objects.of(project)
    assert list(comments.values_list("text", "question__kind")) == [
        ("The park, mostly", "need"),
        ("-A bus", "need"),
    ]
    engagement = Engagement.objects.get()
    assert (engagement.title, engagement.is_held) == ("Postcards", True)


def test_refused_rows_are_written_beside_the_file_with_their_reason(notes) -> None:
    bring(notes, "--map", "text=words")
    with (notes.parent / "notes.csv.refused.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["refused_row", "refused_because", "id", "words"]
    assert [row[0] for row in rows[1:]] == ["3"]
    assert rows[1][1].startswith("There are no words in it.")


def test_refused_rows_are_written_here_when_they_cannot_be_beside_the_file(
    notes, monkeypatch, tmp_path_factory
) -> None:
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    (notes.parent / "notes.csv.refused.csv").mkdir()
    bring(notes, "--map", "text=words")
    assert (here / "notes.csv.refused.csv").exists()


def test_a_column_for_each_question(tmp_path, project, files) -> None:
    path = tmp_path / "three.csv"
    path.write_text("have,want,fix,may\nPark,Bus,Bins,yes\n,Bank,,\n")
    assert bring(path, "--map", "asset=have", "need=want", "--map", "change=fix", "consent=may")
    assert list(Comment.objects.values_list("question__kind", "quote_consent")) == [
        ("asset", True),
        ("need", True),
        ("change", True),
        ("need", False),
    ]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("content", "mapped", "says"),
    [
        (b"words\nA park\n", ["--map", "text=comment"], "The columns are: words"),
        (b"id,mutterings\n1,A park\n", [], "--map text=COLUMN"),
        (b"id,words\n1,A park\n", ["--map", "nonsense"], "PART=COLUMN"),
        (b"PK\x03\x04....", ["--map", "text=words"], "damaged"),
        (b"", ["--map", "text=words"], "empty"),
        (b"words\n", ["--map", "text=words"], "no rows"),
        (b"words\n\x81\x8d\n", ["--map", "text=words"], "UTF-8"),
    ],
    ids=["no such column", "no column", "no pair", "zip", "empty", "headings only", "encoding"],
)
def test_a_file_that_cannot_come_in_leaves_nothing(
    tmp_path, project, content, mapped, says
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=re.escape(says)):
        bring(path, *mapped)
    assert not Engagement.objects.exists()
    assert not ImportBatch.objects.exists()
    assert not Question.objects.exists()


def test_what_is_not_there_is_said(tmp_path, project, files) -> None:
    with pytest.raises(CommandError, match="No such file"):
        bring(tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="no project"):
        call_command("import_comments", "x.csv", "--project", "glyn", "--engagement", "Postcards")


@pytest.mark.skipif(not REAL.exists(), reason="the real comments are not on this machine")
def test_the_real_comments_all_go_in(project, files) -> None:
    told = bring(REAL, "--map", "text=comment-body", engagement="Civic assembly")
    assert told == "imported 896, skipped 0, refused 0"


@pytest.mark.processes
def test_killed_half_way_it_goes_on_and_keeps_each_row_once(migrated, tmp_path) -> None:
    file = tmp_path / "many.csv"
    rows = 60_000
    file.write_text("text\n" + "".join(f"Comment number {n}\n" for n in range(rows)))
    migrated.manage("create_project", "bryn", "--place", "Bryn", "--owner", "o@bryn.example")
    arguments = ["import_comments", str(file), "--project", "bryn", "--engagement", "Many"]
    count = "from engagements.models import Comment; print(Comment.objects.count())"
    with subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=migrated.env
    ) as process:
        while int(migrated.manage("shell", "--no-imports", "-c", count).stdout) < 1_000:
            assert process.poll() is None, "it ended before it could be killed"
        process.send_signal(signal.SIGKILL)
    kept = int(migrated.manage("shell", "--no-imports", "-c", count).stdout)
    assert 1_000 <= kept < rows
    # Ends with 1 where what is counted is not what is there.
    migrated.manage("check_counts")
    again = migrated.manage(*arguments)
    assert again.stdout.strip() == f"imported {rows}, skipped 0, refused 0"
    assert int(migrated.manage("shell", "--no-imports", "-c", count).stdout) == rows
    migrated.manage("check_counts")


def test_a_language_that_is_none_is_refused_and_leaves_nothing_behind(notes) -> None:
    with pytest.raises(CommandError, match="language is not known"):
        bring(notes, "--map", "text=words", "--language", "klingon-or-so")
    assert not Engagement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_while_others_write(notes, monkeypatch) -> None:
    """No transaction is open, in which SQLite's only writer would wait."""
    inside = []

    def noting(read):
        def noted(*args, **kwargs):
            inside.append(connection.in_atomic_block)
            return read(*args, **kwargs)

        return noted

    monkeypatch.setattr(import_file, "scan_file", noting(import_file.scan_file))
    monkeypatch.setattr(import_batch, "read_table", noting(import_batch.read_table))
    monkeypatch.setattr(import_file, "read_table", noting(import_file.read_table))
    bring(notes, "--map", "text=words")
    assert len(inside) >= 2
    assert not any(inside)


def book(path: Path) -> Path:
    """Write a workbook of two sheets, one of them with a title above its headings."""
    sheets = {
        "Fair": [["What people said"], [], ["Who", "Comment"], ["A child", "A park"]],
        "Tea": [["Comment"], ["A roof"], ["More tea"]],
    }
    path.write_bytes(workbook(sheets))
    return path


@pytest.mark.usefixtures("files", "project")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], ["A park"]),
        (["--sheet", "Tea"], ["A roof", "More tea"]),
        (
            ["--sheet", "Tea", "--heading-rows", "1-2", "--map", "text=Comment – A roof"],
            ["More tea"],
        ),
    ],
    ids=["guessed", "another sheet", "two rows of headings"],
)
def test_a_workbook_is_read_as_it_is_said(tmp_path, more, told) -> None:
    file = book(tmp_path / "log.xlsx")
    bring(file, *(more or ["--sheet", "Fair"]))
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == told


@pytest.mark.usefixtures("files", "project")
def test_letters_and_separator_are_as_they_are_said(tmp_path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("Comment|Who;x\nY tŷ|A;b\n".encode("iso8859-14"))
    bring(file, "--encoding", "iso-8859-14", "--separator", "|")
    assert Comment.objects.get().text == "Y tŷ"


@pytest.mark.usefixtures("files", "project")
@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--sheet", "Nowhere"], "There is no sheet called “Nowhere”. The sheets are: Fair, Tea."),
        (["--heading-rows", "first"], "--heading-rows takes a row such as 3"),
        (["--heading-rows", "0"], "one to five rows"),
        (["--encoding", "klingon"], "--encoding “klingon” is not known"),
        (["--encoding", "utf-8"], "A workbook has no encoding"),
        (["--separator", "x"], "--separator takes one of comma, semicolon, tab"),
    ],
)
def test_a_way_of_reading_that_is_none_is_told_and_leaves_nothing(tmp_path, more, says) -> None:
    with pytest.raises(CommandError, match=re.escape(says)):
        bring(book(tmp_path / "log.xlsx"), *more)
    assert not Engagement.objects.exists()
