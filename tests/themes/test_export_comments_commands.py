"""The command that writes comments into a file; and what went out comes in again equal."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coproduction.projects.models import AuditEntry
from engagements.models import Comment
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from engagements.services.withholding import withdraw_comment
from tests.themes.comments import make_comments, make_engagement, make_questions
from tests.workbooks import cells_of

# What files, spreadsheets and careless readers trip over.
AWKWARD = [
    *("=1+1", '=HYPERLINK("http://x.example")', "+44 29 2000 0000", "-5 degrees", "@home", "-"),
    *("'=1+1", "''+1", "' =1", "'tis", "'", "''", "a = b", "=", "'=", "[?] what now"),
    *('"quoted"', '""', '"', "a,b;c\td", "one\ntwo\n\nthree", "=1\n=2", "\\n", "a\\"),
    *("Mae'r tŷ ar lan y dŵr, ŵŷâêîôû", "👩‍👩‍👧 family, 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "مرحبا بالعالم", "שלום, world"),
    *("NULL", "None", "#N/A", "1e5", "007", "2024-05-04", "TRUE", "_x000D_", "<b>&amp;</b>"),
    *("x" * 100_000, "=" + "y" * 99_999, "😀" * 50_000),
]


def export(project, out: Path) -> str:
    """Run the command; return what it prints."""
    said = StringIO()
    call_command("export_comments", project.slug, "--out", str(out), stdout=said)
    return said.getvalue().strip()


def kept_in(project) -> list[tuple[object, ...]]:
    """Return what is kept of each comment, in the order it came in."""
    rows = Comment.objects.of(project).order_by("pk")
    kept = (
        "text",
        "question__kind",
        "submission__descriptor",
        "quote_consent",
        "language",
        "weight",
    )
    return list(rows.values_list(*kept))


@pytest.fixture
def said(project) -> None:
    """Everything awkward, of each question, consent and language, said by whoever."""
    questions = list(make_questions(project).values())
    add_submissions(
        engagement=make_engagement(project),
        entries=[
            SubmissionDraft(
                comments=[CommentDraft(questions[n % len(questions)], text, weight=n % 4)],
                descriptor=["", "=A parent", "Someone, 70", "-", "'x", "Ffermwr ŵ"][n % 6],
                quote_consent=n % 2 == 0,
                language=["en", "cy", "pl", "ar", "zh-hans"][n % 5],
            )
            for n, text in enumerate(AWKWARD)
        ],
        channel="typed",
        by=None,
    )


@pytest.mark.usefixtures("said", "files")
@pytest.mark.parametrize("languages", [["en", "cy"], ["cy", "en"]], ids=["English", "Welsh"])
def test_what_went_out_comes_in_again_equal(project, other_project, tmp_path, languages) -> None:
    project.languages = languages
    project.save()
    out = tmp_path / "comments.csv"
    assert export(project, out) == f"Wrote {len(AWKWARD)} comments of bryn to {out}."
    told = StringIO()
    call_command(
        *("import_comments", str(out), "--project", other_project.slug),
        *("--engagement", "Brought along"),
        stdout=told,
        stderr=told,
    )
    assert told.getvalue().strip() == f"imported {len(AWKWARD)}, skipped 0, refused 0"
    assert [row[0] for row in kept_in(project)] == AWKWARD
    assert kept_in(other_project) == kept_in(project)
    # And out of there, the same again, but for where it was heard and by whom.
    again = tmp_path / "again.csv"
    other_project.languages = languages
    other_project.save()
    export(other_project, again)
    rows = [
        list(csv.reader(StringIO(path.read_text("utf-8-sig"), newline=""))) for path in (out, again)
    ]
    assert [row[5:16] for row in rows[0]] == [row[5:16] for row in rows[1]]


@pytest.mark.usefixtures("said")
def test_no_cell_of_it_is_a_formula(project, tmp_path) -> None:
    out = tmp_path / "comments.csv"
    export(project, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) > 600
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.usefixtures("said")
def test_a_workbook_holds_the_same(project, tmp_path) -> None:
    text, book = tmp_path / "comments.csv", tmp_path / "Comments.XLSX"
    export(project, text)
    export(project, book)
    with text.open(encoding="utf-8-sig", newline="") as file:
        read = [row["Comment"] for row in csv.DictReader(file)]
    with book.open("rb") as file:
        headings, *rows = cells_of(file)
    more = [place for place, name in enumerate(headings) if name.startswith("Comment, part")]
    places = [headings.index("Comment"), *more]
    assert ["".join(row[place] for place in places) for row in rows] == read


def test_what_one_person_said_can_be_joined_again(project, tmp_path) -> None:
    question = make_questions(project)["need"]
    entry = SubmissionDraft([CommentDraft(question, "A bus"), CommentDraft(question, "A bench")])
    add_submissions(engagement=make_engagement(project), entries=[entry], channel="typed", by=None)
    make_comments(project, "Somebody else")
    out = tmp_path / "comments.csv"
    export(project, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        bus, bench, other = [row["coproduction_person"] for row in csv.DictReader(file)]
    assert bus == bench != other
    # It opens nothing: what a person takes their words back by is not in the file.
    assert not any(
        comment.submission.receipt in out.read_text("utf-8-sig")
        for comment in Comment.objects.of(project)
    )


def test_what_is_withheld_stays_and_the_trail_tells_of_it(project, coordinator, tmp_path) -> None:
    stays, gone = make_comments(project, "Stays", "Withdrawn")
    withdraw_comment(comment=gone, by=coordinator)
    out = tmp_path / "comments.csv"
    export(project, out)
    words = out.read_text("utf-8-sig")
    assert stays.text in words
    assert gone.text not in words
    entry = AuditEntry.objects.get(verb="engagements.comments_taken_out")
    assert (entry.by, entry.now["rows"], entry.now["file"]) == (None, 1, "csv")


def test_what_cannot_be_written_leaves_nothing(project, tmp_path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    empty = tmp_path / "empty.csv"
    for slug, out, why in (
        ("bryn", there, "is there already"),
        ("bryn", tmp_path / "comments.pdf", "ends in .csv or .xlsx"),
        ("bryn", empty, "no comment here"),
        ("nowhere", empty, "no project"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("export_comments", slug, "--out", str(out))
    make_comments(project, "A park")
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_comments", "bryn", "--out", str(tmp_path / "no" / "where.csv"))
    assert there.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]
    assert not AuditEntry.objects.filter(verb="engagements.comments_taken_out").exists()
