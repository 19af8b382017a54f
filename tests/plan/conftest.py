"""What the plan's tests begin with."""

import pytest

from coproduction.projects.models import Project
from tests.beginnings import beginning
from tests.cast import make_project
from tests.copying import Original
from tests.plan.story import Story, make_story


@pytest.fixture(scope="session")
def first_story(made_once) -> Original[Story]:
    """The small plan, made once a session."""
    return made_once(lambda: make_story(make_project("bryn", "Bryn")))


@beginning
def story(project: Project) -> Story:
    """A small plan that nothing stands in the way of."""
    return make_story(project)
