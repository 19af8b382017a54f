"""Publishing: numbered, frozen, once, and only what was agreed."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry, Project
from coproduction.projects.services.organisation import add_organisation, change_organisation
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Question
from engagements.services.comment import correct_comment
from engagements.services.withholding import withdraw_comment
from plan.models import Edition, Rendering
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import snapshot_of
from plan.queries.gate import Gate, gate_of
from plan.services.edition import (
    BeforeTheLastEdition,
    ChangedWhilePublishing,
    NothingNew,
    NotYetThatDay,
    SomethingInTheWay,
    TitleMissing,
)
from plan.services.section import write_section
from tests.plan.story import CLUB, SWINGS, Story, both
from themes.queries.counts import count_by_theme
from workshops.services.action import reword_action

pytestmark = pytest.mark.django_db


def reworded(story: Story) -> None:
    """Propose a change to an agreed action."""
    wording = story.mend.wordings.get()
    reword_action(
        action=story.mend,
        title=both("Mend all swings"),
        text=both("All of them."),
        lead=wording.lead,
        supporting=[],
        timescale=wording.timescale,
        timescale_note=both("By July"),
        by=story.facilitator,
    )


def test_an_edition_is_numbered_and_asks_for_a_file_in_each_language(story: Story):
    edition = story.publish()
    assert edition.number == 1
    waiting = Rendering.objects.filter(edition=edition).order_by("pk")
    assert [rendering.language for rendering in waiting] == ["en", "cy"]
    jobs = Job.objects.filter(uuid__in=[rendering.job for rendering in waiting])
    assert {job.task for job in jobs} == {"plan.render"}
    verbs = AuditEntry.objects.filter(project=story.project).values_list("verb", flat=True)
    assert list(verbs).count("plan.edition_published") == 1


def show_every_number(story: Story) -> None:
    """Keep no small number back."""
    Project.objects.filter(pk=story.project.pk).update(small_number=1)
    story.project.refresh_from_db()


def test_the_snapshot_counts_what_it_lists(story: Story):
    snapshot = story.publish().snapshot
    figures = snapshot["figures"]
    assert figures["engagements"] == len(snapshot["engagements"]) == 1
    assert figures["people"] == 40
    assert figures["comments"] == "<10"
    assert figures["by_question"] == {"need": "<10", "change": "<10"}
    assert figures["residents"] == 3
    assert figures["partners"] == 2
    assert figures["actions"] == 2
    assert figures["committed"] == 1
    assert figures["not_taken_forward"] == 1


def test_theme_counts_agree_with_the_analysts(story: Story):
    show_every_number(story)
    (theme,) = snapshot_of(story.project).themes
    assert theme.comments.value == count_by_theme(story.project)[story.theme.pk].total == 4
    assert theme.by_question == {"need": PublicCount(3), "change": PublicCount(1)}


def test_a_theme_agrees_with_the_headline_after_a_question_was_put_right(story: Story):
    show_every_number(story)
    asset = Question.objects.get(project=story.project, kind="asset")
    correct_comment(
        comment=story.swings,
        question=asset,
        descriptor="A mother",
        quote_consent=True,
        language="en",
        by=story.coordinator,
    )
    snapshot = snapshot_of(story.project)
    (theme,) = snapshot.themes
    exact = {"asset": PublicCount(1), "need": PublicCount(2), "change": PublicCount(1)}
    assert theme.by_question == snapshot.figures.by_question == exact


def test_an_action_carries_its_thread_and_what_was_decided(story: Story):
    snapshot = story.publish().snapshot
    mend, club = snapshot["actions"]
    assert mend["thread"]["comments"] == "<10"
    (event,) = snapshot["engagements"]
    assert mend["thread"]["engagements"] == [event["uuid"]]
    assert mend["thread"]["workshops"] == [str(story.workshop.uuid)]
    assert mend["thread"]["notes"] == [str(story.workshop.notes.get().uuid)]
    assert mend["thread"]["quotes"] == [str(story.quote.uuid)]
    assert mend["tally"]["seats"] == 3
    assert (mend["tally"]["agreeing"], mend["tally"]["stand_aside"]) == (None, None)
    assert mend["reason"]["cy"]["text"] == "Because of mend the swings (cy)"
    assert mend["commitment"]["text"]["en"]["text"] == "We will mend them."
    assert club["commitment"] is None


def test_no_words_of_quotes_are_frozen(story: Story):
    edition = story.publish()
    said = str(edition.snapshot)
    assert "broken since Easter" not in said
    assert SWINGS not in said
    assert CLUB not in said
    assert set(snapshot_of_edition(edition).quotes_named) == {
        str(story.quote.uuid),
        str(story.welsh_quote.uuid),
    }


def test_no_serial_numbers_are_frozen(story: Story):
    snapshot = story.publish().snapshot

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for item in value.values() for key in keys(item)}
        if isinstance(value, list):
            return {key for item in value for key in keys(item)}
        return set()

    assert not {key for key in keys(snapshot) if key in {"id", "pk"} or key.endswith("_id")}


def test_an_edition_keeps_the_last_agreed_wording_and_says_a_change_is_proposed(story: Story):
    reworded(story)
    mend = story.publish().snapshot["actions"][0]
    assert mend["title"]["en"]["text"] == "Mend the swings"
    assert mend["change_proposed"] is True


def test_a_partner_renamed_after_the_group_agreed_is_published_as_agreed(story: Story):
    before = snapshot_of(story.project)
    lead = story.mend.wordings.get().lead
    assert lead is not None
    change_organisation(
        organisation=lead, name=both("Somebody else"), sector=lead.sector, by=story.facilitator
    )
    after = snapshot_of(story.project)
    assert [action.lead for action in after.actions] == [action.lead for action in before.actions]
    assert any(action.lead is not None for action in after.actions)


def test_an_edition_stays_as_it_was_published(story: Story):
    edition = story.publish()
    before = edition.snapshot
    write_section(project=story.project, kind="foreword", body=both("Other"), by=story.editor)
    withdraw_comment(comment=story.swings, by=None)
    assert Edition.objects.get(pk=edition.pk).snapshot == before


def test_the_draft_has_what_is_not_agreed_and_the_edition_has_not(story: Story):
    story.propose("Plant trees")
    titles = [row.title.text("en") for row in snapshot_of(story.project).actions]
    assert "Plant trees" not in titles
    last = snapshot_of(story.project, draft=True).actions[-1]
    assert (last.title.text("en"), last.is_agreed) == ("Plant trees", False)


def test_the_same_again_is_refused(story: Story):
    story.publish()
    with pytest.raises(NothingNew):
        story.publish()
    assert Edition.objects.count() == 1


def test_the_next_edition_has_the_next_number(story: Story):
    story.publish()
    write_section(project=story.project, kind="thanks", body=both("Thanks"), by=story.editor)
    assert story.publish().number == 2
    assert Edition.objects.latest_of(story.project).number == 2


def test_a_title_is_wanted_in_every_language(story: Story):
    with pytest.raises(TitleMissing):
        story.publish(title={"en": "Plan", "cy": " "})


def test_an_edition_is_not_of_the_future_nor_older_than_the_last(story: Story):
    today = timezone.localdate()
    with pytest.raises(NotYetThatDay):
        story.publish(published_on=today + timedelta(days=1))
    story.publish()
    with pytest.raises(BeforeTheLastEdition):
        story.publish(published_on=today - timedelta(days=1), title=both("Other"))


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_edition(story: Story) -> None:
    outcomes: list[object] = []
    together = threading.Barrier(2)

    def publish() -> None:
        together.wait()
        try:
            outcomes.append(story.publish().number)
        except NothingNew:
            outcomes.append("nothing new")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, outcomes)) == ["1", "nothing new"]
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert Rendering.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_something_that_comes_in_the_way_at_the_last_moment_is_seen(story: Story) -> None:
    story.agree(story.propose("Plant trees", lead=None).wordings.get())
    with pytest.raises(SomethingInTheWay):
        story.publish()
    assert not Edition.objects.exists()
    assert not Job.objects.filter(task="plan.render").exists()


def meanwhile(work: Callable[[], object]) -> None:
    """Have somebody else do something from a connection of their own; wait until it is done."""
    faults: list[BaseException] = []

    def do() -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    assert faults == []


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_an_edition_is_made_and_it_is_made_of_what_they_did(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Gate] = []

    def look(project: Project) -> Gate:
        looked.append(gate_of(project))
        if len(looked) == 1:
            # With the chain locked this would wait for ever.
            meanwhile(lambda: withdraw_comment(comment=story.swings, by=story.coordinator))
        return looked[-1]

    monkeypatch.setattr("plan.services.edition.gate_of", look)
    edition = story.publish()
    first, second = (each.snapshot.quotes_named for each in looked)
    assert set(first) - set(second) == {str(story.quote.uuid)}
    assert snapshot_of_edition(edition) == looked[1].snapshot
    assert edition.number == 1


@pytest.mark.django_db(transaction=True)
def test_who_looks_before_another_publishes_and_freezes_after_is_told_that_nothing_is_new(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Gate] = []

    def look(project: Project) -> Gate:
        looked.append(gate_of(project))
        if len(looked) == 1:
            meanwhile(story.publish)
        return looked[-1]

    monkeypatch.setattr("plan.services.edition.gate_of", look)
    with pytest.raises(NothingNew):
        story.publish()
    # Before the other published, by the other, and again since something had come between.
    assert len(looked) == 3
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert Rendering.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_where_something_changes_each_time_nothing_is_published_and_it_is_said(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Gate] = []

    def look(project: Project) -> Gate:
        looked.append(gate_of(project))
        body = both(f"Group {len(looked)}")
        meanwhile(
            lambda: add_organisation(
                project=story.project, name=body, sector="charity", by=story.editor
            )
        )
        return looked[-1]

    monkeypatch.setattr("plan.services.edition.gate_of", look)
    with pytest.raises(ChangedWhilePublishing):
        story.publish()
    assert len(looked) == 5
    assert not Edition.objects.exists()
    assert not Job.objects.filter(task="plan.render").exists()
