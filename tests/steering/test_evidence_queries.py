"""What a member reads before answering: the evidence they may see."""

from django.urls import reverse
from django.utils import timezone

from engagements.models import Comment
from steering.queries.evidence import evidence_of_action
from tests.steering.group import look_through, make_round
from tests.workshops.material import make_comment, make_finding, make_quotable, make_theme
from themes.models import Quote
from themes.services.coding import code_comments
from workshops.services.evidence import cite_evidence

PRIVATE = "Words that nobody agreed to show."


def test_words_that_nobody_looked_through_are_counted_and_not_shown(project, wording) -> None:
    comments = [
        make_quotable(project, text) for text in ("I am Dai from number 4.", "Other words.")
    ]
    cite_evidence(action=wording.action, comments=comments, by=wording.by)
    code = make_theme(project, "Swings", parent=wording.action.theme)
    # Put on all of them at once: nobody need have read one.
    code_comments(project=project, pairs=[(each, code) for each in comments], by=wording.by)
    found = evidence_of_action(wording.action)
    assert (found.comments, found.quoted, found.not_quoted) == (2, [], 2)
    look_through(comments[1], wording)
    found = evidence_of_action(wording.action)
    assert [voice.text for voice in found.quoted] == ["Other words."]


def test_only_words_of_those_who_agreed_are_shown_and_the_rest_counted(project, wording) -> None:
    comments = [
        make_quotable(project, "The swings are broken."),
        make_comment(project, PRIVATE),
        make_quotable(project, "Withdrawn words.", withheld="withdrawn"),
    ]
    cite_evidence(action=wording.action, comments=comments[:2], by=wording.by)
    Comment.objects.filter(pk=comments[2].pk).update(withheld="")
    cite_evidence(action=wording.action, comments=comments[2:], by=wording.by)
    Comment.objects.filter(pk=comments[2].pk).update(withheld="withdrawn")
    for comment in comments[:2]:
        look_through(comment, wording)
    found = evidence_of_action(wording.action)
    assert (found.comments, found.not_quoted) == (2, 1)
    assert [(voice.text, voice.descriptor) for voice in found.quoted] == [
        ("The swings are broken.", "A young parent")
    ]


def test_private_words_are_on_no_members_page(project, seats, wording, member, client_of) -> None:
    comment = make_comment(project, PRIVATE)
    cite_evidence(action=wording.action, comments=[comment], by=wording.by)
    open_round = make_round(wording, wording.by)
    client = client_of(member)
    for name, uuid in (("round", open_round.uuid), ("action_status", wording.action.uuid)):
        kwargs = {"project": "bryn", "uuid": uuid}
        body = client.get(reverse(f"steering:{name}", kwargs=kwargs)).content.decode()
        assert "Why: 1 comment" in body
        assert PRIVATE not in body


def test_a_cleared_quote_stands_for_its_comment_and_comes_first(project, wording) -> None:
    plain = make_quotable(project, "Plain words.")
    long = make_quotable(project, "I am Dai from number 4 and the swings are broken.")
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
    look_through(plain, wording)
    found = evidence_of_action(wording.action)
    assert [voice.text for voice in found.quoted] == ["the swings are broken", "Plain words."]
    assert found.findings == [finding]
