"""An edition says what an action was decided on, and the gate what has changed since."""

import pytest
from django.test import Client

from engagements.services.withholding import withdraw_comment
from plan.models import CitedComment
from plan.queries.freezing import snapshot_of
from plan.queries.gate import gate_of
from plan.services.edition import NothingNew
from plan.views.obstacles import notes_on
from tests.plan.story import Story, both
from tests.plan.test_public_views import text_of
from tests.themes.comments import make_comments, make_engagement
from tests.workshops.material import promise_of
from workshops.services.action import reword_action
from workshops.services.evidence import cite_evidence, uncite_evidence

pytestmark = pytest.mark.django_db

CHANGED = "The evidence of action 1 is not what the group decided it on."


def swap_evidence(story: Story) -> None:
    """Take off all that action 1 was decided on, and cite something else in its place."""
    uncite_evidence(
        action=story.mend, evidence=list(story.mend.evidence.all()), by=story.facilitator
    )
    (later,) = make_comments(story.project, "Said when all was decided.", consent=True)
    cite_evidence(action=story.mend, comments=[later], by=story.facilitator)


def test_an_edition_says_what_an_action_was_decided_on_whatever_is_cited_since(
    story: Story, client: Client
):
    before = gate_of(story.project).snapshot.actions[0].thread
    swap_evidence(story)
    edition = story.publish()
    after = gate_of(story.project).snapshot.actions[0].thread
    assert after == before
    assert after.notes
    assert after.quotes
    assert "broken since Easter" in text_of(client, "/bryn/plan/actions/1/")
    cited = CitedComment.objects.filter(edition=edition, number=1)
    assert [row.comment for row in cited] == [story.swings]
    with pytest.raises(NothingNew):
        story.publish()


def test_words_taken_back_since_the_decision_are_in_no_thread(story: Story):
    swap_evidence(story)
    withdraw_comment(comment=story.swings, by=None)
    edition = story.publish()
    thread = gate_of(story.project).snapshot.actions[0].thread
    assert thread.quotes == ()
    # That it was said stays counted, and where: else it would be told who took words back.
    assert thread.engagements == (str(story.swings.engagement.uuid),)
    assert not CitedComment.objects.filter(edition=edition, number=1).exists()


def test_a_new_decision_does_not_tell_what_was_taken_back_since_the_last(story: Story):
    elsewhere = make_engagement(story.project, "Chapel", people=12)
    (said,) = make_comments(story.project, "A tree by the chapel.", engagement=elsewhere)
    action = story.propose("Plant trees", lead=story.mend.wordings.get().lead)
    story.cite(action, story.club, said)
    story.agree(action.wordings.get())
    before = story.publish() and gate_of(story.project).snapshot.actions[-1].thread
    withdraw_comment(comment=said, by=None)
    wording = reword_action(
        action=action, by=story.facilitator, **promise_of(action, title=both("Plant oaks"))
    )
    story.agree(wording)
    after = gate_of(story.project).snapshot.actions[-1]
    assert after.wording == 2
    assert after.thread == before
    assert str(elsewhere.uuid) in after.thread.engagements
    # What was taken off by the team is not what it rests on.
    cited = list(action.evidence.filter(comment=said))
    uncite_evidence(action=action, evidence=cited, by=story.facilitator)
    thread = gate_of(story.project).snapshot.actions[-1].thread
    assert str(elsewhere.uuid) not in thread.engagements


def test_the_gate_names_actions_whose_evidence_changed_since_they_were_decided(story: Story):
    told = [note.sentence for note in notes_on(gate_of(story.project))]
    assert not any("evidence" in sentence for sentence in told)
    swap_evidence(story)
    (note,) = [note for note in notes_on(gate_of(story.project)) if CHANGED in note.sentence]
    assert "2 were taken off since. 1 was added since." in note.sentence
    assert note.url == f"/bryn/steering/actions/{story.mend.uuid}/"


def test_the_thread_of_an_idea_turned_down_is_what_it_was_turned_down_on(story: Story):
    (later,) = make_comments(story.project, "Fill the pool again.")
    cite_evidence(action=story.pool, comments=[later], by=story.facilitator)
    assert gate_of(story.project).snapshot.not_taken_forward[0].thread.engagements == ()


def test_what_is_not_decided_rests_on_what_is_cited_now(story: Story):
    action = story.propose("Plant trees")
    (later,) = make_comments(story.project, "More trees, please.")
    cite_evidence(action=action, comments=[later], by=story.facilitator)
    drawn = snapshot_of(story.project, draft=True).actions[-1]
    assert drawn.number == action.number
    assert drawn.thread.engagements == (str(later.engagement.uuid),)
