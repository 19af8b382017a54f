"""The page of refused rows: each with its column and reason, its cells, and a way in."""

import html
import re
from typing import Any

import pytest

from engagements.models import Comment, RefusedRow
from tests.forms import drawn

pytestmark = pytest.mark.django_db
ROWS = "".join(f"Comment {n},odd\n" for n in range(12))


@pytest.fixture
def page(bring_in: Any, client_of: Any, coordinator: Any, questions: Any) -> tuple[Any, str]:
    """Carys's browser, and the address of the page of twelve rows that were refused."""
    batch = bring_in(f"text,about,left alone\nThe park,asset\n{ROWS}", fields={"question": "about"})
    assert batch.refused == 12
    return client_of(coordinator), f"/bryn/engagements/imports/{batch.uuid}/mend/"


def test_each_row_says_which_column_is_wrong_and_why(page: tuple[Any, str]) -> None:
    client, url = page
    found = client.get(url).content.decode()
    assert "<legend>Row 3: Its question is not one of the project" in found
    assert found.count("<legend>Row ") == 10
    assert "left alone" not in found
    assert "(optional)" not in found
    # What stands there, or a question to choose.
    choices = re.search(r'<select name="cell_3_1".*?</select>', found, re.DOTALL)
    assert choices is not None
    values = re.findall(r'value="(\w+)"( selected)?', choices[0])
    assert values == [("odd", " selected"), ("asset", ""), ("need", ""), ("change", "")]
    assert "Column" in client.get(url.replace("mend/", "")).content.decode()


def test_rows_that_are_right_come_in_and_the_others_are_shown_again(page: tuple[Any, str]) -> None:
    client, url = page
    sent = drawn(client.get(url), cell_3_1="need", cell_4_0="More", cell_4_1="odder")
    sent = {name: each for name, each in sent.items() if name.split("_")[1:2] in (["3"], ["4"])}
    answer = client.post(url, sent)
    told = answer.content.decode()
    assert "1 row came in." in told
    assert answer.context["form"].errors.keys() == {"cell_4_1"}
    assert 'value="odder"' in told
    # That it is kept shows when the page is opened again.
    assert 'value="odder"' in client.get(url).content.decode()
    # Rows that were not sent are as they were, those of another page too.
    assert RefusedRow.objects.filter(content__contains='"odd"').count() == 10
    assert Comment.objects.filter(text="Comment 0").exists()


def test_what_somebody_else_brought_in_meanwhile_is_told(page: tuple[Any, str]) -> None:
    client, url = page
    sent = drawn(client.get(url), cell_3_1="need")
    sent = {name: each for name, each in sent.items() if name.split("_")[1:2] == ["3"]}
    client.post(url, sent)
    told = client.post(url, sent, follow=True).content.decode()
    assert "Somebody else dealt with 1 row a moment ago." in told
    assert Comment.objects.filter(text="Comment 0").count() == 1


def test_of_two_who_put_the_same_row_right_the_second_is_shown_what_the_first_wrote(
    page: tuple[Any, str],
) -> None:
    client, url = page
    both = client.get(url)
    client.post(url, drawn(both, cell_3_1="odder", cell_3_0="Comment 0, she said"))
    mine = drawn(both, cell_3_1="need", cell_3_0="Comment 0 of mine")
    again = client.post(url, mine)
    told = html.unescape(again.content.decode())
    assert "Somebody else wrote here meanwhile: “Comment 0, she said”." in told
    assert "Comment 0 of mine" in told
    assert not Comment.objects.filter(text__startswith="Comment 0").exists()
    assert RefusedRow.objects.filter(content__contains="she said").exists()
    # Whoever has seen it sends it again.
    client.post(url, drawn(again))
    (came,) = Comment.objects.filter(text__startswith="Comment 0")
    assert came.text == "Comment 0 of mine"


def test_without_refused_rows_there_is_nothing_to_put_right(page: tuple[Any, str]) -> None:
    client, url = page
    RefusedRow.objects.all().delete()
    assert client.get(url)["Location"] == url.replace("mend/", "")


def test_a_row_left_out_is_told_on_the_page_of_the_import_and_had_back_there(
    page: tuple[Any, str],
) -> None:
    client, url = page
    sent = drawn(client.get(url), leave_3="on")
    sent = {name: each for name, each in sent.items() if name.split("_")[1:2] == ["3"]}
    assert "1 row stays out." in client.post(url, sent, follow=True).content.decode()
    assert 'name="cell_3_1"' not in client.get(url).content.decode()
    its = url.replace("mend/", "")
    assert "1 refused row stays out, as you said." in client.get(its).content.decode()
    told = client.post(url.replace("mend/", "have-back/"), follow=True).content.decode()
    assert "The rows wait below to be put right." in told
    assert "stays out" not in told
    assert 'name="cell_3_1"' in client.get(url).content.decode()
