"""Pages that hide a comment, or words of it: withdrawn, redacted, worried about."""

import pytest
from django.urls import reverse

from coproduction.projects.models import AuditEntry, Letter
from engagements.models import Comment, Concern, Withheld
from engagements.queries.counts import listening_totals
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    withdraw_comment,
)
from tests.engagements.comments import WORDS, comment_url
from tests.forms import drawn, forms_on


@pytest.fixture
def lead(project):
    """Name a safeguarding lead."""
    project.safeguarding_lead = "lead@bryn.example"
    project.save()


def test_a_comment_is_withdrawn_and_shown_again(
    client_of, coordinator, analyst, comment, here
) -> None:
    client = client_of(coordinator)
    asked = client.get(comment_url("comment_withdraw", comment)).content.decode()
    assert "Withdraw this comment?" in asked
    for name in ("themes:comment_quotes", "steering:comment_results"):
        kwargs = {"project": "bryn", "uuid": comment.submission.uuid, "position": 0}
        assert reverse(name, kwargs=kwargs) in asked
    assert Comment.objects.visible().exists()
    page = client.post(comment_url("comment_withdraw", comment), follow=True).content.decode()
    assert "This comment is withdrawn" in page
    assert WORDS not in client_of(analyst).get(here).content.decode()
    asked = client.get(comment_url("comment_restore", comment)).content.decode()
    assert "Show this comment again?" in asked
    assert not Comment.objects.visible().exists()
    page = client.post(comment_url("comment_restore", comment), follow=True).content.decode()
    assert "The comment is shown again." in page
    assert WORDS in client_of(analyst).get(here).content.decode()


@pytest.mark.parametrize(
    "name", ["comment_withdraw", "comment_restore", "comment_redact", "comment_unredact"]
)
def test_only_the_coordinator_withholds(client_of, analyst, facilitator, comment, name) -> None:
    for user in (analyst, facilitator):
        assert client_of(user).post(comment_url(name, comment)).status_code == 403
    comment.refresh_from_db()
    assert (comment.withheld, comment.text) == ("", WORDS)


def test_a_redaction_keeps_the_words_for_the_coordinator_only(
    client_of, coordinator, analyst, comment
) -> None:
    client = client_of(coordinator)
    assert WORDS in client.get(comment_url("comment_redact", comment)).content.decode()
    told = client.post(comment_url("comment_redact", comment), {"text": WORDS}).content.decode()
    assert "The words are the same as before." in told
    client.post(comment_url("comment_redact", comment), {"text": "My name is [name]"})
    page = client_of(analyst).get(comment_url("comment", comment)).content.decode()
    assert "My name is [name]" in page
    assert "Dai" not in page
    read = AuditEntry.objects.filter(verb="engagements.original_read")
    assert WORDS not in client.get(comment_url("comment", comment)).content.decode()
    assert not read.exists()
    page = client.get(f"{comment_url('comment', comment)}?before").content.decode()
    assert WORDS in page
    assert read.get().by == coordinator
    client_of(analyst).get(f"{comment_url('comment', comment)}?before")
    assert read.count() == 1
    client.post(comment_url("comment_unredact", comment))
    comment.refresh_from_db()
    assert comment.text == WORDS
    page = client.post(comment_url("comment_unredact", comment), follow=True).content.decode()
    assert "nothing to put back" in page


def test_a_worry_says_first_what_will_happen_then_hides_it_everywhere(
    client_of, analyst, editor, comment, lead, here, project
) -> None:
    client = client_of(analyst)
    page = client.get(comment_url("concern_raise", comment)).content.decode()
    assert "It is hidden at once" in page
    assert not Concern.objects.exists()
    assert WORDS in client.get(here).content.decode()
    response = client.post(comment_url("concern_raise", comment), follow=True)
    assert "We are writing to the safeguarding lead." in response.content.decode()
    comment.refresh_from_db()
    assert comment.withheld == Withheld.CONCERN
    assert listening_totals(project).comments == 0
    assert not Comment.objects.publishable().exists()
    for user in (analyst, editor):
        assert WORDS not in client_of(user).get(here).content.decode()
        assert client_of(user).get(comment_url("comment", comment)).status_code == 404
        page = (
            client_of(user).get(comment_url("concern_raise", comment), follow=True).content.decode()
        )
        assert "hidden already" in page
        assert WORDS not in page
    letter = Letter.objects.get(kind="concern")
    assert "Dai" not in letter.subject + letter.text


def test_without_a_lead_the_page_says_whom_to_tell(client_of, analyst, comment) -> None:
    client = client_of(analyst)
    assert (
        "No safeguarding lead" in client.get(comment_url("concern_raise", comment)).content.decode()
    )
    page = client.post(comment_url("concern_raise", comment), follow=True).content.decode()
    assert "Tell a co-ordinator" in page


def test_a_worrying_comment_stands_on_the_page_of_concerns_only(
    client_of, coordinator, comment, here, project
) -> None:
    redact_comment(comment=comment, text="I am [name]", by=coordinator)
    raise_concern(comment=comment, by=coordinator)
    client = client_of(coordinator)
    concerns = reverse("engagements:concern_list", kwargs={"project": project.slug})
    assert client.get(comment_url("comment", comment))["Location"] == concerns
    assert client.get(comment_url("comment_redact", comment)).status_code == 404
    for withheld in ("", "withdrawn", "undone", "concern"):
        assert b"I am [name]" not in client.get(here, {"withheld": withheld}).content


def test_a_name_taken_out_does_not_come_back_with_an_older_form(both, comment) -> None:
    address = comment_url("comment_redact", comment)
    first, second = (client.get(address) for client in both)
    one = WORDS.replace("Dai", "[name]")
    other = WORDS.replace("number 4", "[address]")
    assert both[0].post(address, drawn(first, text=one)).status_code == 302
    clash = both[1].post(address, drawn(second, text=other))
    assert clash.status_code == 409
    assert "[name]" in clash.text
    comment.refresh_from_db()
    assert comment.text == one
    # The box holds both redactions: nothing that either took out.
    assert drawn(clash)["text"] == ["My name is [name] and I live at [address]"]
    assert both[1].post(address, drawn(clash)).status_code == 302
    comment.refresh_from_db()
    assert comment.text == "My name is [name] and I live at [address]"


def test_words_taken_out_stay_out_when_another_only_describes_the_speaker(both, comment) -> None:
    address = comment_url("comment_redact", comment)
    first, second = (client.get(address) for client in both)
    both[0].post(address, drawn(first, text=WORDS.replace("Dai", "[name]")))
    assert both[1].post(address, drawn(second, descriptor="A resident")).status_code == 302
    comment.refresh_from_db()
    assert "Dai" not in comment.text
    assert comment.submission.descriptor == "A resident"


def test_new_words_of_a_comment_out_of_sight_are_said_to_be_shown_nowhere(
    both, comment, coordinator
) -> None:
    address = comment_url("comment_redact", comment)
    old = both[0].get(address)
    withdraw_comment(comment=comment, by=coordinator)
    page = both[0].post(address, drawn(old, text="My name is [name]"), follow=True).text
    assert "The comment itself is out of sight." in page
    assert "shown everywhere" not in page


def test_a_redaction_nobody_looked_at_is_not_put_back(both, comment, coordinator) -> None:
    redact_comment(comment=comment, text="My name is Dai", by=coordinator)
    page = both[0].get(comment_url("comment", comment))
    button = next(
        form for form in forms_on(page) if form.action == comment_url("comment_unredact", comment)
    )
    redact_comment(comment=comment, text="[name]", by=coordinator)
    late = both[0].post(button.action, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    comment.refresh_from_db()
    assert comment.text == "[name]"


def test_a_withdrawal_since_is_not_lifted_by_an_older_page(both, comment, coordinator) -> None:
    withdraw_comment(comment=comment, by=coordinator)
    asked = drawn(both[0].get(comment_url("comment_restore", comment)))
    lift_withdrawal(comment=comment, by=coordinator)
    withdraw_comment(comment=comment, by=coordinator)
    late = both[0].post(comment_url("comment_restore", comment), asked, follow=True)
    assert "since you opened the page" in late.text
    comment.refresh_from_db()
    assert comment.is_withdrawn
