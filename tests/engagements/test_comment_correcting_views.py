"""The page on which it is put right how a comment was kept."""

from coproduction.projects.models import AuditEntry
from engagements.models import Comment
from engagements.services.submission import CommentDraft, add_submission
from tests.engagements.comments import comment_url
from tests.forms import Sent, drawn


def without(sent: Sent, name: str) -> Sent:
    """Return what is sent when a tick is taken away."""
    return {key: value for key, value in sent.items() if key != name}


def test_how_a_comment_was_kept_is_corrected_on_its_page(
    client_of, coordinator, comment, questions
) -> None:
    client = client_of(coordinator)
    assert (
        comment_url("comment_correct", comment)
        in client.get(comment_url("comment", comment)).content.decode()
    )
    form = client.get(comment_url("comment_correct", comment)).context["form"]
    assert form["quote_consent"].value() is True
    sent = {"question": questions["need"].uuid, "descriptor": "Grandfather, 70", "language": "en"}
    page = client.post(comment_url("comment_correct", comment), sent, follow=True).content.decode()
    assert "Corrected." in page
    comment.refresh_from_db()
    assert comment.question == questions["need"]
    assert not comment.quote_consent


def test_only_those_who_may_mend_correct(client_of, analyst, facilitator, comment) -> None:
    for user, status in ((analyst, 403), (facilitator, 302)):
        assert client_of(user).get(comment_url("comment_correct", comment)).status_code == status
        assert comment_url("comment_correct", comment) not in (
            client_of(user).get(comment_url("comment", comment)).content.decode()
        )


def test_one_in_a_language_the_project_has_not_is_corrected_too(
    client_of, coordinator, bring_in, questions
) -> None:
    bring_in("text,lang\nParku,pl\n", language="lang")
    comment = Comment.objects.get()
    sent = {"question": questions["need"].uuid, "descriptor": "", "language": "pl"}
    page = client_of(coordinator).post(comment_url("comment_correct", comment), sent, follow=True)
    assert "Corrected." in page.content.decode()


def test_consent_taken_away_does_not_come_back_with_an_older_form(both, comment) -> None:
    address = comment_url("comment_correct", comment)
    first, second = (client.get(address) for client in both)
    assert both[0].post(address, without(drawn(first), "quote_consent")).status_code == 302
    assert both[1].post(address, drawn(second, descriptor="A neighbour")).status_code == 302
    assert not Comment.objects.publishable().exists()
    comment.refresh_from_db()
    assert (comment.submission.descriptor, comment.consent_taken_back) == ("A neighbour", 1)


def test_consent_taken_away_does_not_come_back_with_an_old_page_sent_again(both, comment) -> None:
    """Ticked, taken away by somebody else, then the first page once more: as it was drawn."""
    address = comment_url("comment_correct", comment)
    Comment.objects.update(quote_consent=False)
    ticked = drawn(both[0].get(address), quote_consent="on")
    assert both[0].post(address, ticked).status_code == 302
    unticked = without(drawn(both[1].get(address)), "quote_consent")
    assert both[1].post(address, unticked).status_code == 302
    assert both[0].post(address, ticked).status_code == 409
    assert not Comment.objects.publishable().exists()


def test_consent_is_given_anew_by_who_has_seen_that_it_was_taken_away(both, comment) -> None:
    address = comment_url("comment_correct", comment)
    Comment.objects.update(quote_consent=False)
    old = both[0].get(address)
    ticked = drawn(both[1].get(address), quote_consent="on")
    assert both[1].post(address, ticked).status_code == 302
    unticked = without(drawn(both[1].get(address)), "quote_consent")
    assert both[1].post(address, unticked).status_code == 302
    refused = both[0].post(
        address, drawn(old, quote_consent="on", consent_of_all="on", descriptor="A neighbour")
    )
    assert refused.status_code == 409
    again = drawn(refused)
    # The tick is off, and what else was typed is there.
    assert not {"quote_consent", "consent_of_all"} & again.keys()
    assert again["descriptor"] == ["A neighbour"]
    assert both[0].post(address, {**again, "quote_consent": ["on"]}).status_code == 302
    comment.refresh_from_db()
    assert (comment.submission.descriptor, comment.quote_consent) == ("A neighbour", True)


def test_what_two_people_correct_is_both_kept(both, comment, questions) -> None:
    address = comment_url("comment_correct", comment)
    first, second = (client.get(address) for client in both)
    both[0].post(address, drawn(first, question=str(questions["change"].uuid)))
    both[1].post(address, drawn(second, descriptor="A neighbour", language="cy"))
    comment.refresh_from_db()
    assert comment.question == questions["change"]
    assert (comment.submission.descriptor, comment.language) == ("A neighbour", "cy")


def test_age_and_home_are_corrected_and_the_trail_says_neither(both, comment) -> None:
    address = comment_url("comment_correct", comment)
    page = both[0].get(address)
    both[0].post(address, drawn(page, age_band=" 25 to 34 ", area="Cwm, SA12 7AB"))
    comment.refresh_from_db()
    sitting = comment.submission
    assert (sitting.age_band, sitting.area) == ("25 to 34", "Cwm, SA12 7")
    entry = AuditEntry.objects.get(verb="engagements.comment_corrected")
    told = ["age_band", "area"]
    assert (entry.was, entry.now) == ({}, {"told": told, "fields": told})


def test_two_descriptions_are_shown_beside_each_other(both, comment) -> None:
    address = comment_url("comment_correct", comment)
    first, second = (client.get(address) for client in both)
    both[0].post(address, drawn(first, descriptor="A neighbour"))
    clash = both[1].post(address, without(drawn(second, descriptor="A parent"), "quote_consent"))
    assert clash.status_code == 409
    again = drawn(clash)
    assert "A neighbour" in clash.text
    assert again["descriptor"] == ["A parent"]
    assert "quote_consent" not in again
    assert both[1].post(address, again).status_code == 302
    comment.refresh_from_db()
    assert (comment.submission.descriptor, comment.quote_consent) == ("A parent", False)


def test_consent_is_corrected_for_all_of_a_sitting_on_its_page(
    both, engagement, questions, coordinator
) -> None:
    drafts = [CommentDraft(questions["need"], text) for text in ("The park", "My son")]
    submission = add_submission(
        engagement=engagement, comments=drafts, quote_consent=True, by=coordinator
    )
    address = comment_url("comment_correct", submission.comments.get(position=1))
    page = both[0].get(address)
    both[0].post(address, without(drawn(page), "quote_consent"))
    assert [each.text for each in Comment.objects.publishable()] == ["The park"]
    both[0].post(address, drawn(both[0].get(address), consent_of_all="on"))
    assert not Comment.objects.publishable().exists()
