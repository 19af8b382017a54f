"""What the plan's tests begin with."""

import pytest

from coproduction.projects.models import Project
from tests.cast import make_project
from tests.copying import Original
from tests.plan.story import Story, make_story


@pytest.fixture(scope="session")
def first_story(made_once) -> Original[Story]:
    """The small plan, made once a session."""
    return made_once(lambda: make_story(make_project("bryn", "Bryn")))


@pytest.fixture
def story(db: None, first_story: Original[Story]) -> Story:
    """A small plan that nothing stands in the way of."""
    return first_story.copy()


@pytest.fixture
def project(request: pytest.FixtureRequest, db: None) -> Project:
    """The story's project, in a test that has a story; else Bryn with nothing in it."""
    if "story" in request.fixturenames:
        return request.getfixturevalue("story").project
    return make_project("bryn", "Bryn")
