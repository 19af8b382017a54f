"""The command on a workbook: a sheet of many engagements' comments, another of their figures."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Comment, Engagement
from tests.engagements.cases import case
from tests.engagements.workbooks import workbook

pytestmark = pytest.mark.django_db
VALUES = (
    *("About:Strengths=asset", "About:Needs=need", "About:Ideas for change=change"),
    *("Quote OK?:Y=yes", "Quote OK?:N=no", "Quote OK?:Ask=no"),
    *("Method:Stall=event", "Method:Group talk=group", "Method:Doorstep=interview"),
)


def bring(*more: str) -> str:
    """Run the command on the workbook; return what it prints."""
    out = StringIO()
    arguments = ("--project", "bryn", "--sheet", "Comments", "--value", *VALUES)
    path = str(case("listening-log.xlsx"))
    call_command("import_comments", path, *arguments, *more, stdout=out, stderr=out)
    return out.getvalue().strip()


@pytest.mark.usefixtures("files")
def test_engagements_are_made_and_the_second_sheet_says_what_each_took(project, questions) -> None:
    told = bring("--figures-sheet", "Events")
    assert told == "imported 60, skipped 0, refused 0"
    assert Comment.objects.count() == 60
    rows = Engagement.objects.order_by("date")
    took = rows.values_list("title", "people_heard", "helpers", "helper_minutes", "cost_pence")
    assert list(took) == [
        ("Summer fair", 64, 3, 150, 4120),
        ("Youth club", 18, 3, 150, 4120),
        ("Chapel tea", 23, 3, 150, 4120),
        ("Door to door, Heol Isaf", 31, 3, 150, 4120),
    ]


@pytest.mark.usefixtures("files")
def test_a_sheet_of_figures_that_is_not_there_brings_nothing_in(project, questions) -> None:
    with pytest.raises(CommandError, match="Evnts"):
        bring("--figures-sheet", "Evnts")
    assert not Comment.objects.exists()
    assert not Engagement.objects.exists()


@pytest.mark.usefixtures("files")
def test_rows_of_figures_that_cannot_be_taken_are_named(project, questions, tmp_path) -> None:
    path = tmp_path / "log.xlsx"
    sheets = {
        "Comments": [["Event", "Date", "Comment"], ["Fair", "2023-08-19", "A bus"]],
        "Events": [["Event", "Helpers"], ["Fair", 3], ["Fete", 2], ["Fair", "many"]],
    }
    path.write_bytes(workbook(sheets))
    told = StringIO()
    call_command(
        *("import_comments", str(path), "--project", "bryn", "--sheet", "Comments"),
        *("--question", "need", "--figures-sheet", "Events"),
        stdout=told,
        stderr=told,
    )
    assert "Rows of “Events” that could not be taken: 3, 4." in told.getvalue()
    assert Engagement.objects.get().helpers == 3
