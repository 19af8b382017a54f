"""Bringing a file in while the place where files are kept can't be reached: not now, in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from coproduction.projects.models import User
from engagements.models import Engagement, ImportBatch

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@contextmanager
def in_the_way(folder: Path) -> Iterator[None]:
    """Have a file where the folder was: nothing can be put in it or read, by anybody."""
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")
    try:
        yield
    finally:
        folder.unlink()
        folder.with_name("away").rename(folder)


@pytest.fixture
def hers(client_of: Callable[[User], Client], coordinator: User) -> Client:
    """Sign the coordinator in."""
    return client_of(coordinator)


def url(name: str, engagement: Engagement, batch: ImportBatch | None = None) -> str:
    """Return an address of imports."""
    uuid = batch.uuid if batch else engagement.uuid
    return reverse(f"engagements:{name}", kwargs={"project": "bryn", "uuid": uuid})


def test_a_file_that_can_not_be_kept_now_is_not_taken_in(
    hers: Client, engagement: Engagement, files: Path
) -> None:
    notes = BytesIO(b"comment\nMore benches\n")
    notes.name = "notes.csv"
    with in_the_way(files):
        answer = hers.post(url("import_start", engagement), {"file": notes})
    assert answer.status_code == 503
    assert "get at our files just now" in answer.content.decode()
    assert not ImportBatch.objects.exists()
    notes.seek(0)
    assert hers.post(url("import_start", engagement), {"file": notes}).status_code == 302


@pytest.mark.parametrize("missing", [False, True])
def test_a_file_that_can_not_be_read_now_is_not_called_gone(
    hers: Client,
    engagement: Engagement,
    files: Path,
    take_in: Callable[..., ImportBatch],
    missing: bool,
) -> None:
    batch = take_in("comment\nMore benches\n")
    with in_the_way(files):
        if missing:
            files.unlink()
        page = hers.get(url("import_map", engagement, batch), follow=True).content.decode()
        files.touch()
    assert "get at our files just now" in page
    assert hers.get(url("import_map", engagement, batch)).status_code == 200
