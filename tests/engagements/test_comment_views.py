"""Pages of comments: found, read, withdrawn, redacted, worried about."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduction.projects.models import Letter
from engagements.models import Comment, Concern, Withheld
from engagements.queries.counts import listening_totals
from engagements.services.submission import CommentDraft, add_submission, undo_submissions
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    withdraw_comment,
)
from tests.forms import Sent, drawn, forms_on

WORDS = "My name is Dai and I live at number 4"


def at(name: str, comment: Comment) -> str:
    """Return the address of a page of one comment."""
    return reverse(
        f"engagements:{name}",
        kwargs={
            "project": comment.project.slug,
            "uuid": comment.submission.uuid,
            "position": comment.position,
        },
    )


@pytest.fixture
def here(project) -> str:
    """The address of the list of comments."""
    return reverse("engagements:comment_list", kwargs={"project": project.slug})


@pytest.fixture
def comment(say) -> Comment:
    """A comment that may be quoted."""
    return say(WORDS, quote_consent=True, descriptor="Grandfather, 70")


@pytest.fixture
def lead(project):
    """Name a safeguarding lead."""
    project.safeguarding_lead = "lead@bryn.example"
    project.save()


def test_a_comment_is_read_with_where_it_came_from(client_of, analyst, say) -> None:
    comment = say(
        "Mae'r parc yn dda", language="cy", descriptor="Farmer", translation={"en": "A good park"}
    )
    page = client_of(analyst).get(at("comment", comment)).content.decode()
    for told in ("parc yn dda", "A good park", "Farmer", "Fun day", "4 May 2024", "What we have"):
        assert told in page
    assert at("concern_raise", comment) in page
    assert at("comment_withdraw", comment) not in page
    assert at("comment_redact", comment) not in page


def test_the_list_is_narrowed_by_words_question_and_engagement(
    client_of, analyst, say, questions, engagement, here
) -> None:
    say("A skate park")
    say("More buses", kind="need")
    client = client_of(analyst)

    def found(**asked) -> tuple[bool, bool]:
        page = client.get(here, asked).content.decode()
        return "A skate park" in page, "More buses" in page

    assert found() == (True, True)
    assert found(q="PARK skate") == (True, False)
    assert found(question=questions["need"].uuid) == (False, True)
    assert found(engagement=engagement.uuid) == (True, True)
    assert found(q="nothing of the kind") == (False, False)
    # What can't be understood narrows nothing.
    assert found(question="no", engagement="7", q="\x00", page="x") == (True, True)


def test_the_list_costs_the_same_however_long(
    client_of, coordinator, say, here, assert_same_queries
) -> None:
    assert_same_queries(client_of(coordinator), here, lambda n: say(f"Comment {n}"))


def test_withdrawn_and_undone_are_listed_for_the_coordinator_only(
    client_of, coordinator, analyst, say, here
) -> None:
    gone, undone = say("Withdrawn words"), say("Undone words")
    withdraw_comment(comment=gone, by=None)
    undo_submissions(submissions=[undone.submission], by=coordinator)
    for withheld, words in (("withdrawn", b"Withdrawn words"), ("undone", b"Undone words")):
        assert words in client_of(coordinator).get(here, {"withheld": withheld}).content
        assert words not in client_of(coordinator).get(here).content
        assert words not in client_of(analyst).get(here, {"withheld": withheld}).content
    for comment in (gone, undone):
        assert client_of(coordinator).get(at("comment", comment)).status_code == 200
        assert client_of(analyst).get(at("comment", comment)).status_code == 404


def test_a_comment_is_withdrawn_and_shown_again(
    client_of, coordinator, analyst, comment, here
) -> None:
    client = client_of(coordinator)
    asked = client.get(at("comment_withdraw", comment)).content.decode()
    assert "Withdraw this comment?" in asked
    for name in ("themes:comment_quotes", "steering:comment_results"):
        kwargs = {"project": "bryn", "uuid": comment.submission.uuid, "position": 0}
        assert reverse(name, kwargs=kwargs) in asked
    assert Comment.objects.visible().exists()
    page = client.post(at("comment_withdraw", comment), follow=True).content.decode()
    assert "This comment is withdrawn" in page
    assert WORDS not in client_of(analyst).get(here).content.decode()
    asked = client.get(at("comment_restore", comment)).content.decode()
    assert "Show this comment again?" in asked
    assert not Comment.objects.visible().exists()
    page = client.post(at("comment_restore", comment), follow=True).content.decode()
    assert "The comment is shown again." in page
    assert WORDS in client_of(analyst).get(here).content.decode()


@pytest.mark.parametrize(
    "name", ["comment_withdraw", "comment_restore", "comment_redact", "comment_unredact"]
)
def test_only_the_coordinator_withholds(client_of, analyst, facilitator, comment, name) -> None:
    for user in (analyst, facilitator):
        assert client_of(user).post(at(name, comment)).status_code == 403
    comment.refresh_from_db()
    assert (comment.withheld, comment.text) == ("", WORDS)


def test_a_redaction_keeps_the_words_for_the_coordinator_only(
    client_of, coordinator, analyst, comment
) -> None:
    client = client_of(coordinator)
    assert WORDS in client.get(at("comment_redact", comment)).content.decode()
    told = client.post(at("comment_redact", comment), {"text": WORDS}).content.decode()
    assert "The words are the same as before." in told
    client.post(at("comment_redact", comment), {"text": "My name is [name]"})
    page = client_of(analyst).get(at("comment", comment)).content.decode()
    assert "My name is [name]" in page
    assert "Dai" not in page
    page = client.get(at("comment", comment)).content.decode()
    assert WORDS in page
    client.post(at("comment_unredact", comment))
    comment.refresh_from_db()
    assert comment.text == WORDS
    page = client.post(at("comment_unredact", comment), follow=True).content.decode()
    assert "nothing to put back" in page


def test_a_worry_says_first_what_will_happen_then_hides_it_everywhere(
    client_of, analyst, editor, comment, lead, here, project
) -> None:
    client = client_of(analyst)
    page = client.get(at("concern_raise", comment)).content.decode()
    assert "It is hidden at once" in page
    assert not Concern.objects.exists()
    assert WORDS in client.get(here).content.decode()
    response = client.post(at("concern_raise", comment), follow=True)
    assert "We are writing to the safeguarding lead." in response.content.decode()
    comment.refresh_from_db()
    assert comment.withheld == Withheld.CONCERN
    assert listening_totals(project).comments == 0
    assert not Comment.objects.publishable().exists()
    for user in (analyst, editor):
        assert WORDS not in client_of(user).get(here).content.decode()
        assert client_of(user).get(at("comment", comment)).status_code == 404
        page = client_of(user).get(at("concern_raise", comment), follow=True).content.decode()
        assert "hidden already" in page
        assert WORDS not in page
    letter = Letter.objects.get(kind="concern")
    assert "Dai" not in letter.subject + letter.text


def test_without_a_lead_the_page_says_whom_to_tell(client_of, analyst, comment) -> None:
    client = client_of(analyst)
    assert "No safeguarding lead" in client.get(at("concern_raise", comment)).content.decode()
    page = client.post(at("concern_raise", comment), follow=True).content.decode()
    assert "Tell a co-ordinator" in page


def test_a_worrying_comment_stands_on_the_page_of_concerns_only(
    client_of, coordinator, comment, here, project
) -> None:
    redact_comment(comment=comment, text="I am [name]", by=coordinator)
    raise_concern(comment=comment, by=coordinator)
    client = client_of(coordinator)
    concerns = reverse("engagements:concern_list", kwargs={"project": project.slug})
    assert client.get(at("comment", comment))["Location"] == concerns
    assert client.get(at("comment_redact", comment)).status_code == 404
    for withheld in ("", "withdrawn", "undone", "concern"):
        assert b"I am [name]" not in client.get(here, {"withheld": withheld}).content


@pytest.mark.parametrize(
    "name",
    [
        "comment",
        "comment_withdraw",
        "comment_restore",
        "comment_redact",
        "comment_unredact",
        "concern_raise",
    ],
)
def test_another_projects_comment_is_not_found(
    client_of, comment, other_project, other_coordinator, name
) -> None:
    url = at(name, comment)
    client = client_of(other_coordinator)
    assert client.post(url).status_code == 404
    assert client.post(url.replace("/bryn/", "/glyn/")).status_code == 404
    comment.refresh_from_db()
    assert comment.withheld == ""


def test_a_place_that_no_comment_has_is_not_found(client_of, analyst, comment) -> None:
    client = client_of(analyst)
    for position in ("1", "9" * 30):
        assert client.get(at("comment", comment)[:-2] + f"{position}/").status_code == 404


def test_how_a_comment_was_kept_is_corrected_on_its_page(
    client_of, coordinator, comment, questions
) -> None:
    client = client_of(coordinator)
    assert at("comment_correct", comment) in client.get(at("comment", comment)).content.decode()
    form = client.get(at("comment_correct", comment)).context["form"]
    assert form["quote_consent"].value() is True
    sent = {"question": questions["need"].uuid, "descriptor": "Grandfather, 70", "language": "en"}
    page = client.post(at("comment_correct", comment), sent, follow=True).content.decode()
    assert "Corrected." in page
    comment.refresh_from_db()
    assert comment.question == questions["need"]
    assert not comment.quote_consent


def test_only_those_who_may_withhold_correct(client_of, analyst, facilitator, comment) -> None:
    for user in (analyst, facilitator):
        assert client_of(user).get(at("comment_correct", comment)).status_code == 403
        assert at("comment_correct", comment) not in (
            client_of(user).get(at("comment", comment)).content.decode()
        )


def test_one_in_a_language_the_project_has_not_is_corrected_too(
    client_of, coordinator, bring_in, questions
) -> None:
    bring_in("text,lang\nParku,pl\n", language="lang")
    comment = Comment.objects.get()
    sent = {"question": questions["need"].uuid, "descriptor": "", "language": "pl"}
    page = client_of(coordinator).post(at("comment_correct", comment), sent, follow=True)
    assert "Corrected." in page.content.decode()


def test_somebodys_code_finds_what_they_said_withdrawn_or_not(
    client_of, coordinator, analyst, say, here
) -> None:
    comment, other = say("Take me out"), say("Somebody else")
    asked = {"q": comment.submission.receipt.lower().replace("-", " ")}
    page = client_of(coordinator).get(here, asked).content.decode()
    assert "Take me out" in page
    assert "Somebody else" not in page
    assert at("comment_withdraw", comment) in page
    assert "Take me out" not in client_of(analyst).get(here, asked).content.decode()
    withdraw_comment(comment=comment, by=coordinator)
    assert "Take me out" in client_of(coordinator).get(here, asked).content.decode()
    raise_concern(comment=other, by=coordinator)
    hidden = client_of(coordinator).get(here, {"q": other.submission.receipt}).content.decode()
    assert "Somebody else" not in hidden


def test_a_code_finds_nothing_in_another_project(
    client_of, other_coordinator, comment, here
) -> None:
    theirs = here.replace("/bryn/", "/glyn/")
    asked = {"q": comment.submission.receipt}
    page = client_of(other_coordinator).get(theirs, asked).content.decode()
    assert WORDS not in page
    assert "No comment fits" in page


def test_a_word_as_long_as_a_code_is_searched_for(client_of, coordinator, say, here) -> None:
    say("The construction site")
    page = client_of(coordinator).get(here, {"q": "construction"}).content.decode()
    assert "The construction site" in page


@pytest.fixture
def both(client_of, coordinator) -> tuple[Client, Client]:
    """Two windows in which a co-ordinator is signed in."""
    return client_of(coordinator), client_of(coordinator)


def without(sent: Sent, name: str) -> Sent:
    """Return what is sent when a tick is taken away."""
    return {key: value for key, value in sent.items() if key != name}


def test_consent_taken_away_does_not_come_back_with_an_older_form(both, comment) -> None:
    address = at("comment_correct", comment)
    first, second = (client.get(address) for client in both)
    assert both[0].post(address, without(drawn(first), "quote_consent")).status_code == 302
    assert both[1].post(address, drawn(second, descriptor="A neighbour")).status_code == 302
    assert not Comment.objects.publishable().exists()
    comment.refresh_from_db()
    assert (comment.submission.descriptor, comment.consent_taken_back) == ("A neighbour", 1)


def test_consent_taken_away_does_not_come_back_with_an_old_page_sent_again(both, comment) -> None:
    """Ticked, taken away by somebody else, then the first page once more: as it was drawn."""
    address = at("comment_correct", comment)
    Comment.objects.update(quote_consent=False)
    ticked = drawn(both[0].get(address), quote_consent="on")
    assert both[0].post(address, ticked).status_code == 302
    unticked = without(drawn(both[1].get(address)), "quote_consent")
    assert both[1].post(address, unticked).status_code == 302
    assert both[0].post(address, ticked).status_code == 409
    assert not Comment.objects.publishable().exists()


def test_what_two_people_correct_is_both_kept(both, comment, questions) -> None:
    address = at("comment_correct", comment)
    first, second = (client.get(address) for client in both)
    both[0].post(address, drawn(first, question=str(questions["change"].uuid)))
    both[1].post(address, drawn(second, descriptor="A neighbour", language="cy"))
    comment.refresh_from_db()
    assert comment.question == questions["change"]
    assert (comment.submission.descriptor, comment.language) == ("A neighbour", "cy")


def test_two_descriptions_are_shown_beside_each_other(both, comment) -> None:
    address = at("comment_correct", comment)
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
    address = at("comment_correct", submission.comments.get(position=1))
    page = both[0].get(address)
    both[0].post(address, without(drawn(page), "quote_consent"))
    assert [each.text for each in Comment.objects.publishable()] == ["The park"]
    both[0].post(address, drawn(both[0].get(address), consent_of_all="on"))
    assert not Comment.objects.publishable().exists()


def test_a_name_taken_out_does_not_come_back_with_an_older_form(both, comment) -> None:
    address = at("comment_redact", comment)
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
    address = at("comment_redact", comment)
    first, second = (client.get(address) for client in both)
    both[0].post(address, drawn(first, text=WORDS.replace("Dai", "[name]")))
    assert both[1].post(address, drawn(second, descriptor="A resident")).status_code == 302
    comment.refresh_from_db()
    assert "Dai" not in comment.text
    assert comment.submission.descriptor == "A resident"


def test_a_redaction_nobody_looked_at_is_not_put_back(both, comment, coordinator) -> None:
    redact_comment(comment=comment, text="My name is Dai", by=coordinator)
    page = both[0].get(at("comment", comment))
    button = next(form for form in forms_on(page) if form.action == at("comment_unredact", comment))
    redact_comment(comment=comment, text="[name]", by=coordinator)
    late = both[0].post(button.action, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    comment.refresh_from_db()
    assert comment.text == "[name]"


def test_a_withdrawal_since_is_not_lifted_by_an_older_page(both, comment, coordinator) -> None:
    withdraw_comment(comment=comment, by=coordinator)
    asked = drawn(both[0].get(at("comment_restore", comment)))
    lift_withdrawal(comment=comment, by=coordinator)
    withdraw_comment(comment=comment, by=coordinator)
    late = both[0].post(at("comment_restore", comment), asked, follow=True)
    assert "since you opened the page" in late.text
    comment.refresh_from_db()
    assert comment.is_withdrawn
