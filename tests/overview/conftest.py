"""What tests of overview can ask for."""

from tests.overview.archives import decided_archive
from tests.plan.conftest import story

__all__ = ["decided_archive", "story"]
