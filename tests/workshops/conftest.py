"""Who opens the pages of the workshops, and a workshop to open."""

import pytest

from tests.workshops.material import make_workshop


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def workshop(project):
    """A workshop with two tables."""
    return make_workshop(project)
