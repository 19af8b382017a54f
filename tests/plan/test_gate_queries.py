"""The gate: everything that stands in the way is named, with the page that mends it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import resolve

from coproduction.projects.models import Organisation, User
from engagements.models import Comment, Question
from engagements.services.withholding import raise_concern, redact_comment, withdraw_comment
from plan.edition.format import read, write
from plan.edition.snapshot import Snapshot
from plan.models import Edition
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import snapshot_of
from plan.queries.gate import gate_of
from plan.services.edition import SomethingInTheWay
from plan.services.section import write_section
from plan.views.obstacles import notes_on, obstacles_in
from steering.models import Round
from steering.services.decision import record_decision
from tests.plan.story import Story, both
from tests.steering.group import answer, make_round
from themes.models import Finding, Quote
from themes.services.codebook import add_theme
from workshops.models import Action, Wording, Workshop
from workshops.services.action import reword_action, translate_wording

pytestmark = pytest.mark.django_db


def sentences(story: Story) -> list[str]:
    """What stands in the way, in words; each with an address that leads somewhere."""
    gate = gate_of(story.project)
    for obstacle in [*obstacles_in(gate), *notes_on(gate)]:
        assert resolve(obstacle.url.split("?")[0])
    assert gate.is_open is (not obstacles_in(gate))
    return [obstacle.sentence for obstacle in obstacles_in(gate)]


def notes(story: Story) -> list[str]:
    """What is good to know, in words."""
    return [note.sentence for note in notes_on(gate_of(story.project))]


def test_a_finished_plan_meets_nothing(story: Story):
    assert sentences(story) == []
    assert gate_of(story.project).is_open


def test_an_empty_project_needs_an_agreed_action(project):
    gate = gate_of(project)
    assert [obstacle.sentence for obstacle in obstacles_in(gate)] == [
        "No action is agreed yet. A plan needs at least one."
    ]
    assert any("Foreword" in note.sentence for note in notes_on(gate))


def test_an_action_without_a_decision_holds_nothing_up(story: Story):
    new, put, sent_back = (story.propose(name) for name in ("Plant trees", "Dig", "Paint"))
    make_round(put.wordings.get(), story.chair)
    story.decide(sent_back.wordings.get(), "sent_back", ("not_yet", "not_yet", "agree"))
    assert sentences(story) == []
    left = [note for note in notes(story) if "will not be in this edition" in note]
    assert [note.partition(": ")[2] for note in left] == [
        "it has not been put to the steering group. The chair can put it.",
        "the steering group has it and has not decided. The chair records what it decides.",
        "the steering group sent it back. A facilitator can reword it.",
    ]
    in_it = {row["number"] for row in story.publish().snapshot["actions"]}
    assert in_it.isdisjoint({new.number, put.number, sent_back.number})


def test_a_turned_down_idea_worded_anew_holds_nothing_up(story: Story):
    reword(story, story.pool, "Fill half the pool")
    assert sentences(story) == []
    assert any(note.startswith("Action 3 will not be in this edition") for note in notes(story))


def test_a_translation_changed_after_the_group_agreed_is_good_to_know(story: Story):
    change = "The Welsh of action 1 was changed after it was agreed."
    assert change not in notes(story)
    wording = story.mend.wordings.get()
    translate_wording(wording=wording, title={"cy": "Rhywbeth arall"}, by=story.facilitator)
    assert sentences(story) == []
    assert change in notes(story)


def test_an_agreed_action_without_a_lead_stands_in_the_way(story: Story):
    action = story.propose("Plant trees", lead=None)
    story.agree(action.wordings.get())
    (sentence,) = sentences(story)
    assert "nobody is named to lead it" in sentence


def test_a_change_proposed_is_only_good_to_know(story: Story):
    reword(story, story.mend, "Mend all swings")
    assert sentences(story) == []
    assert any("A change to action 1 is proposed" in note for note in notes(story))


def test_a_lead_who_has_not_committed_is_only_good_to_know(story: Story):
    assert (
        "The lead of action 2 has not committed. The plan would say so. "
        "The page names who can record it."
    ) in notes(story)


@pytest.mark.parametrize("withhold", [withdraw_comment, raise_concern])
def test_a_quote_held_back_is_left_out_and_the_next_edition_can_come(
    story: Story, withhold: Callable[..., object]
):
    story.publish()
    withhold(comment=story.swings, by=story.analyst)
    assert sentences(story) == []
    (note,) = [note for note in notes(story) if "Places to play" in note]
    assert "left out: its comment is held back" in note
    second = story.publish()
    assert second.number == 2
    assert snapshot_of_edition(second).quotes_named == [str(story.welsh_quote.uuid)]


def test_a_quote_without_consent_is_left_out(story: Story):
    Comment.objects.filter(pk=story.club.pk).update(quote_consent=False)
    assert sentences(story) == []
    assert any("did not agree" in note for note in notes(story))
    assert snapshot_of_edition(story.publish()).quotes_named == [str(story.quote.uuid)]
    assert Quote.objects.get(pk=story.welsh_quote.pk).cleared_at is not None


def test_a_quote_of_a_comment_redacted_since_is_not_said_to_be_refused(story: Story):
    redact_comment(comment=story.swings, text="The swings are [removed].", by=story.coordinator)
    assert sentences(story) == []
    (note,) = [note for note in notes(story) if "chosen for" in note]
    assert "personal details were taken out of its comment since" in note
    assert "did not agree" not in note


def test_a_quote_with_no_translation_beside_it_is_good_to_know(story: Story):
    assert [note for note in notes(story) if "beside" in note] == [
        "1 quote has no Welsh beside it."
    ]


def test_a_theme_that_nothing_was_written_of_stands_in_the_way(story: Story):
    Finding.objects.filter(theme=story.theme).delete()
    (sentence,) = sentences(story)
    assert sentence.startswith("Theme “Places to play” has no “what we heard”.")


def test_an_action_under_no_theme_of_the_plan_stands_in_the_way(story: Story):
    Action.objects.filter(pk=story.mend.pk).update(theme=story.code)
    assert "Action 1 is under no theme of the plan." in sentences(story)


def test_a_missing_language_stands_in_the_way_of_each_public_text(story: Story):
    project, editor = story.project, story.editor
    write_section(project=project, kind="thanks", body={"en": "Thanks"}, by=editor)
    add_theme(project=project, name={"en": "Buses"}, colour="sky", definition={}, by=story.analyst)
    action = story.propose("Plant trees", title={"en": "Plant trees"}, lead=_lead(story))
    story.agree(action.wordings.get())
    assert sentences(story) == [
        "Theme “Buses” has no “what we heard”. Write it for readers to open.",
        "Thank you: no Welsh for the text.",
        "Theme “Buses”: no Welsh for its name.",
        f"Action {action.number}: no Welsh for the title.",
    ]


def test_an_outdated_translation_stands_in_the_way(story: Story):
    write_section(
        project=story.project,
        kind="foreword",
        body={"en": "We met each week.", "cy": "We **met** every month. (cy)"},
        by=story.editor,
    )
    assert sentences(story) == ["Foreword: the Welsh is older than the text for the text."]


def only_english(value: object) -> object:
    """Take the Welsh out of everything a snapshot holds."""
    if isinstance(value, dict):
        if set(value) == {"en", "cy"}:
            return {"en": value["en"]}
        return {key: only_english(inside) for key, inside in value.items()}
    return [only_english(inside) for inside in value] if isinstance(value, list) else value


def test_every_text_of_an_edition_is_looked_at_in_every_language(story: Story):
    """Whatever an edition holds in words has a page that mends it, by its own name."""
    project = story.project
    write_section(project=project, kind="thanks", body=both("Thanks"), by=story.editor)
    raw = only_english(write(snapshot_of(project)))
    gate = replace(gate_of(project), snapshot=read(Snapshot, raw))
    texts = gate.incomplete_texts
    assert json.dumps(raw).count('{"en": {"text"') == len(texts) > 30
    assert {(each.language, each.is_missing) for each in texts} == {("cy", True)}
    obstacles = obstacles_in(gate)
    for obstacle in obstacles:
        assert resolve(obstacle.url.split("?")[0]).view_name != "plan:editor"
    assert {obstacle.sentence.partition(":")[0] for obstacle in obstacles} == {
        "Foreword",
        "Thank you",
        "The questions",
        "Theme “Places to play”",
        "Why “Places to play” matters",
        "Workshop “Evening”",
        "Parks Trust",
        "Action 1",
        "Action 2",
        "Action 3",
    }


def test_texts_a_reader_meets_on_the_way_stand_in_the_way_too(story: Story):
    """An earlier round, a workshop, an organisation, a question and an idea turned down."""
    action = story.propose("Plant trees", lead=_lead(story))
    english = {"en": "Not yet clear."}
    record_decision(
        round=answered(story, action.wordings.get(), "not_yet"),
        outcome="sent_back",
        reason=english,
        by=story.chair,
    )
    story.agree(
        reword_action(
            action=action,
            title=both("Plant more trees"),
            text=both("Ten of them."),
            lead=_lead(story),
            supporting=[],
            timescale="within_1_year",
            timescale_note=both("By July"),
            by=story.facilitator,
        )
    )
    record_decision(
        round=answered(story, story.propose("Dig a lake").wordings.get(), "object"),
        outcome="not_taken_forward",
        reason=english,
        by=story.chair,
    )
    for model, field in ((Workshop, "title"), (Question, "wording"), (Organisation, "name")):
        model.objects.filter(project=story.project).update(
            **{field: {"en": {"text": "Only English", "of": None}}}
        )
    # As if that had been its name when the wording was written: it keeps the one of then.
    Wording.objects.filter(project=story.project).update(partner_names={})
    assert sentences(story) == [
        "The questions: no Welsh for their wording.",
        "Workshop “Only English”: no Welsh for the title.",
        "Only English: no Welsh for its name.",
        "Action 4: no Welsh for the reason of the decision.",
        "Action 5: no Welsh for the reason of the decision.",
    ]


def test_publishing_is_refused_with_the_list_and_nothing_is_half_done(story: Story):
    story.agree(story.propose("Plant trees", lead=None).wordings.get())
    with pytest.raises(SomethingInTheWay):
        story.publish()
    assert len(sentences(story)) == 1
    assert not Edition.objects.exists()


def test_the_gate_asks_the_same_few_questions_however_much_there_is(
    story: Story, count_queries: Callable[[], object]
):
    with count_queries() as few:
        gate_of(story.project)
    for title in ("Plant trees", "Paint walls"):
        story.agree(story.propose(title, lead=_lead(story)).wordings.get())
    with count_queries() as more:
        gate_of(story.project)
    assert len(few) == len(more) <= 20


def test_an_editor_sees_the_list_and_a_member_does_not(
    story: Story, client_of: Callable[[User], object], member: User
):
    story.propose("Plant trees")
    page = client_of(story.editor).get("/bryn/plan/edit/gate/")
    assert "it has not been put to the steering group" in page.content.decode()
    assert client_of(member).get("/bryn/plan/edit/gate/").status_code == 403


def reword(story: Story, action: Action, title: str) -> Wording:
    """Give an action a newer wording."""
    was = action.wordings.get()
    return reword_action(
        action=action,
        title=both(title),
        text=both("All of it."),
        lead=was.lead,
        supporting=[],
        timescale=was.timescale,
        timescale_note=both("By July"),
        by=story.facilitator,
    )


def answered(story: Story, wording: Wording, answer_of_all: str) -> Round:
    """Put a wording to the group, and have all three give one answer."""
    round = make_round(wording, story.chair)
    answer(round, (answer_of_all,) * 3, story.chair)
    return round


def _lead(story: Story):
    """The organisation that leads the small plan's actions."""
    return story.mend.wordings.get().lead


def test_a_word_given_to_earlier_words_stays_on_the_page_and_in_the_plan(
    story: Story, client: Client
) -> None:
    wording = story.mend.wordings.get()
    story.agree(
        reword_action(
            action=story.mend,
            title=both("Mend all swings"),
            text=both("All of them."),
            lead=wording.lead,
            supporting=[],
            timescale="within_1_year",
            timescale_note=both("By July"),
            by=story.facilitator,
        )
    )
    assert any("gave its word to earlier words" in note for note in notes(story))
    story.publish()
    for path in ("plan/", "plan/actions/1/"):
        page = " ".join(client.get(f"/bryn/{path}").content.decode().split())
        assert "to earlier words. It is asked again for these." in page
    assert "We will mend them." in page
    actions = client.get("/bryn/plan/plan.json").json()["actions"]
    mend = next(row for row in actions if row["number"] == 1)
    assert mend["commitment"] is None
    assert mend["earlier_commitment"]["text"]["en"] == "We will mend them."
