"""A helper types, pastes and mends her own entries, and sees nothing else of the project."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Comment, Engagement, Method, Submission
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.submission import paste_lines
from engagements.services.withholding import raise_concern
from tests.forms import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def heulwen(client_of, helper):
    """The helper's browser."""
    return client_of(helper)


@pytest.fixture
def at(project, engagement):
    """Return the address of a page of the engagement, or of one of its entries."""

    def url(name: str, **more: Any) -> str:
        return reverse(f"engagements:{name}", kwargs={"project": project.slug, **more})

    return lambda name, **more: url(name, **{"uuid": engagement.uuid, **more})


@pytest.fixture
def typed(questions):
    """Return a comment as it is sent."""

    def fill(text: str, **more: Any) -> dict[str, Any]:
        about = {"question": questions["need"].uuid, "language": "en", "client_id": uuid4()}
        return about | {"text": text} | more

    return fill


@pytest.fixture
def theirs(engagement, questions, coordinator) -> list[Submission]:
    """What somebody else pasted."""
    about = {"engagement": engagement, "question": questions["asset"], "by": coordinator}
    return paste_lines(lines=["Secret park", "Secret river"], **about)


def test_she_begins_at_the_engagements_that_can_be_typed_into(
    heulwen, project, engagement, coordinator
) -> None:
    off = plan_engagement(
        project=project,
        title="Called off",
        method=Method.EVENT,
        date=timezone.localdate(),
        status=Engagement.Status.PLANNED,
        by=coordinator,
    )
    cancel_engagement(engagement=off, by=coordinator)
    home = reverse("engagements:entry_home", kwargs={"project": project.slug})
    assert home in heulwen.get(reverse("overview:projects"), follow=True).text
    page = heulwen.get(home).text
    assert engagement.title in page
    assert "Called off" not in page


def test_todays_come_first_then_the_latest_then_the_soonest(heulwen, project, coordinator) -> None:
    today = timezone.localdate()
    for days in (9, -7, 0, 2, -1):
        plan_engagement(
            project=project,
            title=f"In {days} days",
            method=Method.EVENT,
            date=today + timedelta(days=days),
            by=coordinator,
        )
    home = reverse("engagements:entry_home", kwargs={"project": project.slug})
    listed = [each.title for each in heulwen.get(home).context["page"]]
    assert listed == [f"In {days} days" for days in (0, -1, -7, 2, 9)]


def test_with_nothing_to_type_into_she_is_told_whom_to_ask(heulwen, project) -> None:
    page = heulwen.get(reverse("engagements:entry_home", kwargs={"project": project.slug}))
    assert "Nothing to type yet" in page.text


def test_she_types_sees_her_own_words_alone_and_mends_them(heulwen, at, typed, theirs) -> None:
    page = heulwen.post(at("submission_type"), typed("A crosing"), follow=True)
    assert "A crosing" in page.text
    assert at("entry_list") in page.text
    mine = heulwen.get(at("entry_list")).text
    assert "A crosing" in mine
    assert "Secret" not in mine
    comment = Comment.objects.get(submission__by__name="Heulwen")
    one = {"uuid": comment.submission.uuid, "position": comment.position}
    assert at("comment_mend", **one) in mine
    asked = heulwen.get(at("comment_mend", **one)).text
    assert at("comment_correct", **one) in asked
    done = heulwen.post(
        at("comment_typo", **one),
        drawn(heulwen.get(at("comment_typo", **one)), text="A crossing"),
        follow=True,
    )
    assert done.redirect_chain[-1][0] == at("entry_list")
    assert "A crossing" in done.text
    corrected = heulwen.post(
        at("comment_correct", **one),
        drawn(heulwen.get(at("comment_correct", **one)), descriptor="A parent"),
        follow=True,
    )
    assert corrected.redirect_chain[-1][0] == at("entry_list")
    assert Submission.objects.get(pk=comment.submission.pk).descriptor == "A parent"


@pytest.mark.parametrize("name", ["comment_mend", "comment_typo", "comment_correct"])
def test_what_somebody_else_entered_she_neither_reads_nor_mends(heulwen, at, theirs, name) -> None:
    one = {"uuid": theirs[0].uuid, "position": 0}
    for answer in (
        heulwen.get(at(name, **one), follow=True),
        heulwen.post(at(name, **one), {"text": "Mine now", "descriptor": "Me"}, follow=True),
    ):
        assert "Secret" not in answer.text
        assert answer.status_code == 405 or answer.redirect_chain[-1][0] == at("entry_list")
    assert list(Comment.objects.values_list("text", flat=True)) == ["Secret park", "Secret river"]


def test_she_undoes_her_own_run_and_nobody_elses(heulwen, at, typed, theirs) -> None:
    heulwen.post(at("submission_type"), typed("A crossing"))
    mine = Submission.objects.get(by__name="Heulwen")
    refused = heulwen.post(at("run_undo", run=theirs[0].run), follow=True)
    assert "You can undo what you typed or pasted yourself." in refused.text
    assert "Secret" not in refused.text
    listed = heulwen.get(at("entry_list")).text
    assert at("run_undo", run=mine.run) in listed
    assert at("run_undo", run=theirs[0].run) not in listed
    heulwen.post(at("run_undo", run=mine.run))
    assert set(Comment.objects.visible().values_list("text", flat=True)) == {
        *("Secret park", "Secret river")
    }


@pytest.mark.parametrize("name", ["submissions_undo", "sitting_undo"])
def test_naming_somebody_elses_entry_undoes_and_shows_nothing(heulwen, at, theirs, name) -> None:
    page = heulwen.post(at(name), {"submissions": str(theirs[0].uuid)}, follow=True)
    assert "Those comments are not of this engagement." in page.text
    assert Comment.objects.visible().count() == 2
    for typing in ("submission_type", "sitting_type"):
        Submission.objects.update(channel="typed")
        shown = heulwen.get(f"{at(typing)}?kept={theirs[0].uuid}").text
        assert "Secret" not in shown
        assert theirs[0].receipt not in shown


def test_after_two_weeks_or_once_somebody_is_worried_she_mends_no_more(
    heulwen, at, typed, coordinator
) -> None:
    heulwen.post(at("submission_type"), typed("Long ago"))
    heulwen.post(at("submission_type"), typed("He hits me"))
    old, worrying = Comment.objects.order_by("pk")
    when = timezone.now() - timedelta(days=15)
    Submission.objects.filter(pk=old.submission.pk).update(created_at=when)
    raise_concern(comment=worrying, by=coordinator)
    mine = heulwen.get(at("entry_list")).text
    assert "Long ago" in mine
    assert "He hits me" not in mine
    assert "/mend/" not in mine
    one = {"uuid": old.submission.uuid, "position": 0}
    heulwen.post(at("comment_typo", **one), {"text": "Changed"})
    assert Comment.objects.get(pk=old.pk).text == "Long ago"


@pytest.mark.parametrize(
    "name",
    [
        *("engagement", "engagement_change", "engagement_log", "engagement_slips"),
        *("import_start", "engagement_cancel"),
    ],
)
def test_the_engagements_own_pages_stay_closed(heulwen, at, name) -> None:
    assert heulwen.get(at(name)).status_code in {403, 405}


def test_her_pages_link_to_nothing_that_is_closed_to_her(heulwen, at, typed, project) -> None:
    heulwen.post(at("submission_type"), typed("A crossing"))
    home = reverse("engagements:entry_home", kwargs={"project": project.slug})
    looked = 0
    pages = [home, at("entry_list"), at("sitting_type"), at("submission_paste")]
    kept = f"{at('submission_type')}?kept={Submission.objects.get().uuid}"
    for url in [*pages, kept]:
        links = heulwen.get(url).text.split('href="')[1:]
        for link in {each.split('"')[0].split("#")[0] for each in links}:
            if link.startswith("/bryn/"):
                looked += 1
                assert heulwen.get(link).status_code in {200, 302}, link
    assert looked > 10


def test_her_list_costs_the_same_with_one_entry_and_three(
    helper, client_of, at, engagement, questions, assert_same_queries
) -> None:
    def paste(number: int) -> None:
        paste_lines(
            engagement=engagement, question=questions["need"], lines=[f"Bin {number}"], by=helper
        )

    assert_same_queries(client_of(helper), at("entry_list"), paste)


def test_she_says_that_she_is_worried_about_what_she_typed_and_reads_it_no_more(
    heulwen, at, typed, theirs
) -> None:
    heulwen.post(at("submission_type"), typed("He hits me"))
    comment = Comment.objects.get(submission__by__name="Heulwen")
    one = {"uuid": comment.submission.uuid, "position": 0}
    assert at("entry_worry", **one) in heulwen.get(at("entry_list")).text
    assert "He hits me" in heulwen.get(at("entry_worry", **one)).text
    after = heulwen.post(at("entry_worry", **one), follow=True)
    assert after.redirect_chain[-1][0] == at("entry_list")
    assert "He hits me" not in after.text
    assert Comment.objects.hidden_by_concern().get() == comment
    # Of what somebody else entered she neither reads nor hides a word.
    other = {"uuid": theirs[0].uuid, "position": 0}
    for ask in (heulwen.get, heulwen.post):
        page = ask(at("entry_worry", **other), follow=True)
        assert "You can do this for what you typed or pasted yourself." in page.text
        assert "Secret" not in page.text
    assert Comment.objects.hidden_by_concern().count() == 1
