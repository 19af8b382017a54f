"""Every figure is the same wherever it stands, whatever happened in the project."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import pytest
from django.test import Client
from django.utils import translation

from engagements.models import Comment
from engagements.services.withholding import raise_concern, withdraw_comment
from plan.paper.pdf import write_pdf
from plan.services.rendering import html_of_edition
from tests.cast import make_project
from tests.copying import Original
from tests.overview.sweep.busy import make_busy
from tests.overview.sweep.by_hand import comments_behind, counted_by_hand, said_by_hand
from tests.overview.sweep.figures import Figure, figures_of_public, figures_of_team, in_words
from tests.overview.sweep.of_plan import PlanPrinter
from tests.overview.sweep.of_stages import PublicPrinter, TeamPrinter
from tests.overview.sweep.printer import Printed, Printer
from tests.plan.story import Story

P = TypeVar("P", bound=Printer)
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="session")
def first_busy(made_once) -> Original[Story]:
    """The busy project, made once a session."""
    return made_once(lambda: make_busy(make_project("bryn", "Bryn")))


@pytest.fixture
def busy(db: None, first_busy: Original[Story]) -> Story:
    """A project in which everything happened that changes a count."""
    return first_busy.copy()


def differences(found: Iterable[Printed], expected: Mapping[Figure, str]) -> list[str]:
    """Say where a figure is not what the module says; or where none does, what it was before."""
    first: dict[Figure, Printed] = {}
    wrong = []
    for each in found:
        before = first.setdefault(each.figure, each)
        told = expected.get(each.figure, before.text)
        if each.text != told:
            wrong.append(f"{each.figure} on {each.place}: {each.text}, not {told} ({before.place})")
    return wrong


def test_the_modules_that_count_come_to_what_is_counted_by_hand(busy: Story) -> None:
    figures = figures_of_team(busy.project)
    counted = {figure: number for figure, number in figures.items() if number}
    assert counted == counted_by_hand(busy.project)
    assert len(counted) >= 100


def test_the_public_is_told_what_was_said_as_counted_by_hand(busy: Story) -> None:
    busy.publish()
    said, told = said_by_hand(busy.project), figures_of_public(busy.project)
    numbers = {figure: count.value for figure, count in told.items() if count.value}
    assert numbers == {figure: said.get(figure) for figure in numbers}
    assert len(numbers) >= 60


def test_every_figure_is_the_same_wherever_it_stands(
    busy: Story, client: Client, client_of
) -> None:
    edition, behind = busy.publish(), comments_behind(busy.project)
    wrong: list[str] = []
    places: list[Printed] = []
    for language, prefix in (("en", ""), ("cy", "/cy")):
        with translation.override(language):
            exact = in_words(figures_of_team(busy.project) | {("editions",): edition.number})
            public = in_words(figures_of_public(busy.project))

            def reads(kind: type[P], reader: Client, prefix: str = prefix) -> P:
                return kind(busy.project, reader, prefix=prefix)

            coordinator, analyst = client_of(busy.coordinator), client_of(busy.analyst)
            team, of_plan = reads(TeamPrinter, coordinator), reads(PlanPrinter, client)
            told = [
                *reads(PublicPrinter, client).everything(),
                *of_plan.everything(),
                *of_plan.pdf(write_pdf(html_of_edition(edition, language)).content),
                *reads(PlanPrinter, coordinator).plan("plan/edit/preview/"),
                *team.packs(),
            ]
            overview, coding = list(team.overview()), reads(TeamPrinter, analyst).coding()
            known = [*overview, *team.stages(), *coding]
            # Each figure of the overview stands in its stage too.
            assert len(overview) == 12
            assert {each.figure for each in overview} <= {each.figure for each in known[12:]}
            wrong += differences(told, public) + differences(known, exact)
            wrong += [
                f"{each.figure} on {each.place}: {each.text}"
                for each in told
                if each.figure[0] == "led by" and len(each.figure) == 2 and each.text.isdigit()
                if int(each.text) != behind.get(each.figure[1], 0)
            ]
            places += told + known
    assert not wrong, "\n".join(wrong)
    figures = {each.figure for each in places}
    assert len(places) >= 1500
    assert len(figures) >= 150
    print(f"{len(figures)} figures, {len(places)} places")


def test_no_figure_of_the_public_shows_that_somebody_took_something_back(
    busy: Story, client: Client
) -> None:
    busy.publish()
    before = in_words(figures_of_public(busy.project))
    exact = figures_of_team(busy.project)
    first, second, *_more = Comment.objects.publishable().filter(engagement__title="Fair")
    withdraw_comment(comment=first, by=None)
    raise_concern(comment=second, by=busy.coordinator)
    assert figures_of_team(busy.project)["comments",] == exact["comments",] - 2
    assert differences(PublicPrinter(busy.project, client).everything(), before) == []
    assert differences(PlanPrinter(busy.project, client).everything(), before) == []
    assert in_words(figures_of_public(busy.project)) == before
