"""The gate: everything that stands in the way is named, with the page that mends it."""

from collections.abc import Callable

import pytest
from django.urls import resolve

from coproduction.projects.models import User
from engagements.models import Submission
from engagements.services.withholding import withdraw
from plan.models import Edition
from plan.queries.gate import gate_of
from plan.services.edition import SomethingInTheWay
from plan.services.section import write_section
from tests.plan.story import Story, both
from themes.models import Quote
from themes.services.codebook import add_theme
from workshops.services.action import reword_action

pytestmark = pytest.mark.django_db


def sentences(story: Story) -> list[str]:
    """What stands in the way, in words; each with an address that leads somewhere."""
    gate = gate_of(story.project)
    for obstacle in [*gate.obstacles, *gate.notes]:
        assert resolve(obstacle.url.split("?")[0])
    return [obstacle.sentence for obstacle in gate.obstacles]


def notes(story: Story) -> list[str]:
    """What is good to know, in words."""
    return [note.sentence for note in gate_of(story.project).notes]


def test_a_finished_plan_meets_nothing(story: Story):
    assert sentences(story) == []
    assert gate_of(story.project).is_open


def test_an_empty_project_needs_an_agreed_action(project):
    gate = gate_of(project)
    assert [obstacle.sentence for obstacle in gate.obstacles] == [
        "No action is agreed yet. A plan needs at least one."
    ]
    assert any("Foreword" in note.sentence for note in gate.notes)


def test_an_action_the_group_has_not_seen_stands_in_the_way(story: Story):
    action = story.propose("Plant trees")
    assert sentences(story) == [f"Action {action.number} has not been put to the steering group."]


def test_an_action_sent_back_stands_in_the_way(story: Story):
    action = story.propose("Plant trees")
    story.decide(action.wordings.get(), "sent_back", ("not_yet", "not_yet", "agree"))
    assert sentences(story) == [f"Action {action.number} was sent back to be reworded."]


def test_an_agreed_action_without_a_lead_stands_in_the_way(story: Story):
    action = story.propose("Plant trees", lead=None)
    story.agree(action.wordings.get())
    (sentence,) = sentences(story)
    assert "nobody is named to lead it" in sentence


def test_a_change_proposed_is_only_good_to_know(story: Story):
    wording = story.mend.wordings.get()
    reword_action(
        action=story.mend,
        title=both("Mend all swings"),
        text=both("All of them."),
        lead=wording.lead,
        supporting=[],
        timescale=wording.timescale,
        timescale_note=both("By July"),
        by=story.facilitator,
    )
    assert sentences(story) == []
    assert any("A change to action 1 is proposed" in note for note in notes(story))


def test_a_lead_who_has_not_committed_is_only_good_to_know(story: Story):
    assert "The lead of action 2 has not committed. The plan would say so." in notes(story)


def test_a_chosen_quote_of_a_withdrawn_comment_stands_in_the_way(story: Story):
    withdraw(comment=story.swings, by=story.coordinator)
    (sentence,) = sentences(story)
    assert "held back since" in sentence
    assert "Places to play" in sentence


def test_a_chosen_quote_without_consent_stands_in_the_way(story: Story):
    Submission.objects.filter(comments=story.club).update(quote_consent=False)
    (sentence,) = sentences(story)
    assert "did not agree" in sentence
    assert Quote.objects.get(pk=story.welsh_quote.pk).cleared_at is not None


def test_a_missing_language_stands_in_the_way_of_each_public_text(story: Story):
    project, editor = story.project, story.editor
    write_section(project=project, kind="thanks", body={"en": "Thanks"}, by=editor)
    add_theme(project=project, name={"en": "Buses"}, colour="sky", definition={}, by=story.analyst)
    action = story.propose("Plant trees", title={"en": "Plant trees"}, lead=_lead(story))
    story.agree(action.wordings.get())
    assert sentences(story) == [
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


def test_publishing_is_refused_with_the_list_and_nothing_is_half_done(story: Story):
    story.propose("Plant trees")
    with pytest.raises(SomethingInTheWay) as refused:
        story.publish()
    assert len(refused.value.obstacles) == 1
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
    assert len(few) == len(more) <= 14


def test_an_editor_sees_the_list_and_a_member_does_not(
    story: Story, client_of: Callable[[User], object], member: User
):
    story.propose("Plant trees")
    page = client_of(story.editor).get("/bryn/plan/edit/gate/")
    assert "has not been put to the steering group" in page.content.decode()
    assert client_of(member).get("/bryn/plan/edit/gate/").status_code == 403


def _lead(story: Story):
    """The organisation that leads the small plan's actions."""
    return story.mend.wordings.get().lead
