"""The open data: what it holds, what it never holds, and that no spreadsheet runs it."""

import csv
import io
import json

import pytest
from django.test import Client

from coproduction.projects.models import AuditEntry
from coproduction.ui.spreadsheets import escape_formula
from engagements.services.withholding import withdraw_comment
from plan.open_data.actions_csv import NUMBERS
from plan.services.rendering import html_of_edition
from tests.plan.story import Story, both

pytestmark = pytest.mark.django_db

ANSWERS = ("agreeing", "agree", "reservation", "not_yet", "object", "stand_aside")

TOP = {
    "trail",
    "shape",
    "edition",
    "place",
    "invented",
    "languages",
    "figures",
    "texts",
    "questions",
    "engagements",
    "themes",
    "workshops",
    "steering_group",
    "actions",
    "not_taken_forward",
    "quotes",
    "corrections",
}


def data_of(client: Client) -> dict:
    """Read the plan's JSON."""
    response = client.get("/bryn/plan/plan.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def rows_of(client: Client) -> list[dict[str, str]]:
    """Read the actions' CSV."""
    response = client.get("/bryn/plan/actions.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="bryn-actions.csv"' in response["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_the_json_has_the_whole_edition(story: Story, client: Client):
    edition = story.publish()
    data = data_of(client)
    assert set(data) == TOP
    assert data["edition"]["uuid"] == str(edition.uuid)
    assert data["trail"]["number"] == AuditEntry.objects.get(verb="plan.edition_published").number
    assert len(data["trail"]["signature"]) == 128
    assert data["edition"]["title"] == {"en": "Bryn plan", "cy": "Cynllun Bryn"}
    action = data["actions"][0]
    assert action["title"] == both("Mend the swings")
    assert action["lead"]["name"] == both("Parks Trust")
    assert action["commitment"]["text"] == both("We will mend them.")
    assert action["tally"] == {"seats": 3, "method": "consent"} | dict.fromkeys(ANSWERS)
    (event,) = data["engagements"]
    assert action["thread"]["engagements"] == [event["uuid"]]
    assert data["not_taken_forward"][0]["reason"]["en"] == "Because of fill the pool"
    assert data["themes"][0]["by_question"] == {"need": "<10", "change": "<10"}


def test_the_json_has_no_serial_numbers_or_words_nobody_may_quote(story: Story, client: Client):
    story.publish()
    text = client.get("/bryn/plan/plan.json").content.decode()
    assert '"id"' not in text
    assert '"pk"' not in text
    assert "little ones cry" not in text
    assert "Mend it all." not in text
    assert "bryn.example" not in text
    assert {quote["words"] for quote in data_of(client)["quotes"]} == {
        "broken since Easter",
        "Mae angen clwb i'r plant.",
    }


def test_a_quote_taken_back_leaves_the_open_data(story: Story, client: Client):
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    story.follow_up()
    data = data_of(client)
    assert [quote["words"] for quote in data["quotes"]] == ["Mae angen clwb i'r plant."]
    assert str(story.quote.uuid) not in json.dumps(data["themes"])
    assert len(data["corrections"]) == 1


def test_the_csv_has_a_row_an_action_and_a_column_a_language(story: Story, client: Client):
    story.publish()
    rows = rows_of(client)
    assert [row["number"] for row in rows] == ["1", "2"]
    assert rows[0]["title_en"] == "Mend the swings"
    assert rows[0]["title_cy"] == "Mend the swings (cy)"
    assert rows[0]["lead_en"] == "Parks Trust"
    assert rows[0]["comments"] == "<10"
    assert (rows[0]["agreeing"], rows[0]["seats"]) == ("", "3")
    assert rows[1]["committed_on"] == ""
    assert set(NUMBERS) <= set(rows[0])
    # The comments behind an action by question, as plan.json has them.
    threads = [action["thread"]["by_question"] for action in data_of(client)["actions"]]
    columns = [key for key in rows[0] if key.startswith("comments_")]
    assert columns == [f"comments_{kind}" for kind in threads[0]]
    assert len(columns) > 1
    told = [[row[key] for key in columns] for row in rows]
    assert told == [[str("" if n is None else n) for n in each.values()] for each in threads]


def test_formulas_are_defused_and_other_words_are_not_touched(story: Story, client: Client):
    hostile = '=HYPERLINK("http://x","y"),\n"quoted"'
    action = story.propose(hostile, lead=story.mend.wordings.get().lead)
    story.agree(action.wordings.get())
    story.publish()
    row = rows_of(client)[-1]
    assert row["title_en"] == f"'{hostile}"
    for start in ("=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1"):
        assert escape_formula(start) == f"'{start}"
    for plain in ("", "Open a youth space", "a=1", "'x", "£5 + 3"):
        assert escape_formula(plain) == plain


def test_the_open_data_may_be_read_from_anywhere(story: Story, client: Client):
    story.publish()
    for path in ("/bryn/plan/plan.json", "/bryn/plan/actions.csv"):
        for _first_then_kept in range(2):
            assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    assert client.get("/cy/bryn/plan/plan.json").status_code == 404


def test_page_file_and_data_print_the_head_of_the_edition(story: Story, client: Client) -> None:
    edition = story.publish()
    assert edition.head is not None
    data = data_of(client)["trail"]
    assert data["digest"] == edition.head.digest
    page = client.get("/bryn/plan/").content.decode()
    paper = html_of_edition(edition, "en")
    for text in (page, paper, client.get("/cy/bryn/plan/").content.decode()):
        assert edition.head.digest in text
        assert edition.head.key in text
