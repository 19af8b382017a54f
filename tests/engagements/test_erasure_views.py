"""The page on which a comment is erased: it asks once, and only a co-ordinator gets there."""

import pytest
from django.urls import reverse

from engagements.models import Comment
from engagements.services.withholding import raise_concern
from tests.engagements.comments import WORDS, comment_url

pytestmark = pytest.mark.django_db


def test_a_coordinator_erases_a_comment_from_its_own_page(client_of, coordinator, comment) -> None:
    client = client_of(coordinator)
    page = client.get(comment_url("comment", comment)).content.decode()
    assert comment_url("comment_erase", comment) in page
    asked = client.get(comment_url("comment_erase", comment)).content.decode()
    assert "Erase this comment for good?" in asked
    assert WORDS in asked
    comment.refresh_from_db()
    assert not comment.is_erased
    done = client.post(comment_url("comment_erase", comment), follow=True)
    assert "Gone from 3 of 11 places" in done.content.decode()
    page = client.get(comment_url("comment", comment)).content.decode()
    assert "This comment was erased on" in page
    assert WORDS not in page
    for name in ("comment_redact", "comment_withdraw", "comment_erase"):
        assert comment_url(name, comment) not in page
    listed = reverse("themes:comment_list", kwargs={"project": "bryn"})
    page = client.get(listed, {"withheld": "withdrawn"}).content.decode()
    assert "Erased on" in page
    assert WORDS not in page


def test_the_page_says_how_many_others_said_the_same(client_of, coordinator, say) -> None:
    comment = say("A bench by the bus stop, please.")
    say("a bench by the bus stop, please.")
    say("A bench by the bus stop, please. Two.")
    page = client_of(coordinator).get(comment_url("comment_erase", comment)).content.decode()
    assert "1 other person said the same words. Theirs stay." in page


def test_nobody_else_erases(client_of, analyst, facilitator, editor, chair, comment) -> None:
    for user in (analyst, facilitator, editor, chair):
        for ask in (client_of(user).get, client_of(user).post):
            assert ask(comment_url("comment_erase", comment)).status_code == 403
    comment.refresh_from_db()
    assert comment.text == WORDS


def test_what_somebody_is_worried_about_is_not_shown_or_erased(
    client_of, coordinator, comment
) -> None:
    raise_concern(comment=comment, by=coordinator)
    client = client_of(coordinator)
    assert WORDS not in client.get(comment_url("comment_erase", comment)).content.decode()
    page = client.post(comment_url("comment_erase", comment), follow=True).content.decode()
    assert "It can be erased once they have decided." in page
    assert Comment.objects.get().text == WORDS


def test_one_erased_already_leads_to_how_far_it_is(client_of, coordinator, comment) -> None:
    client = client_of(coordinator)
    for _time in range(2):
        answer = client.post(comment_url("comment_erase", comment))
        assert answer.url.endswith(f"/plan/erasures/{comment.submission.uuid}/0/")
    assert client.get(comment_url("comment_erase", comment)).status_code == 302
