"""One paste of several sheets: headings, a language for each line, and marks beside the words."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from coproduction.projects.models import AuditEntry
from engagements.models import Comment, Submission
from engagements.services.submission import NoQuestion, paste_lines
from engagements.services.withholding import raise_concern
from tests.forms import drawn

pytestmark = pytest.mark.django_db

SHEETS = """Said before any heading
WHAT WE HAVE
The park ✔✔✔
Afon lân
BETH SYDD EI ANGEN?
Croesfan (5 people said)
What should change:
The bus ||||
"""


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def here(project, engagement) -> str:
    """The page for pasting."""
    at = {"project": project.slug, "uuid": engagement.uuid}
    return reverse("engagements:submission_paste", kwargs=at)


@pytest.fixture
def sent(questions):
    """Return a paste as it is sent first."""

    def fill(lines: str, **more: Any) -> dict[str, Any]:
        about = {"question": questions["none"].uuid, "language": "en", "client_id": uuid4()}
        return about | {"lines": lines} | more

    return fill


def shown(page) -> dict[str, str]:
    """Return what the page's preview carries along to the next sending."""
    form = page.context["form"]
    return {name: form[name].value() for name in ("previewed", "drawn") if form[name].value()}


def kept() -> list[tuple[str, str, str, int]]:
    """Return what is kept: question, words, language and how many agreed."""
    rows = Comment.objects.visible().order_by("pk")
    return list(rows.values_list("question__kind", "text", "language", "weight"))


def test_one_paste_holds_several_sheets_under_their_headings(client, here, sent) -> None:
    paste = sent(SHEETS)
    preview = client.post(here, paste)
    assert "This will be kept as 5 comments" in preview.text
    assert "What is “WHAT WE HAVE”?" in preview.text
    assert "3 agreed" in preview.text
    assert not Submission.objects.exists()
    client.post(here, paste | shown(preview))
    assert kept() == [
        ("none", "Said before any heading", "en", 0),
        ("asset", "The park", "en", 3),
        ("asset", "Afon lân", "en", 0),
        ("need", "Croesfan (5 people said)", "en", 5),
        ("change", "The bus", "en", 4),
    ]
    # Nobody's ticks are comments or people.
    assert Submission.objects.count() == 5


def test_each_line_may_have_its_own_language_question_and_number(client, here, sent) -> None:
    paste = sent(SHEETS)
    preview = client.post(here, paste)
    own = {
        "language_3": "cy",
        "language_5": "cy",
        "question_7": "need",
        "weight_2": "",
        "weight_7": "9",
    }
    client.post(here, paste | shown(preview) | own)
    assert kept() == [
        ("none", "Said before any heading", "en", 0),
        # What is not counted stays as it was written.
        ("asset", "The park ✔✔✔", "en", 0),
        ("asset", "Afon lân", "cy", 0),
        ("need", "Croesfan (5 people said)", "cy", 5),
        ("need", "The bus", "en", 9),
    ]
    assert list(Submission.objects.order_by("pk").values_list("language", flat=True)) == [
        *("en", "en", "cy", "cy", "en")
    ]


def test_a_heading_may_be_a_comment_or_another_heading(client, here, sent) -> None:
    paste = sent(SHEETS)
    preview = client.post(here, paste)
    own = {"heading_1": ":comment", "heading_4": ":other", "heading_6": "asset"}
    client.post(here, paste | shown(preview) | own)
    assert [row[:2] for row in kept()] == [
        ("none", "Said before any heading"),
        ("none", "WHAT WE HAVE"),
        ("none", "The park"),
        ("none", "Afon lân"),
        ("none", "Croesfan (5 people said)"),
        ("asset", "The bus"),
    ]


def test_what_may_be_a_heading_is_asked_about_before_anything_is_kept(client, here, sent) -> None:
    paste = sent("TRAFFIC\nSlow the cars\nA crossing\nFor children:\nSwings")
    asked = client.post(here, paste)
    assert "Say whether this is a heading." in asked.text
    for again in ({}, {"heading_0": "nonsense"}, {"heading_0": ":other"}):
        asked = client.post(here, paste | shown(asked) | again)
        assert "Say whether this is a heading." in asked.text
    chosen = {"heading_0": ":other", "heading_3": "need"}
    preview = client.post(here, paste | shown(asked) | chosen)
    assert not Comment.objects.exists()
    client.post(here, paste | shown(preview) | chosen)
    assert [row[:2] for row in kept()] == [
        *(("none", "Slow the cars"), ("none", "A crossing"), ("need", "Swings"))
    ]


def test_choices_for_other_lines_say_nothing_of_these(client, here, sent) -> None:
    preview = client.post(here, sent("A park\nAfon"))
    paste = sent("A bench\nA park\nAfon", language_1="cy") | shown(preview)
    again = client.post(here, paste)
    assert not Comment.objects.exists()
    assert [line.language for line in again.context["kept"]] == ["en", "en", "en"]


def test_a_line_under_no_heading_needs_a_question(client, here, sent) -> None:
    paste = sent("The park\nWHAT WE NEED\nA bus")
    del paste["question"]
    page = client.post(here, paste)
    assert "Choose the question it answers." in page.text
    whole = sent("WHAT WE NEED\nA bus")
    del whole["question"]
    client.post(here, whole | shown(client.post(here, whole)))
    assert kept() == [("need", "A bus", "en", 0)]


@pytest.mark.parametrize("number", ["lots", "-1", "10000", "1e9"])
def test_a_number_that_is_none_is_said_and_nothing_is_kept(client, here, sent, number) -> None:
    paste = sent("A park")
    page = client.post(here, paste | shown(client.post(here, paste)) | {"weight_0": number})
    assert "Enter a whole number, from 0 to 9,999." in page.text
    assert not Comment.objects.exists()


def test_a_language_or_question_that_is_not_offered_is_not_taken(client, here, sent) -> None:
    paste = sent("A park")
    own = {"language_0": "xx", "question_0": "nonsense"}
    client.post(here, paste | shown(client.post(here, paste)) | own)
    assert kept() == [("none", "A park", "en", 0)]


def test_only_headings_are_nothing_to_keep(client, here, sent) -> None:
    assert "Paste the comments first." in client.post(here, sent("WHAT WE NEED")).text


def test_of_many_lines_none_has_boxes_of_its_own_and_headings_still_do(client, here, sent) -> None:
    lines = "\n".join(["WHAT WE NEED", *(f"Swing {number}" for number in range(501))])
    paste = sent(lines)
    preview = client.post(here, paste)
    assert "paste 500 or fewer at once" in preview.text
    assert 'name="heading_0"' in preview.text
    assert 'name="question_1"' not in preview.text
    client.post(here, paste | shown(preview))
    assert Comment.objects.filter(question__kind="need").count() == 501


def test_a_paste_of_sheets_sent_twice_is_kept_once(client, here, sent) -> None:
    paste = sent(SHEETS)
    paste |= shown(client.post(here, paste))
    for _time in range(2):
        client.post(here, paste)
    assert Comment.objects.count() == 5
    entries = AuditEntry.objects.filter(verb="engagements.submissions_added")
    assert entries.count() == 1


def test_a_line_about_nothing_is_refused(engagement, coordinator, questions) -> None:
    with pytest.raises(NoQuestion):
        paste_lines(engagement=engagement, question=None, lines=["A park"], by=coordinator)


def test_undoing_a_paste_puts_its_lines_back_under_their_headings(
    client, here, sent, coordinator
) -> None:
    paste = sent(
        'The park ✔✔\n"A bus\nand a ""shelter"""\nWHAT WE NEED\nBins (2 people said)\nHe hits'
    )
    client.post(here, paste | shown(client.post(here, paste)))
    before = kept()
    page = client.get(f"{here}?kept=4")
    raise_concern(comment=Comment.objects.get(text="He hits"), by=coordinator)
    undo = page.context["undo"]
    after = client.post(undo["url"], {"submissions": undo["submissions"]})
    assert not Comment.objects.visible().exists()
    box = drawn(after)
    assert box["lines"] == [
        'The park x2\n"A bus\nand a ""shelter"""\nWhat we need\nBins (2 people said)'
    ]
    again = {**box, **shown(client.post(here, box))}
    client.post(here, again)
    assert kept() == before[:3]
