"""The golden thread as an edition froze it: unbroken, both ways, whatever is done afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from engagements.services.withholding import lift_withdrawal, withdraw_comment
from plan.models import CitedComment
from plan.queries.changes import AGREED, PROPOSED, TAKEN_BACK, changes_since
from plan.queries.edition import snapshot_of_edition
from steering.queries.agreement import Agreement, status_of_action
from steering.services.decision import record_decision
from tests.plan.story import SWINGS, Story, both
from tests.plan.test_public_views import change_of, text_of
from tests.steering.group import answer, make_round
from tests.themes.comments import make_comments
from themes.models import Finding, Quote
from themes.services.codebook import add_theme, merge_themes, undo_merge
from themes.services.finding import take_down_finding, write_finding
from themes.services.quote import choose_quote
from workshops.models import Action, Evidence, Wording
from workshops.services.action import reword_action
from workshops.services.evidence import cite_evidence, uncite_evidence

pytestmark = pytest.mark.django_db


def another_theme(story: Story):
    """Add a theme that nothing was written of."""
    return add_theme(
        project=story.project, name=both("Playing"), colour="sky", definition={}, by=story.analyst
    )


def planted(story: Story, **changes: object) -> Action:
    """Have one more action agreed."""
    action = story.propose("Plant trees", lead=story.mend.wordings.get().lead, **changes)
    story.agree(action.wordings.get())
    return action


def test_an_action_under_a_theme_merged_since_is_under_the_one_that_stands_for_it(
    story: Story, client: Client
):
    other = another_theme(story)
    action = planted(story, theme=other)
    merge_themes(source=other, into=story.theme, by=story.analyst)
    row = story.publish().snapshot["actions"][-1]
    assert row["number"] == action.number
    assert row["theme"] == str(story.theme.uuid)
    page = text_of(client, f"/bryn/plan/actions/{action.number}/")
    assert "Places to play" in page
    assert "Plant trees soon." in text_of(client, "/bryn/plan/")


def test_an_edition_stays_whole_when_its_theme_is_merged_or_taken_apart_later(
    story: Story, client: Client
):
    other = another_theme(story)
    merge_themes(source=other, into=story.theme, by=story.analyst)
    story.publish()
    undo_merge(source=other, by=story.analyst)
    merge_themes(source=story.theme, into=other, by=story.analyst)
    for path in ("plan/", "plan/actions/1/", "plan/actions/3/", f"follow/{story.receipt}/"):
        html = client.get(f"/bryn/{path}").content.decode()
        assert "Mend the swings" in html or "Fill the pool" in html
    # Nothing is written of the theme that stands for it: its address leads to all that is.
    address = f"/bryn/what-we-heard/themes/{story.theme.uuid}/"
    assert client.get(address)["Location"] == "/bryn/what-we-heard/"


def test_a_page_of_an_action_without_its_theme_is_still_a_page(story: Story, client: Client):
    edition = story.publish()
    edition.snapshot["themes"] = []
    edition.save()
    page = text_of(client, "/bryn/plan/actions/1/")
    assert "Mend the swings" in page


def test_a_quote_of_a_code_or_of_a_merged_theme_is_heard_in_both_places(
    story: Story, client: Client
):
    other = another_theme(story)
    for theme, extract in ((story.code, "the little ones cry"), (other, "The swings")):
        choose_quote(comment=story.swings, theme=theme, extract=extract, by=story.analyst)
    merge_themes(source=other, into=story.theme, by=story.analyst)
    (theme,) = story.publish().snapshot["themes"]
    assert len(theme["quotes"]) == Quote.objects.count() == 4
    heard = text_of(client, f"/bryn/what-we-heard/themes/{story.theme.uuid}/")
    assert "the little ones cry" in heard
    from_data = client.get("/bryn/plan/plan.json").json()
    assert {quote["theme"] for quote in from_data["quotes"]} == {str(story.theme.uuid)}


def test_a_cited_finding_is_on_the_thread_and_no_heading_counts_nothing(
    story: Story, client: Client
):
    action = planted(story)
    story.cite(action, findings=[story.finding])
    bare = planted(story)
    story.publish()
    page = text_of(client, f"/bryn/plan/actions/{action.number}/")
    assert "What we heard led to this" in page
    assert "People miss the swings." in page
    assert "0 comments" not in page
    html = client.get(f"/bryn/plan/actions/{bare.number}/").content.decode()
    assert 'id="said"' not in html
    assert client.get("/bryn/plan/plan.json").json()["actions"][-2]["thread"]["findings"] == [
        str(story.theme.uuid)
    ]


def test_a_finding_taken_down_since_leaves_no_link_to_nothing(story: Story, client: Client):
    story.publish()
    address = f"/bryn/what-we-heard/themes/{story.theme.uuid}/"
    for path in ("plan/actions/1/", f"follow/{story.receipt}/"):
        assert address in client.get(f"/bryn/{path}").content.decode()
    take_down_finding(finding=story.finding, by=story.analyst)
    assert not Finding.objects.exists()
    assert address in client.get("/bryn/plan/actions/1/").content.decode()
    assert client.get(address)["Location"] == "/bryn/what-we-heard/"
    assert client.get("/bryn/what-we-heard/").status_code == 200
    assert address not in client.get(f"/bryn/follow/{story.receipt}/").content.decode()


def test_the_address_of_a_merged_theme_leads_to_the_one_that_stands_for_it(
    story: Story, client: Client
):
    other = another_theme(story)
    merge_themes(source=other, into=story.theme, by=story.analyst)
    response = client.get(f"/bryn/what-we-heard/themes/{other.uuid}/")
    assert response["Location"] == f"/bryn/what-we-heard/themes/{story.theme.uuid}/"


def test_what_we_heard_leads_to_what_came_of_it(story: Story, client: Client):
    link = f"/bryn/plan/themes/{story.theme.uuid}/"
    assert f'href="{link}"' in (
        client.get(f"/bryn/what-we-heard/themes/{story.theme.uuid}/").content.decode()
    )
    assert client.get(link)["Location"] == "/bryn/plan/"
    story.publish()
    assert client.get(link)["Location"] == "/bryn/plan/#theme-1"
    other = another_theme(story)
    assert client.get(f"/bryn/plan/themes/{other.uuid}/")["Location"] == "/bryn/plan/"
    merge_themes(source=story.theme, into=other, by=story.analyst)
    for theme in (other, story.theme):
        assert client.get(f"/bryn/plan/themes/{theme.uuid}/")["Location"] == "/bryn/plan/#theme-1"
    assert client.get(f"/bryn/plan/themes/{story.code.uuid}/").status_code == 404
    assert client.get(f"/glyn/plan/themes/{story.theme.uuid}/").status_code == 404


def test_an_event_and_a_workshop_lead_to_their_actions(story: Story, client: Client):
    (wish,) = make_comments(story.project, "Fill the pool again.")
    story.cite(story.pool, wish)
    snapshot = story.publish().snapshot
    event = text_of(client, f"/bryn/plan/events/{snapshot['engagements'][0]['uuid']}/")
    workshop = text_of(client, f"/bryn/plan/workshops/{story.workshop.uuid}/")
    for page in (event, workshop):
        assert "Action 1: Mend the swings" in page
        assert "Action 2: Open a club" in page
        assert "Fill the pool" in page
    assert event.startswith("Open day · Bryn ")
    assert workshop.startswith("Evening · Bryn ")
    assert "Swings first!" in workshop
    assert "Places to play" in workshop
    for path in ("events", "workshops"):
        wrong = f"/bryn/plan/{path}/{story.theme.uuid}/"
        assert client.get(wrong).status_code == 404


def test_an_idea_not_taken_forward_has_a_page_with_its_thread(story: Story, client: Client):
    (wish,) = make_comments(story.project, "Fill the pool again.")
    story.cite(story.pool, wish)
    story.publish()
    for path in (
        "plan/",
        "plan/figures/?of=not-taken-forward",
        f"follow/{wish.submission.receipt}/",
    ):
        assert 'href="/bryn/plan/actions/3/' in client.get(f"/bryn/{path}").content.decode()
    page = text_of(client, "/bryn/plan/actions/3/")
    assert "An idea that is not in the plan" in page
    assert "Not taken forward" in page
    assert "The steering group did not take it forward" in page
    assert "Because of fill the pool" in page
    assert "Fewer than 10 comments led to this" in page
    assert "Workshop: Evening" in page
    assert "gave its word" not in page
    assert "has not given its word" not in page


def test_a_receipt_reads_what_was_published_and_not_what_was_cited_since(
    story: Story, client: Client
):
    story.publish()
    address = f"/bryn/follow/{story.receipt}/"
    cite_evidence(action=story.open_club, comments=[story.swings], by=story.facilitator)
    evidence = list(Evidence.objects.filter(action=story.mend, comment=story.swings))
    uncite_evidence(action=story.mend, evidence=evidence, by=story.facilitator)
    page = text_of(client, address)
    assert "It led to action 1" in page
    assert "It led to action 2" not in page
    for action in (story.mend, story.open_club):
        story.ask_with_evidence_of_today(action)
    story.publish()
    page = text_of(client, address)
    assert "It led to action 1" not in page
    assert "It led to action 2" in page


def test_a_receipt_says_that_words_are_quoted_wherever_the_plan_quotes_them(
    story: Story, client: Client
):
    """A quote may stand on an action alone, when its theme's place in the plan is gone."""
    (words,) = make_comments(story.project, "Mend the bench too.", consent=True)
    loose = another_theme(story)
    choose_quote(comment=words, theme=loose, extract="Mend the bench too.", by=story.analyst)
    story.cite(story.mend, words)
    write_finding(theme=loose, text=both("People sit."), by=story.analyst)
    edition = story.publish()
    for theme in edition.snapshot["themes"]:
        theme["quotes"] = []
    edition.save()
    page = text_of(client, f"/bryn/follow/{words.submission.receipt}/")
    assert "Your words are quoted in the plan." in page


def test_a_comment_taken_back_leads_nowhere_and_given_back_leads_on(story: Story, client: Client):
    story.publish()
    withdraw_comment(comment=story.swings, by=story.coordinator)
    assert "It led to action" not in text_of(client, f"/bryn/follow/{story.receipt}/")
    lift_withdrawal(comment=story.swings, by=story.coordinator)
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert SWINGS in page
    assert "It led to action 1" in page


def test_an_action_says_how_many_more_comments_may_be_quoted(story: Story, client: Client):
    willing = make_comments(story.project, *(f"Yes {turn}." for turn in range(12)), consent=True)
    silent = make_comments(story.project, *(f"No {turn}." for turn in range(11)))
    story.cite(story.mend, *willing, *silent)
    for comment in willing[:2]:
        choose_quote(
            comment=comment,
            theme=story.theme,
            extract=comment.text,
            descriptor="A neighbour",
            by=story.analyst,
        )
    story.publish()
    page = text_of(client, "/bryn/plan/actions/1/")
    for quoted in ("broken since Easter", "Yes 0.", "Yes 1."):
        assert quoted in page
    assert "The rest we count, and do not quote" in page


def test_which_comments_an_action_rests_on_is_frozen_once_and_published_nowhere(
    story: Story, client: Client
):
    edition = story.publish()
    cited = CitedComment.objects.get(edition=edition, number=1)
    assert cited.comment == story.swings
    for path in ("plan/", "plan/actions/1/", "plan/plan.json", "plan/actions.csv"):
        assert story.receipt not in client.get(f"/bryn/{path}").content.decode()
    with pytest.raises(IntegrityError):
        CitedComment.objects.create(edition=edition, number=1, comment=story.swings)


def test_what_is_said_of_a_change_is_what_the_group_made_of_it_last(story: Story):
    edition = story.publish()
    wording = change_of(story)

    def told() -> str | None:
        return changes_since(story.project, snapshot_of_edition(edition)).get(str(story.mend.uuid))

    assert told() == PROPOSED
    story.decide(wording, "not_taken_forward", ("object", "object", "not_yet"))
    assert told() is None
    round = make_round(wording, story.chair)
    assert status_of_action(story.mend).state == Agreement.CHANGE_PROPOSED
    assert told() == PROPOSED
    answer(round, ("agree",) * 3, story.chair)
    record_decision(round=round, outcome="agreed", reason=both("Now we can."), by=story.chair)
    assert status_of_action(story.mend).state == Agreement.AGREED
    assert told() == AGREED


def test_an_agreement_taken_back_since_is_said_of_the_action(story: Story, client: Client):
    wording = story.propose("Plant trees", lead=story.mend.wordings.get().lead).wordings.get()
    round = make_round(wording, story.chair, closed=True)
    answer(round, ("agree",) * 3, story.chair)
    today = timezone.localdate()
    record_decision(
        round=round,
        outcome="agreed",
        reason=both("For now."),
        decided_on=today - timedelta(days=1),
        review_on=today,
        by=story.chair,
    )
    edition = story.publish()
    assert changes_since(story.project, snapshot_of_edition(edition)) == {}
    round = make_round(wording, story.chair)
    assert changes_since(story.project, snapshot_of_edition(edition)) == {}
    answer(round, ("not_yet",) * 3, story.chair)
    record_decision(round=round, outcome="sent_back", reason=both("Not now."), by=story.chair)
    assert changes_since(story.project, snapshot_of_edition(edition)) == {
        str(wording.action.uuid): TAKEN_BACK
    }
    told = "it is not agreed any more"
    for path in ("plan/", "plan/print/", f"plan/actions/{wording.action.number}/"):
        assert told in text_of(client, f"/bryn/{path}")
    assert told not in text_of(client, "/bryn/plan/actions/1/")


def test_the_plan_and_the_group_always_say_the_same_of_a_change(story: Story):
    """Whatever the group decides, in whatever order, over three wordings."""
    edition, seen = story.publish(), set()

    def look() -> None:
        one = status_of_action(story.mend)
        told = changes_since(story.project, snapshot_of_edition(edition)).get(
            str(story.mend.uuid), ""
        )
        assert (told == TAKEN_BACK) == (one.agreed is None)
        assert (told == AGREED) == (one.agreed is not None and one.agreed.number > 1)
        assert (told == PROPOSED) == (one.change_proposed and one.agreed.number == 1)
        seen.add(told)

    look()
    today = timezone.localdate()
    wording = story.mend.wordings.get()
    for outcomes in (("sent_back",), ("not_taken_forward",), ("agreed", "sent_back", "agreed"), ()):
        wording = reword(story, wording)
        look()
        for turn, outcome in enumerate(outcomes):
            round = make_round(wording, story.chair, closed=not turn)
            look()
            answer(round, ("agree" if outcome == "agreed" else "not_yet",) * 3, story.chair)
            # The first of several is looked at again, as soon as may be.
            days = {} if turn else {"decided_on": today - timedelta(days=1), "review_on": today}
            reason = both("So be it.")
            record_decision(round=round, outcome=outcome, reason=reason, by=story.chair, **days)
            look()
    assert seen == {"", PROPOSED, AGREED, TAKEN_BACK}


def reword(story: Story, wording: Wording) -> Wording:
    """Write the next wording of an action."""
    return reword_action(
        action=wording.action,
        title=both(f"Wording {wording.number + 1}"),
        text=both("All of it."),
        lead=wording.lead,
        supporting=[],
        timescale=wording.timescale,
        timescale_note=both("By July"),
        by=story.facilitator,
    )


def test_paper_says_of_a_change_what_the_page_says(story: Story, client: Client):
    story.publish()
    wording = change_of(story)
    proposed, agreed = "The group has not agreed it.", "They come with the next edition."
    for path in ("/bryn/plan/", "/bryn/plan/print/"):
        assert proposed in text_of(client, path)
        assert agreed not in text_of(client, path)
    story.agree(wording)
    for path in ("/bryn/plan/", "/bryn/plan/print/"):
        assert proposed not in text_of(client, path)
        assert agreed in text_of(client, path)
