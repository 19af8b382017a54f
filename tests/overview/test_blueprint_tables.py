"""Every model says whether a new project begins with it: held against the list of what is kept."""

import pytest
from django.apps import apps

from coproduction.kept import Kept, Whose
from coproduction.projects.models.retention import PERIODS
from overview.blueprint.groups import BlueprintGroup
from overview.blueprint.tables import COMES, OWN, STAYS
from overview.kept import EVERYTHING
from plan.services.section import ABOUT_THE_WAY

ROWS = {each.model: each for each in EVERYTHING if isinstance(each, Kept)}


def columns_of(label: str) -> set[str]:
    """Return the names of a model's columns."""
    return {field.name for field in apps.get_model(label)._meta.concrete_fields}


def test_every_model_of_a_project_says_whether_it_comes_along_and_no_other_does() -> None:
    of_projects = {label for label, kept in ROWS.items() if kept.through}
    assert COMES.keys() & STAYS.keys() == set()
    assert COMES.keys() | STAYS.keys() == of_projects
    assert all(STAYS.values())


@pytest.mark.parametrize("label", sorted(COMES))
def test_of_what_comes_along_every_column_is_named_once(label: str) -> None:
    comes = COMES[label]
    named = [*comes.columns, *comes.stays]
    assert len(named) == len(set(named))
    assert set(named) == columns_of(label) - OWN
    assert all(comes.stays.values())


@pytest.mark.parametrize("label", sorted(COMES))
def test_nothing_private_and_nobody_comes_along(label: str) -> None:
    kept, comes = ROWS[label], COMES[label]
    assert comes.columns & {*kept.private, *kept.who} == set()
    # Minutes are about members, their agenda is not: of all else whole rows are the project's.
    assert kept.whose is Whose.PROJECT or label == "steering.Meeting"


def test_every_group_has_something_and_every_kind_but_the_project_has_a_group() -> None:
    assert {comes.group for comes in COMES.values()} == {None, *BlueprintGroup}
    assert [label for label, comes in COMES.items() if comes.group is None] == ["projects.Project"]
    assert COMES["projects.Retention"].columns == set(PERIODS)


def test_of_the_plans_texts_those_come_along_that_name_nobody() -> None:
    assert set(ABOUT_THE_WAY) == {"how_we_listened", "how_we_decided", "what_happens_next"}
