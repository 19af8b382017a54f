"""What cells mean, asked on the page of columns: looked at, said once, offered again."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagements.forms.import_meanings import name_of_cell
from engagements.imports.drafting import key_of_whole
from engagements.models import Comment, Engagement, ImportBatch, Question, is_quotable
from engagements.services.import_batch import run_import
from tests.engagements.cases import LOG, LOG_ROWS, case

pytestmark = pytest.mark.django_db
START = "/bryn/engagements/import/"


@pytest.fixture
def carys(client_of, coordinator, files, questions) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def send(client: Client, content: bytes, url: str = START) -> ImportBatch:
    """Send a file in."""
    answer = client.post(url, {"file": SimpleUploadedFile("log.csv", content, "text/csv")})
    assert answer.status_code == 302, answer.text
    return ImportBatch.objects.get(uuid=answer["Location"].split("/")[-3])


def page(batch: ImportBatch, name: str = "map/") -> str:
    """Give the address of one of an import's pages."""
    return f"/bryn/engagements/imports/{batch.uuid}/{name}"


def as_drawn(answer: Any) -> dict[str, Any]:
    """Return what a browser would send of a page's form, unchanged."""
    form = answer.context["form"]
    sent: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, "", False, []):
            sent[name] = str(value) if not isinstance(value, list) else value
    return sent


def press_on(client: Client, batch: ImportBatch, **more: Any) -> Any:
    """Open the page of columns, send it as it is drawn with what somebody chose besides."""
    return client.post(page(batch), as_drawn(client.get(page(batch))) | more)


def told(answer: Any) -> str:
    """Return what a page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_sheet_of_many_engagements_comes_in_by_its_pages(carys, project) -> None:
    assert START in carys.get("/bryn/engagements/").text
    batch = send(carys, LOG.encode())
    looked = press_on(carys, batch)
    said = told(looked)
    assert "1 engagement will be made:" in said
    # Needs are ours; the two others are asked about, and until then refused.
    assert "5 rows of all 6 will be refused." in said
    asked = looked.context["form"].fields
    assert name_of_cell(7, "Strengths") in asked
    assert name_of_cell(7, "Needs") not in asked
    answers = as_drawn(looked) | {
        name_of_cell(7, "Strengths"): "asset",
        name_of_cell(7, "Ideas for change"): "change",
        name_of_cell(3, "Stall"): "event",
    }
    again = carys.post(page(batch), answers)
    assert "No row will be refused." in told(again)
    assert "4 engagements will be made: Summer fair, 19 August 2023, Parc" in told(again)
    done = carys.post(page(batch), as_drawn(again))
    assert done.status_code == 302
    batch.refresh_from_db()
    run_import(batch=batch)
    assert (batch.imported, batch.refused) == (LOG_ROWS, 0)
    assert Engagement.objects.get(title="Summer fair").method == "event"
    assert Comment.objects.visible().filter(is_quotable()).count() == 3
    assert "Look at the comments" in carys.get(page(batch, "")).text
    assert "Several engagements" in told(carys.get("/bryn/settings/audit/"))
    undo = told(carys.get(page(batch, "undo/")))
    assert "4 engagements that it made, and that have nothing else, are called off." in undo
    carys.post(page(batch, "undo/"))
    assert "Undone" in told(carys.get(START))
    assert not Engagement.objects.filter(status=Engagement.Status.HELD, title="Chapel tea").exists()


def test_what_was_said_is_offered_for_the_next_table_of_the_same_headings(carys) -> None:
    batch = send(carys, LOG.encode())
    looked = press_on(carys, batch, **{name_of_cell(7, "Strengths"): "asset"})
    carys.post(page(batch), as_drawn(looked))
    later = send(carys, LOG.encode() + b"Tea,2024-01-02,,,,,,Strengths,A hall,\n")
    first = carys.get(page(later))
    assert "As last time" in told(first)
    assert first.context["form"][name_of_cell(7, "Strengths")].value() == "asset"
    assert first.context["looked"].file.rows == LOG_ROWS + 1
    afresh = carys.get(page(later), {"afresh": "1"})
    assert "As last time" not in told(afresh)
    assert "looked" not in afresh.context


def test_an_undone_table_teaches_nothing(carys) -> None:
    batch = send(carys, LOG.encode())
    carys.post(page(batch), as_drawn(press_on(carys, batch)))
    carys.post(page(batch, "undo/"))
    assert "As last time" not in told(carys.get(page(send(carys, LOG.encode()))))


def test_two_weeks_of_one_form(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    first = send(carys, case("form-week-1.csv").read_bytes(), url)
    looked = press_on(carys, first)
    said = told(looked)
    assert "12 people, 35 comments." in said
    assert "This looks like a yes. It counts as no until you say so." in said
    assert "This seems to say nothing." in said
    yes = name_of_cell(10, "Yes, you may quote me anonymously")
    answers = as_drawn(looked) | {yes: "yes", name_of_cell(6, "n/a"): "leave-out"}
    again = carys.post(page(first), answers)
    assert "12 people, 34 comments." in told(again)
    carys.post(page(first), as_drawn(again))
    first.refresh_from_db()
    run_import(batch=first)
    assert (first.imported, first.refused) == (12, 0)
    assert Comment.objects.visible().filter(is_quotable()).count() == 4 * 3 - 1
    second = send(carys, case("form-week-2.csv").read_bytes(), url)
    said = told(carys.get(page(second)))
    assert "12 rows are here already, by their IDs. They are skipped." in said
    assert "2 people, 3 comments." in said


def test_an_id_that_stands_twice_in_one_file_is_told_before_it_comes_in(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    rows = "p1,A bus\np1,A bench\np1,A bus\np2,A tree\n"
    batch = send(carys, f"Person,Comment\n{rows}".encode(), url)
    looked = press_on(carys, batch, column_0="id")
    said = told(looked)
    assert "2 people, 2 comments." in said
    assert "1 row of all 4 will be refused." in said
    carys.post(page(batch), as_drawn(looked))
    batch.refresh_from_db()
    run_import(batch=batch)
    assert (batch.imported, batch.skipped, batch.refused) == (2, 1, 1)


def test_without_ids_rows_that_say_the_same_are_offered_to_be_skipped(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    week = case("form-week-1.csv").read_bytes()
    first = send(carys, week, url)
    carys.post(page(first), as_drawn(press_on(carys, first, column_0="")))
    first.refresh_from_db()
    run_import(batch=first)
    second = send(carys, case("form-week-2.csv").read_bytes(), url)
    looked = carys.get(page(second))
    assert "12 rows of 14 say the same as some that are here already." in told(looked)
    again = carys.post(page(second), as_drawn(looked) | {"skip_same": "on"})
    assert "2 people, 3 comments." in told(again)
    carys.post(page(second), as_drawn(again))
    second.refresh_from_db()
    run_import(batch=second)
    assert (second.imported, second.skipped, second.refused) == (2, 12, 0)


def test_cells_are_taken_apart_with_the_count_before_and_after(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    batch = send(carys, case("many-points-in-a-cell.csv").read_bytes(), url)
    looked = press_on(carys, batch)
    assert "Each line is a comment (1 cell)" in told(looked)
    assert "Each part between semicolons is a comment (2 cells)" in told(looked)
    split = {"split_1": [";", "line"]}
    again = carys.post(page(batch), as_drawn(looked) | split)
    assert "Taken apart, 3 cells become 8 comments." in told(again)
    whole = key_of_whole("Parking, or less of it; I can't decide")
    kept = carys.post(page(batch), as_drawn(again) | split | {"whole_1": [whole]})
    assert "Taken apart, 3 cells become 7 comments." in told(kept)
    carys.post(page(batch), as_drawn(kept))
    batch.refresh_from_db()
    assert run_import(batch=batch).imported == 3
    assert Comment.objects.count() == 7


def test_rows_that_moderators_turned_down_stay_out(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    batch = send(carys, b"Comment,State\nA bus,ok\nRude,rejected\nA park,ok\n", url)
    looked = press_on(carys, batch, column_1="filter")
    assert "Which rows come in? Column “State”" in told(looked)
    again = carys.post(page(batch), as_drawn(looked) | {name_of_cell(1, "rejected"): "leave-out"})
    assert "1 row is left out, as you say below." in told(again)
    assert "Left out, as you say below" in told(again)
    carys.post(page(batch), as_drawn(again))
    batch.refresh_from_db()
    run_import(batch=batch)
    assert (batch.imported, batch.skipped) == (2, 1)


def test_a_file_without_engagement_says_what_is_missing(carys) -> None:
    batch = send(carys, b"Comment,Who\nA bus,A mum\n")
    looked = press_on(carys, batch)
    assert "Choose the column that names the engagement of each row." in told(looked)
    assert "Bring the rows in" not in told(looked)


def test_a_file_that_brings_nothing_is_not_called_in(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    batch = send(carys, b"Comment,About\nA bus,Grumble\n", url)
    carys.post(page(batch), as_drawn(press_on(carys, batch)))
    batch.refresh_from_db()
    run_import(batch=batch)
    said = told(carys.get(page(batch, "")))
    assert "Nothing came in" in said
    assert "The file is in" not in said


def test_what_nobody_offered_means_nothing(carys, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    batch = send(carys, b"Comment\nA bus\n", url)
    odd = {"cell_9_zz": "yes", "cell_0_zz": "leave-out", "split_0": "nonsense", "cell_x": "yes"}
    looked = press_on(carys, batch, **odd)
    assert "1 person, 1 comment." in told(looked)


def test_the_page_says_it_in_welsh(carys, project) -> None:
    batch = send(carys, LOG.encode())
    answer = carys.get(page(batch))
    looked = carys.post(f"/cy{page(batch)}", as_drawn(answer))
    said = told(looked)
    assert "Caiff 1 achlysur ei wneud:" in said
    assert "Pa gwestiwn mae'r rhain yn ei olygu?" in said.replace("&#x27;", "'")


def test_a_question_that_cells_mean_is_not_removed_from_under_them(carys, project) -> None:
    batch = send(carys, LOG.encode())
    answers = {name_of_cell(7, "Strengths"): "change"}
    carys.post(page(batch), as_drawn(press_on(carys, batch, **answers)))
    change = Question.objects.get(project=project, kind="change")
    refused = carys.post(f"/bryn/engagements/questions/{change.uuid}/remove/", follow=True)
    assert Question.objects.filter(pk=change.pk).exists(), refused.text


DAYS = "Event,When,Said\nTea,Sat 2nd May,A bus\nTea,2/5,A park\nFire,bonfire night,A pond\n"


def test_days_without_a_year_are_told_theirs_all_at_once(carys, project) -> None:
    batch = send(carys, DAYS.encode())
    looked = press_on(carys, batch, column_2="text")
    said = told(looked)
    assert "2 rows have a day without a year, such as “Sat 2nd May”, “2/5”." in said
    assert "3 rows of all 3 will be refused." in said
    more = {"year_1": "2020", name_of_cell(1, "bonfire night"): "2020-11-05"}
    again = carys.post(page(batch), as_drawn(looked) | more)
    assert "Tea, 2 May 2020" in told(again)
    assert "Fire, 5 November 2020" in told(again)
    carys.post(page(batch), as_drawn(again))
    run_import(batch=ImportBatch.objects.get())
    made = Engagement.objects.order_by("date").values_list("title", "date")
    assert [(title, str(day)) for title, day in made] == [
        ("Tea", "2020-05-02"),
        ("Fire", "2020-11-05"),
    ]
    assert ImportBatch.objects.get().imported == 3


def test_rows_that_repeat_another_are_pointed_out_and_come_in(carys, project) -> None:
    batch = send(carys, b"Event,Said\nTea,A bus\nTea,a  BUS\nFire,A bus\n")
    said = told(press_on(carys, batch, column_1="text"))
    assert "1 row says the same as one above it." in said
    assert "3 people, 3 comments." in said
