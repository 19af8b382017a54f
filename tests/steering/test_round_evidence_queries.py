"""What a round was decided on stays on its page, apart from what was taken off or added since."""

from engagements.models import Comment
from steering.models import Round
from steering.queries.round_evidence import (
    digests_of_evidence,
    evidence_of_round,
    evidence_since,
)
from tests.steering.group import agree, look_through, make_round
from tests.steering.pages import text_of, url
from tests.workshops.material import make_comment, make_finding, make_quotable
from themes.services.finding import write_finding
from workshops.services.evidence import cite_evidence, uncite_evidence


def _since(round: Round) -> tuple[int, int, int, int]:
    now = digests_of_evidence([round.wording.action_id])
    found = evidence_since([round], now)[round.pk]
    return found.shown, found.taken_off, found.added, found.reworded


def test_evidence_taken_off_an_agreed_action_leaves_a_mark(
    project, seats, wording, chair, member, client_of
) -> None:
    comments = [make_comment(project, f"Words {number}.") for number in range(3)]
    finding = make_finding(wording.action.theme, chair)
    cite_evidence(action=wording.action, comments=comments, findings=[finding], by=chair)
    decision = agree(wording, chair)
    assert _since(decision.round) == (4, 0, 0, 0)
    # What a resident takes back is not taken off by the team.
    Comment.objects.filter(pk=comments[2].pk).update(withheld="withdrawn")
    assert _since(decision.round) == (4, 0, 0, 0)
    uncite_evidence(
        action=wording.action,
        evidence=wording.action.evidence.filter(comment__in=comments[:2]),
        by=chair,
    )
    write_finding(theme=wording.action.theme, text={"en": "Something else."}, by=chair)
    assert _since(decision.round) == (4, 2, 0, 1)
    client = client_of(member)
    for name, uuid in (("round", decision.round.uuid), ("action_status", wording.action.uuid)):
        page = text_of(client.get(url(name, uuid=uuid)))
        assert "The group decided this with 4 pieces of evidence before it." in page
        assert "2 were taken off since. 1 reads differently now." in page
    assert "Words" not in str(decision.round.evidence)


def test_evidence_changed_for_other_evidence_does_not_stand_as_the_why_of_the_decision(
    project, seats, wording, chair, member, client_of
) -> None:
    asked = [make_quotable(project, f"Asked with {number}.") for number in range(3)]
    cite_evidence(action=wording.action, comments=asked, by=chair)
    for comment in asked:
        look_through(comment, wording)
    round = agree(wording, chair).round
    uncite_evidence(action=wording.action, evidence=list(wording.action.evidence.all()), by=chair)
    later = [make_quotable(project, f"Brought later {number}.") for number in range(2)]
    cite_evidence(action=wording.action, comments=later, by=chair)
    # Taken back by who said it since then: counted and shown no more.
    Comment.objects.filter(pk=asked[2].pk).update(withheld="withdrawn")
    found = evidence_of_round(round)
    assert [voice.text for voice in found.taken_off.quoted] == ["Asked with 0.", "Asked with 1."]
    assert (found.cited.comments, found.taken_off.comments, found.added.comments) == (0, 2, 2)
    client = client_of(member)
    for name, uuid in (("round", round.uuid), ("action_status", wording.action.uuid)):
        page = text_of(client.get(url(name, uuid=uuid)))
        assert "The group decided this with 3 pieces of evidence before it." in page
        assert "3 were taken off since. 2 were added since." in page
        assert "Before the group then, taken off since: 2 comments" in page
        assert "the decision does not rest on it: 2 comments" in page
        assert "Why:" not in page
        assert "no evidence is linked" not in page
        assert "Asked with 0." in page
        assert "Asked with 2." not in page


def test_evidence_added_to_an_agreed_action_is_marked(
    project, seats, wording, chair, member, client_of
) -> None:
    decision = agree(wording, chair)
    cite_evidence(action=wording.action, comments=[make_comment(project)], by=chair)
    page = text_of(client_of(member).get(url("round", uuid=decision.round.uuid)))
    assert "The group decided this with no evidence before it." in page
    assert "1 was added since." in page
    assert "Why: the group was asked without any evidence" in page
    assert "the decision does not rest on it: 1 comment" in page


def test_evidence_added_while_the_group_answers_is_told_apart(
    project, comment, seats, wording, chair, member, client_of
) -> None:
    open_round = make_round(wording, chair)
    later = make_comment(project, "Later.")
    cite_evidence(action=wording.action, comments=[later], by=chair)
    page = text_of(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "The group was asked this with" in page
    assert "1 was added since." in page
    assert "Added since the group was asked: 1 comment" in page


def test_more_changes_to_the_evidence_of_a_round_ask_no_more_of_the_database(
    project, seats, wording, chair, member, client_of, assert_same_queries
) -> None:
    asked = [make_quotable(project, f"Words {number}.") for number in range(5)]
    cite_evidence(action=wording.action, comments=asked, by=chair)
    round = agree(wording, chair).round

    def swap_one(number: int) -> None:
        oldest = wording.action.evidence.earliest("pk")
        uncite_evidence(action=wording.action, evidence=[oldest], by=chair)
        cite_evidence(
            action=wording.action, comments=[make_quotable(project, f"More {number}.")], by=chair
        )

    assert_same_queries(client_of(member), url("round", uuid=round.uuid), swap_one, limit=25)
