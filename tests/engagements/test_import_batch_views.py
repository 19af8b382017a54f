"""Bringing a file in by its pages: looked at first, in once, refused by number, taken back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from engagements import tasks
from engagements.models import Comment, ImportBatch, RefusedRow, Submission
from engagements.queries.import_file import FileGone
from engagements.services.import_batch import run_import
from engagements.services.question import ensure_questions
from tests.forms import drawn

pytestmark = pytest.mark.django_db
THREE = b"text,consent\nThe park,yes\nThe library,no\nThe bus,\n"


@pytest.fixture
def carys(client_of, coordinator, files) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def send(client: Client, engagement: Any, content: bytes, name: str = "notes.csv", **more) -> Any:
    """Send a file in."""
    upload = SimpleUploadedFile(name, content, "text/csv")
    return client.post(f"/bryn/engagements/{engagement.uuid}/import/", {"file": upload, **more})


def choices(batch: ImportBatch, *uses: str, **more: str) -> dict[str, str]:
    """Say what each column is."""
    return {f"column_{n}": use for n, use in enumerate(uses)} | {"language": "en", **more}


def page(batch: ImportBatch, name: str = "") -> str:
    """Give the address of one of an import's pages."""
    return f"/bryn/engagements/imports/{batch.uuid}/{name}"


def to_the_end(client: Client, engagement: Any, content: bytes, *uses: str) -> ImportBatch:
    """Bring a file in as a person does, and do its job's work."""
    response = send(client, engagement, content)
    assert response.status_code == 302, response.content.decode()
    batch = ImportBatch.objects.get(uuid=response["Location"].split("/")[-3])
    if batch.job:  # A big one is looked through later.
        assert run(tasks.look_file_through, job=batch.job)
    looked = client.post(page(batch, "map/"), choices(batch, *uses))
    assert looked.status_code == 200
    mark = looked.context["form"]["previewed"].value()
    assert mark, looked.context["form"].errors
    done = client.post(page(batch, "map/"), choices(batch, *uses, previewed=mark))
    assert (done.status_code, done["Location"]) == (302, page(batch))
    batch.refresh_from_db()
    return run_import(batch=batch)


def test_a_file_is_looked_at_and_then_brought_in(carys, engagement) -> None:
    batch = to_the_end(carys, engagement, THREE, "text", "quote")
    assert (batch.imported, batch.refused) == (3, 0)
    assert Comment.objects.filter(quote_consent=True).count() == 1
    html = carys.get(page(batch)).content.decode()
    assert "The file is in" in html
    assert "hx-get" not in html
    assert "Undo this import" in html


def test_the_columns_are_guessed_with_examples_beside_them(carys, engagement, take_in) -> None:
    batch = take_in(THREE)
    html = carys.get(page(batch, "map/")).content.decode()
    assert "The park" in html
    assert '<option value="text" selected>' in html


def test_nothing_goes_in_before_it_was_looked_at(carys, engagement, take_in) -> None:
    batch = take_in("text\nThe park\n \u0000\n".encode())
    response = carys.post(page(batch, "map/"), choices(batch, "text"))
    html = response.content.decode()
    assert "How the first rows come in" in html
    assert "unreadable character" in html
    batch.refresh_from_db()
    assert not batch.is_mapped
    assert not Job.objects.filter(task="engagements.import").exists()


def test_other_choices_are_shown_first_again(carys, take_in) -> None:
    batch = take_in(THREE)
    first = carys.post(page(batch, "map/"), choices(batch, "text", "quote"))
    mark = first.context["form"]["previewed"].value()
    again = carys.post(page(batch, "map/"), choices(batch, "text", "", previewed=mark))
    assert again.status_code == 200
    assert again.context["preview"]
    batch.refresh_from_db()
    assert not batch.is_mapped


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04rest", "it may be damaged"),
        (b"", "This file is empty"),
        (b"text\n", "has headings but no rows"),
        (b"text\n\x81\x8d\x8f\n", "can&#x27;t be read"),
        (b"\n,,\n", "row of headings is blank"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(carys, engagement, content, told) -> None:
    response = send(carys, engagement, content)
    # That there is something in it, the form sees; the rest is refused when it is read.
    assert response.status_code == (409 if content else 200)
    assert told in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_is_asked_for(carys, engagement) -> None:
    response = carys.post(f"/bryn/engagements/{engagement.uuid}/import/")
    assert "Choose an Excel or CSV file." in response.content.decode()


def test_the_column_of_words_is_asked_for(carys, take_in) -> None:
    batch = take_in("who,when\nA parent,May\n")
    response = carys.post(page(batch, "map/"), choices(batch, "who", ""))
    assert "Choose the column that holds the comments." in response.content.decode()


def test_bad_rows_are_refused_by_number_and_the_rest_goes_in(carys, engagement) -> None:
    rows = [b"text", b"The park", b"N\x00UL", b"x" * 10_000_000, b"y" * 100_001, b"The bus"]
    batch = to_the_end(carys, engagement, b"\n".join(rows), "text")
    assert (batch.imported, batch.refused) == (2, 3)
    html = carys.get(page(batch)).content.decode()
    for number in (3, 4, 5):
        assert f"Row {number}" in html
    assert "Row 6" not in html
    assert "unreadable character" in html
    assert "longer than 100,000 letters" in html
    assert set(Comment.objects.values_list("text", flat=True)) == {"The park", "The bus"}


def test_the_refused_rows_are_a_file_no_spreadsheet_runs(carys, engagement) -> None:
    batch = to_the_end(
        carys, engagement, b'text,language\n=1+1,"?!"\nThe bus,en\n', "text", "language"
    )
    response = carys.get(page(batch, "refused/"))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"].startswith("text/csv")
    assert "'=1+1" in response.content.decode()


def test_an_import_is_undone_and_comes_in_again(carys, engagement) -> None:
    batch = to_the_end(carys, engagement, THREE, "text", "quote")
    asked = carys.get(page(batch, "undo/")).content.decode()
    assert "3 rows are taken back" in asked
    assert Comment.objects.visible().count() == 3
    response = carys.post(page(batch, "undo/"), follow=True)
    assert "3 rows are taken back" in response.content.decode()
    assert not Comment.objects.visible().exists()
    twice = carys.post(page(batch, "undo/"), follow=True)
    assert "undone before" in twice.content.decode()
    again = to_the_end(carys, engagement, THREE, "text", "quote")
    assert (again.imported, again.skipped) == (3, 0)
    assert Submission.objects.not_undone().count() == 3


def test_the_same_file_twice_goes_in_once(carys, engagement) -> None:
    to_the_end(carys, engagement, THREE, "text", "quote")
    again = to_the_end(carys, engagement, THREE, "text", "quote")
    assert (again.imported, again.skipped) == (0, 3)


def test_a_running_import_is_asked_after(carys, engagement, take_in) -> None:
    batch = take_in(THREE)
    mark = carys.post(page(batch, "map/"), choices(batch, "text", "")).context["form"].preview_key
    carys.post(page(batch, "map/"), choices(batch, "text", "", previewed=mark))
    html = carys.get(page(batch), headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{page(batch)}"' in html
    assert "<html" not in html


@pytest.mark.django_db(transaction=True)
def test_a_failed_import_says_why_and_runs_again(carys, engagement, take_in) -> None:
    batch = take_in(THREE)
    mark = carys.post(page(batch, "map/"), choices(batch, "text", "")).context["form"].preview_key
    carys.post(page(batch, "map/"), choices(batch, "text", "", previewed=mark))
    batch.refresh_from_db()
    kept = batch.file.read()
    batch.file.close()
    batch.file.storage.delete(batch.file.name)
    run(tasks.import_rows, job=batch.job, refusals=(FileGone,))
    assert "can&#x27;t be found" in carys.get(page(batch)).content.decode()
    batch.file.storage.save(batch.file.name, SimpleUploadedFile("x", kept))
    carys.post(page(batch, "again/"))
    run(tasks.import_rows, job=batch.job, refusals=(FileGone,))
    batch.refresh_from_db()
    assert (batch.is_finished, batch.imported) == (True, 3)


@pytest.mark.parametrize("name", ["", "map/", "refused/"])
def test_another_projects_import_is_not_found(
    client_of, other_coordinator, other_project, take_in, name
) -> None:
    batch = take_in(THREE)
    glyn = client_of(other_coordinator)
    assert glyn.get(page(batch, name).replace("/bryn/", "/glyn/")).status_code == 404
    assert glyn.get(page(batch, name)).status_code == 404


def test_only_who_may_imports(client_of, facilitator, engagement) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    assert client_of(facilitator).get(url).status_code == 403


def test_the_preview_says_what_means_yes_over_the_whole_file(carys, take_in) -> None:
    said = ["yes", "Ie", "x", "x", "no", "", *["yes"] * 30, "x"]
    rows = "".join(f"Words {number},{each}\n" for number, each in enumerate(said))
    batch = take_in(f"text,ok\n{rows}")
    looked = carys.post(page(batch, "map/"), choices(batch, "text", "quote"))
    consents = looked.context["whole"].consents
    assert (consents.agreed, consents.rest) == (32, 0)
    assert consents.others == (("x", 3), ("no", 1), ("", 1))
    html = " ".join(looked.content.decode().split())
    assert "32 rows say yes." in html
    assert "These mean yes: yes, y, true" in html
    without = carys.post(page(batch, "map/"), choices(batch, "text", ""))
    assert without.context["whole"].consents is None


def test_a_column_of_words_taken_for_consent_is_told_briefly(carys, take_in) -> None:
    rows = "".join(f"Words,{'long ' * 20}{number}\n" for number in range(30))
    other = "".join(f"Words,{number}\n" for number in range(2, 30))
    batch = take_in(f"text,ok\n{rows}{other}")
    looked = carys.post(page(batch, "map/"), choices(batch, "text", "quote"))
    consents = looked.context["whole"].consents
    assert len(consents.others) == 10
    assert consents.others[0] == (("long " * 8), 30)
    assert consents.rest == 28 - 9


def test_a_file_not_yet_brought_in_can_be_left_out(carys, engagement, take_in) -> None:
    batch = take_in(THREE)
    assert "Undo this import" in carys.get(page(batch)).content.decode()
    carys.post(page(batch, "undo/"))
    batch.refresh_from_db()
    assert batch.is_undone


def test_another_projects_question_is_refused_for_a_file(
    carys, take_in, other_project, other_coordinator
) -> None:
    theirs = ensure_questions(project=other_project, by=other_coordinator)["need"]
    batch = take_in(THREE)
    answer = carys.post(page(batch, "map/"), choices(batch, "text", question=str(theirs.uuid)))
    assert "question" in answer.context["form"].errors
    batch.refresh_from_db()
    assert not batch.is_mapped


def test_the_page_that_takes_a_file_asks_the_same_for_more_files(
    carys, engagement, take_in, assert_same_queries
) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    assert_same_queries(carys, url, lambda n: take_in(f"text\nA park {n}\n"))


def test_the_page_of_an_import_asks_the_same_for_more_rows(
    carys, bring_in, assert_same_queries
) -> None:
    batch = bring_in("text\nA park\n")

    def refuse(number: int) -> None:
        RefusedRow.objects.create(batch=batch, row=number + 10, reason="empty", content="[]")

    assert_same_queries(carys, page(batch), refuse)


def test_an_undone_import_says_no_more_that_its_rows_are_in(carys, engagement) -> None:
    batch = to_the_end(
        carys, engagement, b"text,lang\nThe park,en\nA pond,??\n", "text", "language"
    )
    assert "The other rows are in already" in carys.get(page(batch)).content.decode()
    told = carys.post(page(batch, "undo/"), follow=True).content.decode()
    assert "This import is undone" in told
    for said in ("in already", "Rows brought in", "Refused rows"):
        assert said not in told


def test_the_preview_counts_what_will_be_refused_in_the_whole_file(carys, take_in) -> None:
    rows = "".join(f"Words {number},en\n" for number in range(30))
    batch = take_in(f"text,lang\n{rows},en\nWords,??\nWords,!!\n,,,\n")
    looked = carys.post(page(batch, "map/"), choices(batch, "text", "language"))
    whole = looked.context["whole"]
    assert (whole.rows, whole.refused) == (33, 3)
    assert [number for _why, number in whole.reasons] == [2, 1]
    assert "3 rows of all 33 will be refused." in looked.content.decode()


def test_no_column_is_called_optional(carys, take_in) -> None:
    html = carys.get(page(take_in(THREE), "map/")).content.decode()
    columns, _sign, rest = html.partition("For the whole file")
    assert "optional" not in columns
    assert "optional" in rest


@pytest.mark.parametrize("mended", ["nonsense", None])
def test_mended_rows_come_in_as_their_file_did(carys, engagement, mended) -> None:
    file = b"who,words,spoken\nA parent,The park,en\nA child,Parc,??\n"
    to_the_end(carys, engagement, file, "who", "text", "language")
    batch = ImportBatch.objects.get()
    refused = carys.get(page(batch, "refused/")).content.decode("utf-8-sig")
    response = send(carys, engagement, refused.replace("??", mended or "cy").encode())
    again = ImportBatch.objects.get(uuid=response["Location"].split("/")[-3])
    looked = carys.get(page(again, "map/"))
    html = looked.content.decode()
    assert "refused_because" not in html
    assert "How the first rows come in" in html
    whole = looked.context["whole"]
    assert (whole.rows, whole.refused) == (1, 1 if mended else 0)
    sent = {name: value for name, value in looked.context["form"].data.items()}
    carys.post(page(again, "map/"), sent)
    again.refresh_from_db()
    assert again.mapping == batch.mapping | {"texts": [["words", ""]]}
    assert run_import(batch=again).imported == (0 if mended else 1)


def test_files_brought_in_are_found_again_at_their_engagement(
    carys, engagement, client_of, facilitator
) -> None:
    batch = to_the_end(
        carys, engagement, b"text,lang\nThe park,en\nA pond,??\n", "text", "language"
    )
    here = f"/bryn/engagements/{engagement.uuid}/"
    html = " ".join(carys.get(here).content.decode().split())
    assert page(batch) in html
    assert "notes.csv" in html
    assert "In: 1. Refused: 1." in html
    carys.post(page(batch, "undo/"))
    assert "Undone" in carys.get(here).content.decode()
    assert page(batch) not in client_of(facilitator).get(here).content.decode()


def test_the_engagement_asks_the_same_for_more_files(
    carys, engagement, take_in, assert_same_queries
) -> None:
    url = f"/bryn/engagements/{engagement.uuid}/"
    assert_same_queries(carys, url, lambda n: take_in(f"text\nA park {n}\n"))


def test_a_file_sent_twice_from_one_page_is_taken_in_once(carys, engagement, files: Path) -> None:
    drawn_page = drawn(carys.get(f"/bryn/engagements/{engagement.uuid}/import/"))
    sending = drawn_page["sending"][0]
    first, again = (send(carys, engagement, THREE, sending=sending) for _time in range(2))
    assert first.url == again.url
    assert ImportBatch.objects.count() == 1
    # Another file is another import, whatever it is called.
    send(carys, engagement, b"text\nA pond\n", sending=sending)
    assert ImportBatch.objects.count() == 2
    assert len([each for each in files.rglob("*") if each.is_file()]) == 2


def test_who_says_too_late_what_is_in_a_file_is_told(carys, engagement) -> None:
    batch = to_the_end(carys, engagement, THREE, "text", "quote")
    late = carys.post(page(batch, "map/"), choices(batch, "text", ""), follow=True)
    assert "was said already" in late.text


def test_the_file_is_deleted_when_somebody_says_that_all_is_right(
    carys: Client, engagement: Any, questions: Any
) -> None:
    batch = to_the_end(
        carys, engagement, b"text,about\nThe park,asset\nA bus,odd\n", "text", "question"
    )
    assert (
        "The file itself is deleted 12 months after it came."
        in carys.get(page(batch)).content.decode()
    )
    asked = carys.get(page(batch, "settle/")).content.decode()
    assert "1 row did not come in. What it said is deleted too." in asked
    done = carys.post(page(batch, "settle/"), follow=True).content.decode()
    assert "The file is deleted. What came in stays." in done
    assert "The file itself is deleted." in done
    # Asked again, there is nothing to ask; and nothing of the row is handed out.
    assert carys.get(page(batch, "settle/"))["Location"] == page(batch)
    assert carys.get(page(batch, "refused/")).status_code == 302
