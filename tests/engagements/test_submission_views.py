"""Pages on which what people said is typed, pasted in and undone."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.models import Comment, Engagement, Method, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.withholding import raise_concern, withdraw_comment
from tests.forms import drawn


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
def filled(questions):
    """Return a filled-in form for typing or pasting."""

    def fill(**fields: Any) -> dict[str, Any]:
        return {
            "question": questions["need"].uuid,
            "quote_consent": "on",
            "descriptor": "A parent",
            "language": "cy",
            "client_id": uuid4(),
        } | fields

    return fill


def texts_in(preview) -> list[str]:
    """Return the lines that a preview shows as comments."""
    return [line.text for line in preview.context["kept"]]


def test_a_comment_is_typed_and_the_next_speaker_is_asked_anew(client, at, filled) -> None:
    page = client.post(at("submission_type"), filled(text="Siglenni newydd"), follow=True)
    kept = Submission.objects.get()
    assert (kept.channel, kept.language) == ("typed", "cy")
    assert kept.comments.get().quote_consent
    shown = page.content.decode()
    assert "Siglenni newydd" in shown
    assert kept.receipt in shown
    assert str(kept.uuid) in page.context["undo"]["submissions"]
    initial = page.context["form"].initial
    assert initial["question"] == kept.comments.get().question.uuid
    assert initial["language"] == "cy"
    # Whose words the next ones are, and whether they may be quoted, is for that person to say.
    assert not {"descriptor", "quote_consent"} & initial.keys()
    assert not page.context["form"]["quote_consent"].value()
    assert "May be quoted" in shown
    assert initial["client_id"] != kept.client_id
    assert shown.count("data-focus") == 1


def test_how_many_agreed_is_typed_beside_the_words_and_comes_back_with_an_undo(
    client, at, filled
) -> None:
    page = client.post(at("submission_type"), filled(text="A bus", weight=5), follow=True)
    assert Comment.objects.get().weight == 5
    # The next one has marks of its own, or none.
    assert not page.context["form"]["weight"].value()
    kept = {"submissions": page.context["undo"]["submissions"]}
    undone = client.post(at("submissions_undo"), kept, follow=True)
    assert undone.context["form"]["weight"].value() == 5
    answer = client.post(at("submission_type"), filled(text="A tram", weight=-1))
    assert "Enter a whole number" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_what_is_typed_goes_in_once_when_sent_twice(client, at, filled) -> None:
    sent = filled(text="New swings")
    first = client.post(at("submission_type"), sent)
    second = client.post(at("submission_type"), sent)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_other_words_from_the_same_page_are_not_lost(client, at, filled) -> None:
    sent = filled(text="New swings")
    client.post(at("submission_type"), sent)
    client.post(at("submission_type"), sent | {"text": "A bench"})
    assert set(Comment.objects.values_list("text", flat=True)) == {"New swings", "A bench"}


def test_nothing_typed_keeps_nothing_and_says_so(client, at, filled) -> None:
    page = client.post(at("submission_type"), filled(text=" "))
    assert "Type what was said." in page.content.decode()
    assert not Submission.objects.exists()


def test_a_typed_comment_is_undone(client, at, filled) -> None:
    sent = filled(text="New swings")
    page = client.post(at("submission_type"), sent, follow=True)
    after = client.post(
        at("submissions_undo"), {"submissions": page.context["undo"]["submissions"]}, follow=True
    )
    assert "1 comment was undone." in after.content.decode()
    assert after.context["undo"] is None
    assert not Comment.objects.visible().exists()
    client.post(at("submission_type"), sent)
    assert Comment.objects.visible().count() == 1


def test_what_was_undone_stands_in_the_boxes_again_to_be_put_right(client, at, filled) -> None:
    page = client.post(at("submission_type"), filled(text="New swigns"), follow=True)
    undone = {"submissions": page.context["undo"]["submissions"]}
    box = drawn(client.post(at("submissions_undo"), drawn(page, **undone), follow=True))
    assert (box["text"], box["descriptor"]) == (["New swigns"], ["A parent"])
    assert "quote_consent" in box
    client.post(at("submission_type"), {**box, "text": ["New swings"]})
    assert [each.text for each in Comment.objects.visible()] == ["New swings"]


def test_undoing_leaves_what_is_being_typed_or_pasted_alone(client, at, filled, pasted) -> None:
    page = client.post(at("submission_type"), filled(text="New swings"), follow=True)
    typed = {"text": "A bench by the", "descriptor": "A neighbour"}
    undone = {"submissions": page.context["undo"]["submissions"]}
    after = client.post(at("submissions_undo"), drawn(page, **typed, **undone), follow=True)
    assert "1 comment was undone." in after.text
    box = drawn(after)
    assert (box["text"], box["descriptor"]) == ([typed["text"]], [typed["descriptor"]])
    assert "quote_consent" not in box
    client.post(at("submission_type"), box)
    page = client.get(at("submission_paste") + "?kept=2")
    undone = {"submissions": page.context["undo"]["submissions"]}
    after = client.post(at("submissions_undo"), drawn(page, lines="More\nlines", **undone))
    assert drawn(after)["lines"] == ["More\nlines"]
    kept = Comment.objects.visible().values_list("text", flat=True)
    assert list(kept) == ["A bench by the"]


def test_undoing_something_else_says_so(client, at, bring_in) -> None:
    bring_in("text\nA park\n")
    named = " ".join([*map(str, Submission.objects.values_list("uuid", flat=True)), "rubbish"])
    page = client.post(at("submissions_undo"), {"submissions": named}, follow=True)
    assert "Those comments are not of this engagement." in page.content.decode()
    assert Comment.objects.visible().count() == 1


def test_a_paste_is_shown_before_it_is_kept(client, at, filled) -> None:
    sent = filled(lines="A park\n\n  A pond \nA park")
    preview = client.post(at("submission_paste"), sent)
    assert texts_in(preview) == ["A park", "A pond", "A park"]
    assert "This will be kept as 3 comments" in preview.content.decode()
    assert not Comment.objects.exists()
    mark = preview.context["form"]["previewed"].value()
    assert f'value="{mark}"' in preview.content.decode()
    done = client.post(at("submission_paste"), sent | {"previewed": mark}, follow=True)
    assert "3 comments are kept." in done.content.decode()
    assert list(Comment.objects.values_list("text", flat=True)) == ["A park", "A pond", "A park"]


def test_lines_changed_after_the_preview_are_shown_again(client, at, filled) -> None:
    sent = filled(lines="A park")
    mark = client.post(at("submission_paste"), sent).context["form"].preview_key
    again = client.post(at("submission_paste"), sent | {"lines": "A pond", "previewed": mark})
    assert texts_in(again) == ["A pond"]
    assert again.context["form"]["previewed"].value() != mark
    assert not Comment.objects.exists()


def test_a_tick_after_the_preview_is_shown_again_first(client, at, filled) -> None:
    sent = filled(lines="A park")
    del sent["quote_consent"]
    preview = client.post(at("submission_paste"), sent)
    assert "All of them will be kept as “Not to be quoted”." in preview.content.decode()
    mark = preview.context["form"].preview_key
    again = client.post(at("submission_paste"), sent | {"quote_consent": "on", "previewed": mark})
    assert "All of them will be kept as “May be quoted”." in again.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, ["New swings", "A bench", "A pond", "-5 degrees", "20.5 metres"]),
        (
            {"keep_marks": "on"},
            ["- New swings", "• A bench", "1. A pond", "-5 degrees", "20.5 metres"],
        ),
    ],
)
def test_the_marks_of_a_list_come_off_unless_they_are_kept(client, at, filled, more, kept) -> None:
    sent = filled(lines="- New swings\n• A bench\n1. A pond\n-5 degrees\n20.5 metres", **more)
    preview = client.post(at("submission_paste"), sent)
    assert texts_in(preview) == kept
    told = "3 lines began with a mark" in preview.content.decode()
    assert told is not bool(more)
    mark = preview.context["form"].preview_key
    client.post(at("submission_paste"), sent | {"previewed": mark})
    assert list(Comment.objects.values_list("text", flat=True)) == kept


def test_lines_that_say_the_same_are_pointed_out_and_kept(client, at, filled) -> None:
    preview = client.post(at("submission_paste"), filled(lines="A park\nA pond\na  PARK"))
    twins = [(line.text, line.twin) for line in preview.context["kept"]]
    assert twins == [("A park", 0), ("A pond", 0), ("a  PARK", 1)]
    assert "The same as line 1" in preview.content.decode()


@pytest.fixture
def pasted(client, at, filled):
    """Return a paste of two lines as it is sent, kept already."""
    sent = filled(lines="A park\nA pond")
    sent["previewed"] = client.post(at("submission_paste"), sent).context["form"].preview_key
    client.post(at("submission_paste"), sent)
    return sent


def test_a_paste_goes_in_once_when_sent_twice(client, at, pasted) -> None:
    client.post(at("submission_paste"), pasted)
    assert Comment.objects.count() == 2


def test_a_paste_is_undone_at_once(client, at, pasted) -> None:
    page = client.get(at("submission_paste") + "?kept=2")
    after = client.post(
        at("submissions_undo"), {"submissions": page.context["undo"]["submissions"]}, follow=True
    )
    assert "2 comments were undone." in after.content.decode()
    assert not Comment.objects.visible().exists()
    client.post(at("submission_paste"), pasted)
    assert Comment.objects.visible().count() == 2


def test_a_big_paste_leaves_little_in_the_session_and_is_undone_alone(client, at, filled) -> None:
    client.post(at("submission_type"), filled(text="Typed before"))
    sent = filled(lines="\n".join(f"Line {number}" for number in range(500)))
    sent["previewed"] = client.post(at("submission_paste"), sent).context["form"].preview_key
    client.post(at("submission_paste"), sent)
    assert len(json.dumps(dict(client.session))) < 500
    client.post(at("submission_type"), filled(text="Typed since"))
    page = client.get(at("submission_paste") + "?kept=500")
    assert len(page.context["undo"]["submissions"].split()) == 500
    client.post(at("submissions_undo"), {"submissions": page.context["undo"]["submissions"]})
    kept = Comment.objects.visible().values_list("text", flat=True)
    assert list(kept) == ["Typed before", "Typed since"]


def test_nothing_is_kept_at_one_that_was_called_off(client, at, filled, engagement) -> None:
    engagement.status = "cancelled"
    engagement.save()
    page = client.post(at("submission_type"), filled(text="New swings"))
    assert "called off" in page.content.decode()
    assert "New swings" in page.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("hide", [raise_concern, withdraw_comment])
def test_the_words_of_a_hidden_comment_are_not_shown_by_naming_its_entry(
    hide, client, at, filled, coordinator
) -> None:
    client.post(at("submission_type"), filled(text="He hits me"))
    comment = Comment.objects.get()
    here = f"{at('submission_type')}?kept={comment.submission.uuid}"
    assert "He hits me" in client.get(here).content.decode()
    hide(comment=comment, by=coordinator)
    assert "He hits me" not in client.get(here).content.decode()


def test_sent_again_after_an_undo_it_comes_back_once(client, at, filled) -> None:
    sent = filled(text="New swings")
    page = client.post(at("submission_type"), sent, follow=True)
    client.post(at("submissions_undo"), {"submissions": page.context["undo"]["submissions"]})
    for _time in range(2):
        client.post(at("submission_type"), sent)
    assert Comment.objects.visible().count() == 1


def test_another_projects_ids_are_refused_in_every_field_that_takes_one(
    client, at, filled, other_project, other_coordinator
) -> None:
    theirs = ensure_questions(project=other_project, by=other_coordinator)["need"]
    away = plan_engagement(
        project=other_project,
        title="Theirs",
        method=Method.EVENT,
        date=date(2024, 5, 4),
        status=Engagement.Status.HELD,
        by=other_coordinator,
    )
    entry = add_submission(
        engagement=away, comments=[CommentDraft(theirs, "Said in Glyn")], by=other_coordinator
    )
    typed = client.post(at("submission_type"), filled(text="Ours", question=theirs.uuid))
    assert "question" in typed.context["form"].errors
    pasted = client.post(at("submission_paste"), filled(lines="Ours", question=theirs.uuid))
    assert "question" in pasted.context["form"].errors
    assert "Said in Glyn" not in (
        client.get(f"{at('submission_type')}?kept={entry.uuid}").content.decode()
    )
    client.post(at("submissions_undo"), {"submissions": str(entry.uuid)})
    entry.refresh_from_db()
    assert entry.undone_at is None
    assert list(Submission.objects.all()) == [entry]
