"""The page that shows how a file is read: as guessed, chosen otherwise, and gone on from."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduction.projects.models import User
from engagements.models import Engagement, ImportBatch
from tests.engagements.workbooks import workbook
from tests.forms import drawn

pytestmark = pytest.mark.django_db
Take = Callable[..., ImportBatch]
SHEETS = {
    "Fair": [["Comment", "Who"], ["A park", "A child"], ["A bus", "A parent"]],
    "Tea": [["What we need"], ["A roof"]],
}


@pytest.fixture
def carys(client_of: Callable[[User], Client], coordinator: User, files: Any) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def page(batch: ImportBatch, name: str = "layout/") -> str:
    """Give the address of one of an import's pages."""
    return f"/bryn/engagements/imports/{batch.uuid}/{name}"


def words_of(answer: Any) -> str:
    """Return an answer's text, with single spaces."""
    return " ".join(answer.content.decode().split())


def test_after_a_file_was_sent_it_is_shown_how_it_is_read(
    carys: Client, engagement: Engagement
) -> None:
    upload = SimpleUploadedFile("log.xlsx", workbook(SHEETS))
    url = f"/bryn/engagements/{engagement.uuid}/import/"
    answer = carys.post(url, {"file": upload}, follow=True)
    html = words_of(answer)
    batch = ImportBatch.objects.get()
    assert answer.redirect_chain[-1][0] == page(batch)
    assert "Read from the sheet “Fair”." in html
    assert "The headings are in row 1." in html
    assert "<td>A park</td>" in html
    assert f'href="{page(batch, "map/")}"' in html


def test_another_sheet_is_shown_at_once_with_headings_looked_for_anew(
    carys: Client, take_in: Take
) -> None:
    batch = take_in(workbook({"A": [["Title"], [], ["Comment", "Who"], ["B", "C"]], **SHEETS}))
    sent = drawn(carys.get(page(batch)), sheet="Tea")
    html = words_of(carys.post(page(batch), sent, follow=True))
    assert "Read from the sheet “Tea”." in html
    assert "The headings are in row 1." in html
    assert "<td>A roof</td>" in html


def test_letters_and_separator_may_be_chosen(carys: Client, take_in: Take) -> None:
    batch = take_in("Comment;Who\nY tŷ;A\n".encode("iso8859-14"))
    first = words_of(carys.get(page(batch)))
    assert "For example: tŷ" in first
    assert "Between the cells: semicolons." in first
    sent = drawn(carys.get(page(batch)), encoding="cp1252", separator="comma")
    html = words_of(carys.post(page(batch), sent, follow=True))
    assert "Y tþ;A" in html
    assert "Between the cells: commas." in html


def test_rows_that_are_none_are_asked_for_again(carys: Client, take_in: Take) -> None:
    batch = take_in("Comment\nA park\n")
    sent = drawn(carys.get(page(batch)), first_heading="no")
    assert "Give the number of a row" in words_of(carys.post(page(batch), sent))
    sent = drawn(carys.get(page(batch)), first_heading="2")
    refused = carys.post(page(batch), sent)
    assert refused.status_code == 409
    assert "headings but no rows" in words_of(refused)
    sent = drawn(carys.get(page(batch)), first_heading="1", last_heading="9")
    assert "one to five rows" in words_of(carys.post(page(batch), sent))


def test_lost_letters_are_warned_of_and_the_file_goes_on(carys: Client, take_in: Take) -> None:
    batch = take_in("Comment\nMae angen d?r\n")
    html = words_of(carys.get(page(batch)))
    assert "Letters may be lost in 1 row" in html
    assert "in row 2." in html
    assert carys.get(page(batch, "map/")).status_code == 200


def test_a_page_shows_whatever_bytes_are_in_a_file(carys: Client, take_in: Take) -> None:
    batch = take_in(b"Comment,More\nA\x00B,\xff\n\xc5\xb5\xc5\xb7\xc3\xa9,2,3,4\n")
    html = words_of(carys.get(page(batch)))
    assert "A�B" in html


def test_an_import_half_done_is_gone_on_with(
    carys: Client, engagement: Engagement, take_in: Take
) -> None:
    batch = take_in("Comment\nA park\n")
    for where in (
        f"/bryn/engagements/{engagement.uuid}/",
        f"/bryn/engagements/{engagement.uuid}/import/",
    ):
        html = words_of(carys.get(where))
        assert f'href="{page(batch)}"' in html
        assert "Go on" in html
    assert "Change how it is read" in words_of(carys.get(page(batch, "map/")))
    carys.post(page(batch, "undo/"))
    assert page(batch) not in words_of(carys.get(f"/bryn/engagements/{engagement.uuid}/"))


def test_after_its_columns_were_said_the_page_leads_on(
    carys: Client, bring_in: Callable[..., ImportBatch]
) -> None:
    batch = bring_in("text\nA park\n")
    assert carys.get(page(batch))["Location"] == page(batch, "")
    told = carys.post(page(batch), {}, follow=True)
    assert "was said already" in words_of(told)


def test_a_file_that_is_gone_is_told(carys: Client, take_in: Take) -> None:
    batch = take_in("Comment\nA park\n")
    batch.file.storage.delete(batch.file.name)
    assert "can&#x27;t be found" in words_of(carys.get(page(batch), follow=True))


def test_more_sheets_and_rows_ask_no_more_of_the_database(
    carys: Client, take_in: Take, count_queries: Any
) -> None:
    small = take_in(workbook({"A": [["Comment"], ["x"]]}))
    big = take_in(workbook({f"S{n}": [["Comment"], *[["x"]] * 30] for n in range(9)}))
    with count_queries() as few:
        carys.get(page(small))
    with count_queries() as many:
        carys.get(page(big))
    assert len(few) == len(many)
