"""Several coders at once: nobody's work is lost, nobody meets an error."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from coproduction.projects.audit import verify
from engagements.models import Comment
from tests.cast import make_member, make_person, make_project
from tests.themes.comments import make_comments
from tests.themes.conftest import make_book
from themes.models import Coding
from themes.services import codebook, coding


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Run acts in threads with connections of their own, begun together; return what failed."""
    failed: list[BaseException] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=20)
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "two writers wait for each other"
    return failed


@pytest.fixture
def table(transactional_db):
    """A project with its codebook, ten comments and two coders."""
    project = make_project("bryn", "Bryn")
    first = make_member(project, "analyst")
    second = make_person("second", "bryn")
    comments = make_comments(project, *[f"Comment {number}" for number in range(10)])
    return project, make_book(project, first), comments, first, second


def test_two_coders_code_the_same_comments_at_once(table) -> None:
    project, book, comments, first, second = table

    def code(user, codes):
        def act() -> None:
            for comment in Comment.objects.filter(project=project).order_by("pk"):
                coding.code_comment(comment=comment, codes=codes, by=user)

        return act

    failed = at_once(
        code(first, [book.parks, book.litter]), code(second, [book.litter, book.police])
    )
    assert not failed
    for comment in comments:
        codes = set(Coding.objects.filter(comment=comment).values_list("theme", flat=True))
        assert codes == {book.parks.pk, book.litter.pk, book.police.pk}
    assert Coding.objects.count() == 30
    assert verify(project).fault is None


def test_coding_while_the_code_is_merged_and_taken_apart(table) -> None:
    project, book, comments, first, second = table

    def code() -> None:
        for comment in Comment.objects.filter(project=project).order_by("pk"):
            coding.code_comment(comment=comment, codes=[book.litter], by=second)

    def merge() -> None:
        for _time in range(5):
            codebook.merge_themes(source=book.litter, into=book.parks, by=first)
            codebook.undo_merge(source=book.litter, by=first)

    assert not at_once(code, merge)
    carried = {
        comment.pk: set(
            Coding.objects.counted().filter(comment=comment).values_list("theme", flat=True)
        )
        for comment in comments
    }
    assert len(carried) == 10
    for codes in carried.values():
        assert codes in ({book.litter.pk}, {book.parks.pk})
    assert verify(project).fault is None
