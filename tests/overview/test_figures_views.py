"""Every figure is the same wherever it stands, whatever happened in the project."""

from collections.abc import Iterable, Mapping

import pytest
from django.test import Client
from django.utils import translation

from engagements.models import Comment
from engagements.services.withholding import raise_concern, withdraw_comment
from plan.paper.pdf import write_pdf
from plan.services.rendering import html_of_edition
from tests.cast import make_project
from tests.copying import Original
from tests.overview.busy import make_busy
from tests.overview.by_hand import comments_behind, counted_by_hand
from tests.overview.figures import Figure, figures_of_public, figures_of_team, in_words
from tests.overview.printed import Printed, Printer
from tests.plan.story import Story

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


def of_edition(printer: Printer) -> list[Printed]:
    """Read what an edition froze, on pages, on paper and as data."""
    return [
        *printer.plan(),
        *printer.figures(),
        *printer.actions(),
        *printer.events(),
        *printer.paper(),
        *printer.open_data(),
        *printer.spreadsheet(),
    ]


def of_team(printer: Printer) -> list[Printed]:
    """Read what each stage shows the team."""
    return [
        *printer.listening(),
        *printer.theming(),
        *printer.designing(),
        *printer.deciding(),
    ]


def test_the_modules_that_count_come_to_what_is_counted_by_hand(busy: Story) -> None:
    figures = figures_of_team(busy.project)
    counted = {figure: number for figure, number in figures.items() if number}
    assert counted == counted_by_hand(busy.project)
    assert len(counted) >= 100


def test_every_figure_is_the_same_wherever_it_stands(
    busy: Story, client: Client, client_of
) -> None:
    edition = busy.publish()
    wrong, places, figures = [], 0, set()
    for language, prefix in (("en", ""), ("cy", "/cy")):
        with translation.override(language):
            exact = in_words(figures_of_team(busy.project) | {("editions",): edition.number})
            public = in_words(figures_of_public(busy.project))
            everyone = Printer(busy.project, client, prefix=prefix)
            coordinator = Printer(busy.project, client_of(busy.coordinator), prefix=prefix)
            analyst = Printer(busy.project, client_of(busy.analyst), prefix=prefix)
            told = [
                *everyone.front(),
                *everyone.what_we_heard(),
                *of_edition(everyone),
                *coordinator.plan("plan/edit/preview/"),
                *coordinator.packs(),
                *everyone.pdf(write_pdf(html_of_edition(edition, language)).content),
            ]
            overview = list(coordinator.team())
            stages = [*of_team(coordinator), *analyst.progress("themes/coding/")]
            # Each figure of the overview stands in its stage too.
            assert len(overview) == 12
            assert {each.figure for each in overview} <= {each.figure for each in stages}
            known = [*overview, *stages]
            wrong += differences(told, public) + differences(known, exact)
            places += len(told) + len(known)
            figures |= {each.figure for each in [*told, *known]}
            behind = comments_behind(busy.project)
            for each in told:
                if each.figure[0] == "led by" and len(each.figure) == 2 and each.text.isdigit():
                    assert int(each.text) == behind.get(each.figure[1], 0), each
    assert not wrong, "\n".join(wrong)
    assert places >= 1500
    assert len(figures) >= 150
    print(f"{len(figures)} figures, {places} places")


def test_an_edition_keeps_its_figures_and_the_other_pages_go_on(
    busy: Story, client: Client
) -> None:
    busy.publish()
    before = in_words(figures_of_public(busy.project))
    first, second, *_more = Comment.objects.publishable().filter(engagement__title="Fair")
    withdraw_comment(comment=first, by=None)
    raise_concern(comment=second, by=busy.coordinator)
    now = in_words(figures_of_public(busy.project))
    assert now["comments",] != before["comments",]
    printer = Printer(busy.project, client)
    assert differences([*printer.front(), *printer.what_we_heard()], now) == []
    assert differences(of_edition(printer), before) == []
