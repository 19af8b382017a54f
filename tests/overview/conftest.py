"""What tests of overview can ask for."""

from tests.overview.archives import decided_archive

__all__ = ["decided_archive"]
