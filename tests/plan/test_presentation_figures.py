"""Every published figure equals the records it opens, whatever happened on the way."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from django.test import Client
from django.utils import translation

from coproduction.projects.models import Project
from engagements.disclosure.small_numbers import PublicCount
from engagements.services.withholding import withdraw_comment
from plan.presentation.figures import RECORDS_OF_FIGURES, figures_of, headline_journey, records_of
from plan.presentation.plan import Plan
from plan.queries.published import published_plan
from plan.services.rendering import html_of_edition
from tests.plan.story import Story, both
from tests.themes.comments import make_comments
from themes.services.codebook import add_theme, merge_themes
from themes.services.coding import code_comment
from themes.services.finding import write_finding
from workshops.models import Evidence
from workshops.services.note import NewNote, add_notes, undo_notes

pytestmark = pytest.mark.django_db

# What adds up to a figure: the column of its records, or else the records themselves.
COLUMNS = {"people": "People heard", "comments": "Comments", "residents": "Residents"}
COLUMNS |= {"partners": "Partners", "seats": "Seats"}


def merged(story: Story) -> None:
    """Merge a theme, with an action under it, into the first."""
    other = add_theme(
        project=story.project, name=both("Playing"), colour="sky", definition={}, by=story.analyst
    )
    write_finding(theme=other, text=both("People play."), by=story.analyst)
    action = story.propose("Plant trees", theme=other, lead=story.mend.wordings.get().lead)
    story.cite(action, story.club)
    story.agree(action.wordings.get())
    idea = story.propose("Dig a lake", theme=other)
    story.decide(idea.wordings.get(), "not_taken_forward", ("object",) * 3)
    merge_themes(source=other, into=story.theme, by=story.analyst)


def note_undone(story: Story) -> None:
    """Write two notes more, and undo them."""
    new = [NewNote("idea", "One"), NewNote("idea", "Two")]
    notes = add_notes(workshop=story.workshop, notes=new, by=story.facilitator)
    undo_notes(workshop=story.workshop, notes=notes, by=story.facilitator)


def withdrawn(story: Story) -> None:
    """Have somebody take back what an action rests on."""
    story.publish()
    withdraw_comment(comment=story.swings, by=None)


def nothing(story: Story) -> None:
    """Leave everything as it is."""


def read(project: Project) -> Plan:
    """Read the latest edition."""
    plan = published_plan(project).plan()
    assert plan is not None
    return plan


@pytest.fixture(params=[nothing, merged, note_undone, withdrawn])
def plan(request: pytest.FixtureRequest, story: Story) -> Plan:
    """An edition published after something happened, with no number kept back."""
    Project.objects.filter(pk=story.project.pk).update(small_number=1)
    story.project.refresh_from_db()
    happened: Callable[[Story], None] = request.param
    happened(story)
    story.publish()
    return read(story.project)


def test_every_figure_equals_the_records_it_opens(plan: Plan):
    looked_at = 0
    for figure in figures_of(plan):
        records = records_of(plan, figure.key)
        if figure.key in COLUMNS:
            labels = [str(header["label"]) for header in records.headers]
            column = labels.index(COLUMNS[figure.key])
            counted = sum(row[column]["number"].value for row in records.rows)
        else:
            counted = len(records.rows)
        assert PublicCount(counted) == figure.number, figure.key
        looked_at += 1
    assert looked_at == len(RECORDS_OF_FIGURES) == 12


def test_every_thread_counts_the_comments_it_leads_to(plan: Plan):
    for action in [*plan.actions, *plan.not_taken_forward]:
        # What was taken back since leads to nothing that is shown; it stays counted.
        cited = Evidence.objects.filter(action__number=action.number, comment__isnull=False)
        assert action.comments.value == cited.count()
        by_question = action.frozen.thread.by_question.values()
        assert action.comments.value == sum(count.value for count in by_question)
    assert sum(chapter.comments.value or 0 for chapter in plan.chapters) == sum(
        count.drawn for chapter in plan.chapters for count in chapter.by_question.values()
    )


def test_the_notes_of_a_workshop_are_those_kept(plan: Plan):
    (row,) = plan.snapshot.workshops
    assert row.notes == 1


def test_every_action_is_everywhere_it_is_counted(plan: Plan, client: Client):
    """In its chapter, on the page, in the document for paper, in both kinds of data."""
    number = plan.figures.actions
    assert sum(len(chapter.actions) for chapter in plan.chapters) == number
    assert all(action.chapter for action in [*plan.actions, *plan.not_taken_forward])
    page = client.get("/bryn/plan/").content.decode()
    assert page.count('<article class="promise"') == number
    edition = published_plan(plan.project).edition
    assert edition is not None
    assert html_of_edition(edition, "cy").count('<article class="card"') == number
    data = json.loads(client.get("/bryn/plan/plan.json").content)
    themes = {theme["uuid"] for theme in data["themes"]}
    assert len(data["actions"]) == number
    assert {row["theme"] for row in [*data["actions"], *data["not_taken_forward"]]} <= themes
    assert {row["theme"] for row in data["workshops"]} <= themes
    assert {row["theme"] for row in data["quotes"]} <= themes
    sheet = client.get("/bryn/plan/actions.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    assert len(rows) == number
    assert all(row["theme_en"] for row in rows)
    for action in [*plan.actions, *plan.not_taken_forward]:
        assert client.get(action.url).status_code == 200
        assert f"{action.title}" in client.get("/bryn/plan/").content.decode()


def test_every_link_of_the_plan_leads_to_a_page(plan: Plan, client: Client):
    """From the plan, its figures and its threads; to places on a page that are there."""
    waiting, opened = ["/bryn/plan/", "/bryn/plan/figures/", "/cy/bryn/plan/"], {}
    anchors = set()
    while waiting:
        path = waiting.pop()
        if path in opened or "/edit/" in path or path.endswith(".pdf"):
            continue
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        opened[path] = html = response.content.decode()
        if not re.match(r"(/cy)?/bryn/(plan|what-we-heard)/", path):
            continue
        for address in re.findall(r'href="([^"]*)"', html):
            target, _hash, anchor = address.replace("&amp;", "&").partition("#")
            target = target or path
            if target.startswith(("/bryn/", "/cy/bryn/")):
                waiting.append(target)
                anchors.add((target, anchor))
    for target, anchor in anchors:
        if anchor and target in opened:
            assert f'id="{anchor}"' in opened[target], f"{target}#{anchor}"
    assert len(opened) > 30
    print(f"{len(opened)} pages, {len(anchors)} links")


def test_an_event_that_gathers_comments_counts_before_anybody_logs_it(story: Story):
    """As on every other page that counts events: a survey is answered for weeks before."""
    Project.objects.filter(pk=story.project.pk).update(small_number=1)
    story.project.refresh_from_db()
    (late,) = make_comments(story.project, "Late words.")
    code_comment(comment=late, codes=[story.code], by=story.analyst)
    late.engagement.status = "planned"
    late.engagement.save()
    story.publish()
    with translation.override("en"):
        plan = read(story.project)
        figures = {figure.key: figure.number.value for figure in figures_of(plan)}
        assert (figures["engagements"], figures["people"], figures["comments"]) == (1, 40, 5)
        assert sum(row[4]["number"].value for row in records_of(plan, "comments").rows) == 5


@pytest.mark.parametrize(
    ("number", "english", "welsh"),
    [
        (1, "agreed action", "cam a gytunwyd"),
        (2, "agreed actions", "gam a gytunwyd"),
        (3, "agreed actions", "o gamau a gytunwyd"),
        (40, "agreed actions", "o gamau a gytunwyd"),
    ],
)
def test_what_a_figure_counts_follows_its_number(
    story: Story, number: int, english: str, welsh: str
) -> None:
    story.publish()
    plan = read(story.project)
    figures = msgspec.structs.replace(plan.figures, actions=number)
    snapshot = msgspec.structs.replace(plan.snapshot, figures=figures)
    plan = replace(plan, snapshot=snapshot)
    for language, told in [("en", english), ("cy", welsh)]:
        with translation.override(language):
            by_key = {figure.key: figure for figure in figures_of(plan)}
            assert by_key["actions"].label == told
            journey = {stop["label"]: stop["number"] for stop in headline_journey(plan)}
            assert journey[told] == PublicCount(number)
    assert by_key["actions"].name == "camau a gytunwyd"
