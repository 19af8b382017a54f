"""No project may take an address that means something else."""

import pytest
from django.conf import settings

from coproduction.projects.queries.slugs import reserved_slugs
from coproduction.projects.services.project import ProjectAddressTaken, create_project
from tests.architecture.walk import ADDRESSES


def test_no_project_may_take_an_address_in_use(db: None, coordinator) -> None:
    """Derived here from the addresses themselves, not from the code that refuses."""
    in_use = {address.route.split("/")[0] for address in ADDRESSES}
    in_use = {segment for segment in in_use if segment and "<" not in segment}
    in_use |= {code for code, _name in settings.LANGUAGES} | {"static"}
    assert len(in_use) > 3
    assert in_use <= reserved_slugs()
    for slug in sorted(in_use):
        with pytest.raises(ProjectAddressTaken):
            create_project(slug=slug, place="Bryn", by=coordinator)
