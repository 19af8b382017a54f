"""A code on many comments at once, off them, or moved: counted, passed over, undone days later."""

from collections import Counter

import pytest

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.trail.verification import verify
from engagements.models import Comment
from engagements.queries.bulk_change import state_of_list
from engagements.services.bulk_change import CommentsShown
from engagements.services.withholding import withdraw_comment
from tests.themes.comments import make_comments
from themes.models import BulkCodedComment, BulkCoding, Coding, Theme
from themes.queries.coded_selection import CodedSelection
from themes.queries.counts import count_by_theme
from themes.services import bulk_coding, codebook, coding
from themes.services.bulk_coding import (
    CodingUndone,
    NothingToCode,
    SameCode,
    code_many,
    undo_code_many,
)
from themes.services.coding import UnknownCode
from themes.tasks import code_listed_comments, uncode_listed_comments

pytestmark = pytest.mark.django_db


def those(project, comments: list[Comment]) -> CommentsShown:
    """Mean comments that were ticked on a page drawn now."""
    return CommentsShown(**state_of_list(project), ticked=[each.pk for each in comments])


def everything(project, **narrowed) -> CommentsShown:
    """Mean all that match, on a page drawn now."""
    return CommentsShown(**state_of_list(project), which=CodedSelection(**narrowed))


def carried(comments) -> list[set[str]]:
    """Return the names of the codes that each comment carries."""
    rows = Coding.objects.filter(comment__in=comments, theme__merged_into=None)
    found: dict[int, set[str]] = {each.pk: set() for each in comments}
    for row in rows.select_related("theme"):
        found[row.comment_id].add(str(row.theme))
    return [found[each.pk] for each in comments]


def codings() -> Counter:
    """Return every coding, with what an undo has to bring back."""
    return Counter(Coding.objects.values_list("comment", "theme", "first_theme", "by", "at"))


def total(project, code: Theme) -> int:
    """Count the comments of a code."""
    return count_by_theme(project)[code.pk].total


def test_a_code_is_put_on_those_that_do_not_carry_it(project, book, comments, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.police], by=analyst)
    before = codings()
    bulk = code_many(
        project=project, shown=those(project, comments), put=book.parks, taken=None, by=analyst
    )
    assert (bulk.changed, bulk.same, bulk.is_finished) == (4, 1, True)
    assert carried(comments) == [{"Parks", "Police"}, *[{"Parks"}] * 4]
    assert total(project, book.parks) == 5
    undone = undo_code_many(bulk=bulk, by=analyst)
    assert (undone.put_back, undone.stayed) == (4, 0)
    assert codings() == before
    assert total(project, book.parks) == 1
    assert verify(project).fault is None
    with pytest.raises(CodingUndone):
        undo_code_many(bulk=bulk, by=analyst)


def test_a_code_comes_off_with_what_was_merged_into_it_and_comes_back_as_it_was(
    project, book, comments, analyst, coordinator
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    coding.code_comment(comment=comments[1], codes=[book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    before = codings()
    bulk = code_many(
        project=project, shown=those(project, comments), put=None, taken=book.parks, by=analyst
    )
    assert (bulk.changed, bulk.same) == (2, 3)
    assert not Coding.objects.exists()
    undo_code_many(bulk=bulk, by=analyst)
    assert codings() == before
    codebook.undo_merge(source=Theme.objects.get(pk=book.litter.pk), by=analyst)
    assert carried(comments)[:2] == [{"Parks", "Litter"}, {"Litter"}]


def test_those_that_carry_a_code_are_moved_to_another(project, book, comments, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    coding.code_comment(comment=comments[1], codes=[book.parks, book.police], by=analyst)
    before = codings()
    bulk = code_many(
        project=project,
        shown=those(project, comments),
        put=book.police,
        taken=book.parks,
        by=analyst,
    )
    assert (bulk.changed, bulk.same) == (2, 3)
    assert carried(comments)[:3] == [{"Police"}, {"Police"}, set()]
    undo_code_many(bulk=bulk, by=analyst)
    assert codings() == before


def test_what_somebody_else_said_since_stays(project, book, comments, analyst, coordinator) -> None:
    bulk = code_many(
        project=project, shown=those(project, comments), put=book.parks, taken=None, by=analyst
    )
    coding.code_comment(comment=comments[0], codes=[book.parks], by=coordinator)
    coding.uncode_comment(comment=comments[1], codes=[book.parks], by=coordinator)
    undone = undo_code_many(bulk=bulk, by=analyst)
    assert (undone.put_back, undone.stayed) == (3, 2)
    assert carried(comments) == [{"Parks"}, set(), set(), set(), set()]


def test_it_is_undone_though_the_code_was_merged_since(project, book, comments, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    bulk = code_many(
        project=project, shown=those(project, comments), put=book.parks, taken=None, by=analyst
    )
    codebook.merge_themes(source=book.parks, into=book.litter, by=analyst)
    assert total(project, book.litter) == 5
    undo_code_many(bulk=bulk, by=analyst)
    assert total(project, book.litter) == 1
    again = code_many(
        project=project, shown=those(project, comments), put=book.parks, taken=None, by=analyst
    )
    # What it was merged into stands for it.
    assert again.put == book.litter


def test_comments_out_of_sight_and_of_other_projects_are_passed_over(
    project, book, comments, analyst, coordinator, other_project
) -> None:
    withdraw_comment(comment=comments[0], by=coordinator)
    theirs = make_comments(other_project, "Not ours")
    bulk = code_many(
        project=project,
        shown=those(project, [*comments, *theirs]),
        put=book.parks,
        taken=None,
        by=analyst,
    )
    assert bulk.changed == 4
    assert not Coding.objects.filter(comment__in=[comments[0], *theirs]).exists()


def test_what_cannot_be_is_refused_and_leaves_nothing(
    project, book, comments, analyst, other_project
) -> None:
    shown = those(project, comments)
    with pytest.raises(SameCode):
        code_many(project=project, shown=shown, put=book.parks, taken=book.parks, by=analyst)
    with pytest.raises(NothingToCode):
        code_many(project=project, shown=shown, put=None, taken=book.parks, by=analyst)
    with pytest.raises(UnknownCode):
        code_many(project=project, shown=shown, put=book.spaces, taken=None, by=analyst)
    foreign = codebook.add_code(
        project=other_project, parent=None, name={"en": "Theirs"}, by=analyst
    )
    with pytest.raises(UnknownCode):
        code_many(project=project, shown=shown, put=foreign, taken=None, by=analyst)
    assert not BulkCoding.objects.exists()
    assert not BulkCodedComment.objects.exists()


def test_many_are_coded_and_put_back_by_jobs_that_can_be_begun_again(
    project, book, analyst, monkeypatch
) -> None:
    monkeypatch.setattr(bulk_coding, "MOST_AT_ONCE", 4)
    many = make_comments(project, *(f"Bus {n}" for n in range(11)), "A park")
    shown = everything(project, words="bus", coded="no")
    bulk = code_many(project=project, shown=shown, put=book.traffic, taken=None, by=analyst)
    assert (bulk.is_under_way, bulk.selection != {}) == (True, True)
    assert run(code_listed_comments, job=bulk.job)
    bulk.refresh_from_db()
    assert (bulk.changed, bulk.is_finished, bulk.selection) == (11, True, {})
    assert carried(many) == [{"Traffic"}] * 11 + [set()]
    bulk_coding.run_bulk_coding(bulk=bulk)
    assert Coding.objects.count() == 11
    undo_code_many(bulk=bulk, by=analyst)
    assert bulk.is_under_way
    assert run(uncode_listed_comments, job=bulk.job)
    bulk.refresh_from_db()
    assert (bulk.put_back, bulk.stayed, bulk.is_under_way) == (11, 0, False)
    assert not Coding.objects.exists()
    assert Job.objects.filter(task__startswith="themes.").count() == 2


def test_as_many_statements_for_three_as_for_one(
    project, book, comments, analyst, count_queries
) -> None:
    asked = []
    for some in (comments[:1], comments[1:4]):
        shown = those(project, some)
        with count_queries() as seen:
            bulk = code_many(project=project, shown=shown, put=book.parks, taken=None, by=analyst)
        with count_queries() as seen_undo:
            undo_code_many(bulk=bulk, by=analyst)
        asked.append((len(seen), len(seen_undo)))
    assert asked[0] == asked[1], asked
