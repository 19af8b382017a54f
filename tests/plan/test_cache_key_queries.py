"""The key of kept pages: it moves with every change, and with every release."""

import pytest
from django.core.cache import cache

from coproduction.projects.models import Project
from plan.queries import cache_key
from plan.queries.cache_key import known_key, project_version, release_fingerprint, remember_key

pytestmark = pytest.mark.django_db


def test_what_an_earlier_release_remembered_is_not_believed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis outlives a release that mends a page: the page has to be drawn anew."""
    cache.clear()
    before = project_version(project.slug)
    assert release_fingerprint() in before
    remember_key(before, "key")
    assert known_key(project_version(project.slug)) == "key"
    monkeypatch.setattr(cache_key, "release_fingerprint", lambda: "next")
    assert known_key(project_version(project.slug)) is None
