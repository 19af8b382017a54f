"""Pages of concerns: read by the co-ordinator alone, settled one way or the other."""

import pytest
from django.urls import reverse

from coproduction.projects.models import Letter
from engagements.models import Comment, Concern
from engagements.services.withholding import raise_concern, resolve_concern
from tests.engagements.comments import comment_url
from tests.forms import drawn

WORDS = "He hits me when he is drunk"


@pytest.fixture
def here(project) -> str:
    """The address of the concerns."""
    return reverse("engagements:concern_list", kwargs={"project": project.slug})


@pytest.fixture
def comment(say, analyst) -> Comment:
    """A comment that the analyst is worried about."""
    comment = say(WORDS)
    raise_concern(comment=comment, by=analyst)
    return comment


def decided(outcome: str) -> dict[str, str]:
    """Return a filled-in form for what was decided."""
    return {
        "outcome": outcome,
        "decision": "police",
        "decided_by": "The safeguarding lead",
        "decided_at": "2024-05-04T10:30",
    }


def test_its_words_are_for_those_who_settle_it(
    client_of, coordinator, analyst, chair, comment, here
) -> None:
    page = client_of(coordinator).get(here).content.decode()
    assert WORDS in page
    assert "Waiting for a decision" in page
    for user in (analyst, chair):
        assert client_of(user).get(here).status_code == 403
        response = client_of(user).post(
            comment_url("concern_resolve", comment), decided("restored")
        )
        assert response.status_code == 403
    assert Concern.objects.get().is_open


def test_the_list_costs_the_same_however_long(
    client_of, coordinator, say, here, assert_same_queries
) -> None:
    def worry(number: int) -> None:
        raise_concern(comment=say(f"Words {number}"), by=coordinator)

    assert_same_queries(client_of(coordinator), here, worry)


def test_they_are_found_without_going_through_the_comments(project, comment, analyst) -> None:
    found = Concern.objects.of(project)
    assert [each.comment for each in found] == [comment]
    assert "comment_by_project" not in found.order_by("outcome", "raised_at").explain()


def test_one_decided_to_be_shown_is_shown_again(client_of, coordinator, comment, here) -> None:
    client = client_of(coordinator)
    page = client.post(
        comment_url("concern_resolve", comment), decided("restored"), follow=True
    ).content.decode()
    assert "The comment is shown again." in page
    assert WORDS not in page
    assert Comment.objects.visible().get() == comment
    page = client.post(comment_url("concern_resolve", comment), decided("kept_hidden"), follow=True)
    assert "shown again already" in page.content.decode()
    assert Comment.objects.visible().exists()


def test_of_two_decisions_at_once_the_one_that_hides_wins_and_both_are_kept(
    client_of, coordinator, comment
) -> None:
    client, address = client_of(coordinator), comment_url("concern_resolve", comment)
    first, second = client.get(address), client.get(address)
    shown = drawn(first, outcome="restored", decision="no_risk", decided_by="The lead")
    assert client.post(address, shown).status_code == 302
    hidden = drawn(second, outcome="kept_hidden", decision="police", decided_by="The board")
    page = client.post(address, hidden, follow=True).content.decode()
    assert "It is hidden now, as you recorded." in page
    assert not Comment.objects.visible().exists()
    kept = Concern.objects.order_by("pk").values_list("outcome", "decided_by")
    assert list(kept) == [("restored", "The lead"), ("kept_hidden", "The board")]


def test_a_second_record_that_it_is_shown_again_is_refused_with_its_words(
    client_of, coordinator, comment
) -> None:
    client, address = client_of(coordinator), comment_url("concern_resolve", comment)
    sent = drawn(client.get(address), outcome="restored", decision="no_risk", decided_by="The lead")
    assert client.post(address, sent).status_code == 302
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert drawn(refused)["decided_by"] == ["The lead"]


def test_one_kept_hidden_stays_on_the_list_and_may_be_shown_later(
    client_of, coordinator, comment
) -> None:
    client = client_of(coordinator)
    page = client.post(
        comment_url("concern_resolve", comment), decided("kept_hidden"), follow=True
    ).content.decode()
    assert "Stays hidden" in page
    assert WORDS in page
    assert not Comment.objects.visible().exists()
    client.post(comment_url("concern_resolve", comment), decided("restored"))
    assert Comment.objects.visible().exists()


@pytest.mark.parametrize("outcome", ["", "nonsense", "open"])
def test_no_decision_settles_nothing(client_of, coordinator, comment, outcome) -> None:
    page = client_of(coordinator).post(
        comment_url("concern_resolve", comment), decided(outcome), follow=True
    )
    assert "outcome" in page.context["form"].errors
    assert Concern.objects.get().is_open


def test_a_comment_nobody_worried_about_has_nothing_to_settle(client_of, coordinator, say) -> None:
    response = client_of(coordinator).post(
        comment_url("concern_resolve", say("Fine")), decided("restored")
    )
    assert response.status_code == 404


def test_another_projects_concerns_are_not_seen(
    client_of, other_coordinator, comment, here
) -> None:
    client = client_of(other_coordinator)
    theirs = here.replace("/bryn/", "/glyn/")
    assert WORDS not in client.get(theirs).content.decode()
    sent = decided("restored")
    assert client.post(comment_url("concern_resolve", comment), sent).status_code == 404
    assert (
        client.post(
            comment_url("concern_resolve", comment).replace("/bryn/", "/glyn/"), sent
        ).status_code
        == 404
    )
    assert Concern.objects.get().is_open


def test_the_lead_is_written_to_without_the_words(
    client_of, analyst, project, say, deliver, here
) -> None:
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    comment = say(WORDS)
    client_of(analyst).post(comment_url("concern_raise", comment))
    # They have words of the list, too.
    hint, letter = sorted(deliver(), key=lambda each: "worried about" in each.subject)
    assert hint.to == letter.to == ["lead@bryn.example"]
    # A link is of no use to somebody who can't sign in.
    assert here not in letter.body
    assert "coordinator@bryn.example" in letter.body
    for word in ("hits", "drunk", str(comment.submission.uuid)):
        assert word not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({"state": "refused"}, "The safeguarding lead has not been reached"),
        ({"state": "uncertain"}, "We can't tell whether the safeguarding lead was reached"),
        ({"tries": 2}, "has not been reached yet"),
    ],
    ids=["refused", "uncertain", "trying"],
)
def test_the_list_says_when_the_lead_was_not_reached(
    became, said, client_of, coordinator, project, say, here
) -> None:
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    comment = Comment.objects.select_related("project").get(pk=say(WORDS).pk)
    raise_concern(comment=comment, by=coordinator)
    client = client_of(coordinator)
    assert "not been" not in client.get(here).content.decode()
    Letter.objects.update(**became)
    assert said in client.get(here).content.decode()
    Letter.objects.all().delete()  # As the rows of those that went are, after a while.
    assert "not been" not in client.get(here).content.decode()
    Concern.objects.update(letter=None)
    assert "has not been written to" in client.get(here).content.decode()


def test_send_again_sends_again(client_of, coordinator, project, say, here) -> None:
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    comment = Comment.objects.select_related("project").get(pk=say(WORDS).pk)
    raise_concern(comment=comment, by=coordinator)
    Letter.objects.update(state="refused")
    client = client_of(coordinator)
    assert "Send again" in client.get(here).content.decode()
    told = client.post(comment_url("concern_resend", comment), follow=True).content.decode()
    assert "We are writing to the safeguarding lead again." in told
    assert "Send again" not in told
    told = client.post(comment_url("concern_resend", comment), follow=True).content.decode()
    assert "There is nothing to send again." in told


def test_a_lead_who_can_sign_in_gets_the_link(
    client_of, coordinator, project, say, deliver, here
) -> None:
    project.safeguarding_lead = coordinator.email.upper()
    project.save()
    comment = Comment.objects.select_related("project").get(pk=say(WORDS).pk)
    raise_concern(comment=comment, by=coordinator)
    assert [here in each.body for each in deliver()] == [False, True]


def test_a_decision_keeps_its_kind_who_and_when_and_shows_no_words(
    client_of, coordinator, comment, here
) -> None:
    client = client_of(coordinator)
    form = client.get(comment_url("concern_resolve", comment)).content.decode()
    assert WORDS not in form
    page = client.post(
        comment_url("concern_resolve", comment), decided("restored"), follow=True
    ).content.decode()
    for told in ("Reported to the police", "The safeguarding lead", "4 May 2024, 10:30", "Carys"):
        assert told in page
    assert WORDS not in page


@pytest.mark.parametrize("name", ["decision", "decided_by", "decided_at", "outcome"])
def test_a_decision_says_all_of_it(client_of, coordinator, comment, name) -> None:
    sent = decided("restored")
    del sent[name]
    page = client_of(coordinator).post(comment_url("concern_resolve", comment), sent)
    assert list(page.context["form"].errors) == [name]
    assert Concern.objects.get().is_open


def test_one_kept_hidden_is_not_shown_again_by_an_older_form(
    client_of, coordinator, comment
) -> None:
    client, address = client_of(coordinator), comment_url("concern_resolve", comment)
    older = client.get(address)
    resolve_concern(
        concern=Concern.objects.get(), outcome="kept_hidden", decision="police", by=coordinator
    )
    clash = client.post(address, drawn(older, **decided("restored")))
    assert clash.status_code == 409
    assert "It stays hidden everywhere" in clash.text
    assert Concern.objects.get().outcome == Concern.Outcome.KEPT_HIDDEN
    # Who has seen both may show it again.
    assert client.post(address, drawn(clash)).status_code == 302
    assert Concern.objects.get().outcome == Concern.Outcome.RESTORED


def test_a_decision_about_one_worry_is_not_taken_for_another(
    client_of, coordinator, analyst, comment
) -> None:
    client, address = client_of(coordinator), comment_url("concern_resolve", comment)
    older = client.get(address)
    first = Concern.objects.get()
    resolve_concern(concern=first, outcome="kept_hidden", decision="police", by=coordinator)
    second = raise_concern(comment=comment, by=analyst)
    clash = client.post(address, drawn(older, **decided("restored")))
    client.post(address, drawn(clash))
    first.refresh_from_db()
    second.refresh_from_db()
    comment.refresh_from_db()
    assert (first.outcome, second.is_open) == (Concern.Outcome.RESTORED, True)
    assert comment.is_hidden_by_concern
