"""What a member reads before answering: evidence they may see, and what changed."""

from django.urls import reverse
from django.utils import timezone

from engagements.models import Comment
from steering.queries.evidence import evidence_of_action
from steering.queries.round import (
    candidates,
    count_candidates,
    previous_round,
    rounds_for_member,
    undecided_rounds,
)
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from tests.steering.group import agree, answer, make_round, make_wording
from tests.workshops.material import make_comment, make_finding
from themes.models import Quote
from workshops.services.evidence import cite_evidence

PRIVATE = "Words that nobody agreed to show."


def _quotable(project, text: str, **fields) -> Comment:
    comment = make_comment(project, text, **fields)
    comment.submission.quote_consent = True
    comment.submission.descriptor = "A young parent"
    comment.submission.save()
    return comment


def test_only_words_of_those_who_agreed_are_shown_and_the_rest_counted(project, wording) -> None:
    comments = [
        _quotable(project, "The swings are broken."),
        make_comment(project, PRIVATE),
        _quotable(project, "Withdrawn words.", withheld="withdrawn"),
    ]
    cite_evidence(action=wording.action, comments=comments[:2], by=wording.by)
    Comment.objects.filter(pk=comments[2].pk).update(withheld="")
    cite_evidence(action=wording.action, comments=comments[2:], by=wording.by)
    Comment.objects.filter(pk=comments[2].pk).update(withheld="withdrawn")
    found = evidence_of_action(wording.action)
    assert (found.comments, found.not_quoted) == (2, 1)
    assert [(voice.text, voice.descriptor) for voice in found.quoted] == [
        ("The swings are broken.", "A young parent")
    ]


def test_private_words_are_on_no_members_page(
    project, open_round, wording, member, client_of
) -> None:
    comment = make_comment(project, PRIVATE)
    cite_evidence(action=wording.action, comments=[comment], by=wording.by)
    client = client_of(member)
    for name, uuid in (("round", open_round.uuid), ("action_status", wording.action.uuid)):
        kwargs = {"project": "bryn", "uuid": uuid}
        body = client.get(reverse(f"steering:{name}", kwargs=kwargs)).content.decode()
        assert "Why: 1 comment" in body
        assert PRIVATE not in body


def test_a_cleared_quote_stands_for_its_comment_and_comes_first(project, wording) -> None:
    plain = _quotable(project, "Plain words.")
    long = _quotable(project, "I am Dai from number 4 and the swings are broken.")
    theme = wording.action.theme
    Quote.objects.create(
        project=project,
        comment=long,
        theme=theme,
        extract="the swings are broken",
        cleared_at=timezone.now(),
    )
    finding = make_finding(theme, wording.by)
    cite_evidence(action=wording.action, comments=[plain, long], findings=[finding], by=wording.by)
    found = evidence_of_action(wording.action)
    assert [voice.text for voice in found.quoted] == ["the swings are broken", "Plain words."]
    assert found.findings == [finding]


def test_the_first_time_there_is_no_last_time(open_round) -> None:
    assert previous_round(open_round) is None


def test_what_changed_since_the_group_last_looked(project, closed_round, wording, chair) -> None:
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Say when."}, by=chair)
    make_wording(project, chair, action=wording.action, text="A draft nobody saw.")
    newer = make_wording(project, chair, action=wording.action, text="Mend swings by May.")
    cite_evidence(action=wording.action, comments=[make_comment(project)], by=chair)
    found = previous_round(make_round(newer, chair))
    assert found.round == closed_round
    assert found.new_evidence == 1
    gone = [piece.text for change in found.changes for piece in change.pieces if piece.is_gone]
    assert "A draft nobody saw." not in " ".join(gone)
    assert found.changes


def test_the_tray_is_the_persons_own(project, open_round, seats, chair) -> None:
    mair, other = seats[0].user, seats[1].user
    assert rounds_for_member(project, mair).waiting == [open_round]
    give_answer(round=open_round, seat=seats[0], answer="reservation", by=mair)
    mine = rounds_for_member(project, mair)
    assert (mine.waiting, mine.answered) == ([], [open_round])
    assert str(mine.answered[0].own_answer) == "Agree, with a reservation"
    assert rounds_for_member(project, other).waiting == [open_round]
    assert rounds_for_member(project, chair).waiting == []


def test_rounds_ready_for_a_decision_come_first(project, seats, wording, chair) -> None:
    first = make_round(wording, chair)
    second = make_round(make_wording(project, chair, title="More bins"), chair)
    answer(second, ["agree"] * 5, chair)
    found = undecided_rounds(project)
    assert [each.round for each in found] == [second, first]
    assert [each.can_be_decided for each in found] == [True, False]


def test_what_can_be_put_to_the_group(project, seats, wording, chair) -> None:
    agree(wording, chair)
    fresh = make_wording(project, chair, title="More bins")
    with_group = make_wording(project, chair, title="Benches")
    make_round(with_group, chair)
    back = make_wording(project, chair, title="Buses")
    record_decision(
        round=make_round(back, chair, closed=True),
        outcome="sent_back",
        reason={"en": "No."},
        by=chair,
    )
    found = candidates(project)
    assert [each.latest for each in found.never_asked] == [fresh]
    assert [each.latest for each in found.asked_before] == [back]
    changed = make_wording(project, chair, action=wording.action, text="Mend them twice.")
    assert [each.latest for each in candidates(project).never_asked] == [changed, fresh]
    assert count_candidates(project) == (2, 0)
