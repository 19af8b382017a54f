"""Codes that came in with a file: made once under their themes, put on its comments, undone."""

import threading
from io import BytesIO

import pytest
from django.db import connection, transaction

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry, User
from coproduction.projects.trail.verification import verify
from engagements.imports.columns import Columns
from engagements.models import Comment, ImportBatch, Label
from engagements.services.import_batch import map_import, run_import, start_import, undo_import
from themes import tasks
from themes.models import Coding, Theme
from themes.queries.counts import count_by_theme
from themes.services import label
from themes.services.codebook import add_code, add_theme, merge_themes
from themes.services.label import TooManyCodes, take_in_labels

FILE = """\
Comment,Theme,Codes
A bus after six,Getting about,Buses; Evenings
Lights on the path,Getting about,Lighting
The rugby club's tea,Coming together,
A pond,,buses
A bench,,
"""


@pytest.fixture
def bring(project, coordinator, files):
    """Bring a file with codes in, for engagements that it names by nothing but its one title."""

    def brought(text: str = FILE) -> ImportBatch:
        headings, *rows = text.splitlines()
        with_title = "\n".join([f"{headings},At", *(f"{row},Fair" for row in rows)])
        batch = start_import(
            project=project, file=BytesIO(with_title.encode()), name="old.csv", by=coordinator
        )
        columns = Columns(
            texts=(("Comment", ""),),
            fields={"theme": "Theme", "code": "Codes", "engagement": "At"},
        )
        map_import(batch=batch, columns=columns, by=coordinator)
        return run_import(batch=batch)

    return brought


def carried() -> dict[str, set[str]]:
    """Return the codes of each comment, with their themes."""
    found: dict[str, set[str]] = {}
    rows = Coding.objects.filter(first_theme=None).select_related("comment", "theme__parent")
    for each in rows:
        theme = f"{each.theme.parent.name}: " if each.theme.parent else ""
        found.setdefault(each.comment.text, set()).add(f"{theme}{each.theme.name}")
    return found


def test_comments_come_in_coded_and_codes_are_made_under_their_themes(bring, project) -> None:
    batch = bring()
    assert take_in_labels(batch=batch) == 5
    assert carried() == {
        "A bus after six": {"Getting about: Buses", "Getting about: Evenings"},
        "Lights on the path": {"Getting about: Lighting"},
        "The rugby club's tea": {"Coming together: Coming together"},
        "A pond": {"Getting about: Buses"},
    }
    assert [str(theme.name) for theme in Theme.objects.of(project).themes()] == [
        "Getting about",
        "Coming together",
    ]
    assert AuditEntry.objects.filter(verb="themes.code_added").count() == 4
    assert verify(project).fault is None


def test_done_again_it_changes_nothing(bring) -> None:
    batch = bring()
    take_in_labels(batch=batch)
    assert take_in_labels(batch=batch) == 0
    assert Theme.objects.count() == 6


def test_a_code_that_is_there_is_taken_however_it_is_written(bring, project, coordinator) -> None:
    about = add_theme(
        project=project, name={"en": "GETTING  about", "cy": "Teithio"}, by=coordinator
    )
    bus = add_code(project=project, parent=about, name={"en": "buses"}, by=coordinator)
    old = add_code(project=project, parent=about, name={"en": "Lighting"}, by=coordinator)
    lamps = add_code(project=project, parent=about, name={"en": "Lamps"}, by=coordinator)
    merge_themes(source=old, into=lamps, by=coordinator)
    take_in_labels(batch=bring())
    assert Coding.objects.filter(theme=bus).count() == 2
    assert Coding.objects.get(comment__text="Lights on the path").theme == lamps
    assert Theme.objects.of(project).themes().count() == 2


def test_undone_the_codings_count_no_more_and_the_codes_stay(bring, project, coordinator) -> None:
    batch = bring()
    take_in_labels(batch=batch)
    undo_import(batch=batch, by=coordinator)
    assert not Comment.objects.visible().exists()
    assert Coding.objects.exists()
    assert sum(counted.total for counted in count_by_theme(project).values()) == 0
    # Undone before its codes were put on, nothing is.
    again = bring()
    undo_import(batch=again, by=coordinator)
    assert take_in_labels(batch=again) == 0


def test_a_column_of_something_else_makes_no_code(bring, monkeypatch) -> None:
    monkeypatch.setattr(label, "MOST_CODES", 3)
    with pytest.raises(TooManyCodes):
        take_in_labels(batch=bring())
    assert not Theme.objects.exists()


def test_pieces_go_in_one_after_another_and_say_how_far_they_are(bring, monkeypatch) -> None:
    monkeypatch.setattr(label, "_AT_ONCE", 2)
    seen = []
    take_in_labels(batch=bring(), report=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 4), (4, 4)]
    assert len(carried()) == 4


@pytest.mark.django_db(transaction=True)
def test_a_job_does_it_once_the_import_is_finished(bring) -> None:
    with transaction.atomic():
        bring()
    job = Job.objects.get(task="themes.take_in_labels")
    assert run(tasks.take_in, job=job.uuid)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"codings": 5})


def test_a_file_without_codes_asks_for_no_job(bring) -> None:
    bring("Comment,Theme,Codes\nA bench,,\n")
    assert not Job.objects.filter(task="themes.take_in_labels").exists()


@pytest.mark.django_db(transaction=True)
def test_somebody_else_writing_meanwhile_does_not_stop_it(bring, project, analyst) -> None:
    rows = 2_100
    batch = bring("Comment,Theme,Codes\n" + "\n".join(f"Bus {n},,Buses" for n in range(rows)))
    written: list[int] = []

    def write() -> None:
        written.append(User.objects.filter(pk=analyst.pk).update(name=f"Alys {len(written)}"))
        connection.close()

    def report(_done: int, _total: int) -> None:
        beside = threading.Thread(target=write)
        beside.start()
        beside.join()

    assert take_in_labels(batch=batch, report=report) == rows
    assert written == [1] * 5


@pytest.mark.django_db
def test_what_became_of_earlier_labels_is_not_undone_by_later_ones(bring) -> None:
    batch = bring()
    take_in_labels(batch=batch)
    last = Label.objects.order_by("-pk").values_list("pk", flat=True)[0]
    Coding.objects.all().delete()
    assert take_in_labels(batch=batch, after=last) == 0
    assert take_in_labels(batch=batch) == 5
