"""The page of a sheet's figures: columns said by hand, what changes shown first, then filled in."""

from datetime import date
from typing import Any

import pytest

from engagements.models import Engagement, FilledFigures, ImportBatch
from engagements.services.import_batch import undo_import
from tests.engagements.workbooks import workbook
from tests.forms import drawn

pytestmark = pytest.mark.django_db
SHEETS = {
    "Said": [["Event", "Date", "Comment"], *[["Fair", "2023-08-19", f"Bus {n}"] for n in range(5)]],
    "Nights": [
        ["What", "Who came", "Vols", "Total hrs", "Money"],
        ["Fair", 64, 3, 2.5, 41.2],
        ["Fete", 2, 1, 1, 1],
        ["", "", "", "", 42.2],
    ],
    "Notes": [["Remember"], ["The hall key"]],
}


@pytest.fixture
def batch(bring_in: Any, project: Any) -> ImportBatch:
    """A workbook whose comments came in, with a sheet of figures in words of its own."""
    said = {"engagement": "Event", "date": "Date", "project": project}
    brought: ImportBatch = bring_in(workbook(SHEETS), texts=(("Comment", "need"),), **said)
    assert brought.imported == 5
    return brought


def url_of(batch: ImportBatch) -> str:
    """Return the page's address."""
    return f"/bryn/engagements/imports/{batch.uuid}/figures/"


def test_columns_in_words_of_their_own_are_chosen_and_filled_in_after_a_look(
    batch: ImportBatch, client_of: Any, coordinator: Any
) -> None:
    client, url = client_of(coordinator), url_of(batch)
    assert url in client.get(url.replace("figures/", "")).content.decode()
    page = client.get(url)
    found = page.content.decode()
    assert "Who came" in found
    assert "?sheet=Said" in found
    chosen = {"engagement": "0", "people": "1", "helpers": "2", "hours": "3", "costs": "4"}
    looked = client.post(url, drawn(page, **chosen))
    told = " ".join(looked.content.decode().split())
    assert "People heard: 0, now 64" in told
    assert "Costs: £41.20" in told
    assert [each["row"] for each in looked.context["problems"]] == [3, 4]
    assert "Row 3 “Fete”:" in told
    assert not FilledFigures.objects.exists()
    done = client.post(url, drawn(looked), follow=True).content.decode()
    assert "1 engagement has new numbers. 2 rows were left out." in done
    fair = Engagement.objects.get(title="Fair")
    assert (fair.people_heard, fair.helpers, fair.helper_minutes) == (64, 3, 150)
    assert (fair.cost_pence, fair.date) == (4120, date(2023, 8, 19))


def test_what_is_there_already_changes_nothing(
    batch: ImportBatch, client_of: Any, coordinator: Any
) -> None:
    fields = {"people_heard": 64, "helpers": 3, "helper_minutes": 150, "cost_pence": 4120}
    Engagement.objects.update(**fields)
    client, url = client_of(coordinator), url_of(batch)
    chosen = {"engagement": "0", "people": "1", "helpers": "2", "hours": "3", "costs": "4"}
    told = client.post(url, drawn(client.get(url), **chosen)).content.decode()
    assert "the engagements have these numbers already" in told


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"people": "1"}, "Choose the column that names the engagement."),
        ({"engagement": "0"}, "Choose at least one column of numbers."),
        ({"engagement": "0", "people": "0"}, "This column is chosen above already."),
        ({"engagement": "99", "people": "1"}, "Choose from the list."),
    ],
)
def test_a_choice_that_cannot_be_is_told(
    batch: ImportBatch, client_of: Any, coordinator: Any, chosen: dict[str, str], sentence: str
) -> None:
    client, url = client_of(coordinator), url_of(batch)
    assert sentence in client.post(url, drawn(client.get(url), **chosen)).content.decode()


def test_a_sheet_of_something_else_can_be_looked_at_and_one_not_there_is_told(
    batch: ImportBatch, client_of: Any, coordinator: Any
) -> None:
    client, url = client_of(coordinator), url_of(batch)
    assert "Remember" in client.get(f"{url}?sheet=Notes").content.decode()
    told = client.get(f"{url}?sheet=Nowhere", follow=True).content.decode()
    assert "There is no such sheet in this file." in told


def test_headings_that_are_known_show_at_once_what_changes(
    bring_in: Any, project: Any, client_of: Any, coordinator: Any
) -> None:
    text = "Event,Comment,People heard\nFair,A bus,64\nFair,A park,64\n"
    batch = bring_in(text, texts=(("Comment", "need"),), engagement="Event", project=project)
    told = client_of(coordinator).get(url_of(batch)).content.decode()
    assert "What will change" in told
    assert "People heard: 0, now 64" in told


def test_an_undone_import_fills_nothing_in(
    batch: ImportBatch, client_of: Any, coordinator: Any
) -> None:
    client, url = client_of(coordinator), url_of(batch)
    chosen = {"engagement": "0", "people": "1"}
    looked = client.post(url, drawn(client.get(url), **chosen))
    undo_import(batch=batch, by=coordinator)
    client.post(url, drawn(looked))
    assert not FilledFigures.objects.exists()
    assert client.get(url).status_code == 302


def test_more_rows_ask_no_more_of_the_database(
    bring_in: Any, project: Any, client_of: Any, coordinator: Any, count_queries: Any
) -> None:
    asked = []
    for number in (1, 3):
        rows = "".join(f"Fair {n},A bus,{n}\n" for n in range(1, number + 1))
        batch = bring_in(
            f"Event,Comment,People heard\n{rows}",
            texts=(("Comment", "need"),),
            engagement="Event",
            project=project,
        )
        client = client_of(coordinator)
        client.get(url_of(batch))
        with count_queries() as seen:
            found = client.get(url_of(batch))
        assert len(found.context["changes"]) == number
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 12, asked
