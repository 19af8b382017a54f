"""The page on which a paper survey is typed in: every question of one person on one screen."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.models import Comment, Submission
from engagements.services.question import add_question
from engagements.services.withholding import raise_concern
from tests.forms import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def at(project, engagement):
    """Return the address of a page of the engagement."""

    def url(name: str) -> str:
        kwargs = {"project": project.slug, "uuid": engagement.uuid}
        return reverse(f"engagements:{name}", kwargs=kwargs)

    return url


@pytest.fixture
def sheet(questions):
    """Return a filled-in sheet of one person, as it is sent."""

    def fill(**fields: Any) -> dict[str, Any]:
        return {
            "said_asset": "The park",
            "said_need": "A crossing",
            "said_change": "My son is left out",
            "quote_consent": "on",
            "descriptor": "A parent",
            "age_band": "25 to 64",
            "area": "cf5 4lr",
            "language": "en",
            "client_id": uuid4(),
        } | fields

    return fill


def test_a_sheet_is_one_sitting_with_one_code_and_the_next_begins_empty(client, at, sheet) -> None:
    page = client.post(at("sitting_type"), sheet(), follow=True)
    sitting = Submission.objects.get()
    assert (sitting.channel, sitting.descriptor, sitting.age_band, sitting.area) == (
        *("typed", "A parent", "25 to 64"),
        # Never so much of a postcode that it says the street.
        "CF5 4",
    )
    said = [(each.question.kind, each.text) for each in sitting.comments.order_by("position")]
    assert said == [
        ("asset", "The park"),
        ("need", "A crossing"),
        ("change", "My son is left out"),
    ]
    assert all(each.is_quotable for each in sitting.comments.all())
    assert sitting.receipt in page.text
    assert "3 comments are kept." in page.text
    assert page.text.index("<textarea") < page.text.index(sitting.receipt)
    box = drawn(page)
    assert not any(box.get(name, [""])[0] for name in ("said_asset", "descriptor", "area"))
    assert "quote_consent" not in box


def test_one_answer_alone_may_be_quoted_or_not(client, at, sheet) -> None:
    client.post(at("sitting_type"), sheet(consent_change="no"))
    assert [each.is_quotable for each in Comment.objects.all()] == [True, True, False]
    more = sheet(consent_need="yes")
    del more["quote_consent"]
    client.post(at("sitting_type"), more)
    newest = Submission.objects.order_by("pk").last()
    assert newest is not None
    assert [each.is_quotable for each in newest.comments.all()] == [False, True, False]


def test_the_choice_for_one_answer_is_folded_away_until_it_is_made(client, at, sheet) -> None:
    page = client.get(at("sitting_type")).text
    assert '<details class="form-fold" >' in page
    refused = client.post(at("sitting_type"), {"consent_need": "yes", "language": "en"}).text
    assert '<details class="form-fold" open>' in refused


def test_undoing_puts_every_word_back_into_its_box(client, at, sheet) -> None:
    page = client.post(at("sitting_type"), sheet(consent_change="no"), follow=True)
    undone = {"submissions": page.context["undo"]["submissions"]}
    after = client.post(at("sitting_undo"), drawn(page, **undone), follow=True)
    assert "3 comments were undone." in after.text
    assert not Comment.objects.visible().exists()
    box = drawn(after)
    assert (box["said_asset"], box["said_change"]) == (["The park"], ["My son is left out"])
    assert (box["descriptor"], box["age_band"], box["area"]) == (
        ["A parent"],
        ["25 to 64"],
        ["CF5 4"],
    )
    assert (box["consent_asset"], box["consent_change"]) == (["yes"], [""])
    client.post(at("sitting_type"), {**box, "said_asset": ["The big park"]})
    kept = Comment.objects.visible()
    assert [each.text for each in kept] == ["The big park", "A crossing", "My son is left out"]
    assert [each.is_quotable for each in kept] == [True, True, False]


def test_undoing_leaves_the_next_sheet_alone_and_a_hidden_answer_hidden(
    client, at, sheet, coordinator
) -> None:
    page = client.post(at("sitting_type"), sheet(), follow=True)
    undone = {"submissions": page.context["undo"]["submissions"]}
    raise_concern(comment=Comment.objects.get(question__kind="change"), by=coordinator)
    typed = drawn(page, said_need="A tram", **undone)
    after = client.post(at("sitting_undo"), typed)
    assert drawn(after)["said_need"] == ["A tram"]
    assert "A crossing" not in after.text
    again = client.get(f"{at('sitting_type')}?kept={Submission.objects.get().uuid}").text
    assert "A crossing" in again
    assert "My son is left out" not in again


def test_a_sheet_sent_twice_is_kept_once_and_the_next_persons_beside_it(client, at, sheet) -> None:
    sent = sheet()
    for _time in range(2):
        client.post(at("sitting_type"), sent)
    assert Submission.objects.count() == 1
    client.post(at("sitting_type"), sent | {"said_need": "A bus"})
    client.post(at("sitting_type"), sent | {"consent_need": "no"})
    assert Submission.objects.count() == 3


@pytest.mark.parametrize("empty", ["", "  \n "])
def test_an_empty_sheet_keeps_nothing_and_says_so(client, at, sheet, empty) -> None:
    sent = sheet(said_asset=empty, said_need=empty, said_change=empty)
    page = client.post(at("sitting_type"), sent)
    assert "Type what was said." in page.text
    assert drawn(page)["descriptor"] == ["A parent"]
    assert not Submission.objects.exists()


def test_what_the_project_asks_itself_and_anything_else_have_boxes_too(
    client, at, sheet, project, coordinator
) -> None:
    asked = add_question(
        project=project,
        name={"en": "Descriptor", "cy": "Disgrifiad"},
        wording={"en": "What of the buses?", "cy": "Beth am y bysiau?"},
        by=coordinator,
    )
    client.post(
        at("sitting_type"), sheet(**{f"said_{asked.kind}": "Late", "said_none": "Thank you"})
    )
    said = {each.question.kind: each.text for each in Comment.objects.all()}
    assert said[asked.kind] == "Late"
    assert said["none"] == "Thank you"
    assert Submission.objects.get().descriptor == "A parent"


def test_nothing_is_kept_at_one_that_was_called_off_and_the_words_stay(
    client, at, sheet, engagement
) -> None:
    engagement.status = "cancelled"
    engagement.save()
    page = client.post(at("sitting_type"), sheet())
    assert page.status_code == 409
    assert "called off" in page.text
    assert "A crossing" in page.text
    assert not Comment.objects.exists()


def test_what_is_of_another_engagement_is_not_undone(client, at, sheet) -> None:
    page = client.post(at("sitting_undo"), {"submissions": str(uuid4())}, follow=True)
    assert "Those comments are not of this engagement." in page.text


def test_sheets_are_a_run_of_their_typist_like_any_typing(client, at, sheet) -> None:
    client.post(at("sitting_type"), sheet())
    client.post(at("sitting_type"), sheet(said_asset="The river"))
    assert Submission.objects.values("run").distinct().count() == 1
    listed = client.get(at("engagement")).text
    assert "6 comments typed" in listed
