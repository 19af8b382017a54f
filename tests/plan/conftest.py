"""What the plan's tests begin with."""

import pytest

from coproduction.projects.models import Project
from tests.plan.story import Story, make_story


@pytest.fixture
def story(project: Project) -> Story:
    """A small plan that nothing stands in the way of."""
    return make_story(project)
