"""What a member reads before answering: the evidence they may see."""

from django.urls import reverse
from django.utils import timezone

from engagements.models import Comment
from steering.queries.evidence import evidence_of_action, evidence_since
from tests.steering.group import agree
from tests.steering.pages import text_of, url
from tests.workshops.material import make_comment, make_finding, make_theme
from themes.models import Quote, Theme
from themes.services.coding import change_codes, code_comments
from themes.services.finding import write_finding
from workshops.services.evidence import cite_evidence, uncite_evidence

PRIVATE = "Words that nobody agreed to show."


def _quotable(project, text: str, **fields) -> Comment:
    comment = make_comment(project, text, **fields)
    comment.quote_consent = True
    comment.save()
    comment.submission.descriptor = "A young parent"
    comment.submission.save()
    return comment


def _look_through(comment: Comment, wording) -> None:
    """Have somebody read a comment by itself, and code it."""
    there = Theme.objects.filter(parent=wording.action.theme).first()
    code = there or make_theme(wording.project, "Swings", parent=wording.action.theme)
    change_codes(project=wording.project, comment=comment.pk, add=[code.uuid], by=wording.by)


def test_words_that_nobody_looked_through_are_counted_and_not_shown(project, wording) -> None:
    comments = [_quotable(project, text) for text in ("I am Dai from number 4.", "Other words.")]
    cite_evidence(action=wording.action, comments=comments, by=wording.by)
    code = make_theme(project, "Swings", parent=wording.action.theme)
    # Put on all of them at once: nobody need have read one.
    code_comments(project=project, pairs=[(each, code) for each in comments], by=wording.by)
    found = evidence_of_action(wording.action)
    assert (found.comments, found.quoted, found.not_quoted) == (2, [], 2)
    _look_through(comments[1], wording)
    found = evidence_of_action(wording.action)
    assert [voice.text for voice in found.quoted] == ["Other words."]


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
    for comment in comments[:2]:
        _look_through(comment, wording)
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
    assert [voice.text for voice in found.quoted] == ["the swings are broken"]
    _look_through(plain, wording)
    found = evidence_of_action(wording.action)
    assert [voice.text for voice in found.quoted] == ["the swings are broken", "Plain words."]
    assert found.findings == [finding]


def test_evidence_taken_off_an_agreed_action_leaves_a_mark(
    project, seats, wording, chair, member, client_of
) -> None:
    comments = [make_comment(project, f"Words {number}.") for number in range(3)]
    finding = make_finding(wording.action.theme, chair)
    cite_evidence(action=wording.action, comments=comments, findings=[finding], by=chair)
    decision = agree(wording, chair)
    assert evidence_since(decision.round) is None
    # What a resident takes back is not taken off by the team.
    Comment.objects.filter(pk=comments[2].pk).update(withheld="withdrawn")
    assert evidence_since(decision.round) is None
    uncite_evidence(
        action=wording.action,
        evidence=wording.action.evidence.filter(comment__in=comments[:2]),
        by=chair,
    )
    write_finding(theme=wording.action.theme, text={"en": "Something else."}, by=chair)
    found = evidence_since(decision.round)
    assert (found.shown, found.taken_off, found.reworded) == (4, 2, 1)
    client = client_of(member)
    for name, uuid in (("round", decision.round.uuid), ("action_status", wording.action.uuid)):
        page = text_of(client.get(url(name, uuid=uuid)))
        assert "The group decided this with 4 pieces of evidence before it." in page
        assert "2 were taken off since." in page
    assert "Words" not in str(decision.round.evidence)
