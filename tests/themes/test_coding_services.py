"""Putting codes on comments and taking them off."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.models import Comment
from tests.cast import make_member, make_person, make_project
from tests.themes.comments import make_comments, uncoded_comments
from tests.themes.conftest import make_book
from themes.models import Coding
from themes.queries.counts import count_by_theme
from themes.services import codebook, coding


def codes_on(comment) -> set[str]:
    rows = Coding.objects.counted().filter(comment=comment).select_related("theme")
    return {str(row.theme) for row in rows}


def recode(comment, add, remove, by) -> coding.CodingResult:
    return coding.change_codes(
        project=comment.project,
        comment=comment.pk,
        add=[code.uuid for code in add],
        remove=[code.uuid for code in remove],
        by=by,
    )


def undo(comment, done, by) -> coding.CodingResult:
    return coding.undo_coding(
        project=comment.project,
        comment=comment.pk,
        added=[code.uuid for code in done.added],
        removed=[code.uuid for code in done.removed],
        by=by,
    )


@pytest.fixture
def second(project):
    """Another coder, Bethan."""
    return make_person("second", project.slug)


def test_a_comment_may_carry_several_codes(comments, book, analyst) -> None:
    done = coding.code_comment(comment=comments[0], codes=[book.parks, book.police], by=analyst)
    assert done.added == [book.parks, book.police]
    assert codes_on(comments[0]) == {"Parks", "Police"}
    row = Coding.objects.filter(comment=comments[0]).first()
    assert (row.project, row.engagement_id, row.question_id, row.by) == (
        comments[0].project,
        comments[0].engagement_id,
        comments[0].question_id,
        analyst,
    )


def test_coding_adds_and_never_takes_away(comments, book, analyst, second) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    done = coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=second)
    assert (done.added, done.already) == ([book.litter], [book.parks])
    assert codes_on(comments[0]) == {"Parks", "Litter"}


def test_the_database_itself_refuses_a_coding_twice(comments, book, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    row = Coding.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_coding_one_comment_takes_few_queries(comments, book, analyst, count_queries) -> None:
    comment = Comment.objects.select_related("project").get(pk=comments[0].pk)
    with count_queries() as seen:
        coding.code_comment(comment=comment, codes=[book.parks, book.litter], by=analyst)
    asked = [
        query["sql"]
        for query in seen.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(asked) <= 6, "\n".join(asked)


def test_choosing_nothing_is_refused(comments, analyst) -> None:
    with pytest.raises(coding.NoCodeChosen):
        coding.code_comment(comment=comments[0], codes=[], by=analyst)


def test_themes_and_other_projects_codes_are_refused(
    comments, book, analyst, other_project, other_coordinator
) -> None:
    theirs = codebook.add_code(
        project=other_project, parent=None, name={"en": "Theirs"}, by=other_coordinator
    )
    for wrong in (book.spaces, theirs):
        with pytest.raises(coding.UnknownCode):
            coding.code_comment(comment=comments[0], codes=[book.parks, wrong], by=analyst)
    assert not Coding.objects.exists()


@pytest.mark.parametrize("withheld", ["withdrawn", "concern", "undone"])
def test_a_withheld_comment_is_refused(comments, book, analyst, withheld) -> None:
    Comment.objects.filter(pk=comments[0].pk).update(withheld=withheld)
    with pytest.raises(coding.CommentWithheld):
        coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    with pytest.raises(coding.CommentWithheld):
        recode(comments[0], [book.parks], [], analyst)
    assert not Coding.objects.exists()


def test_a_code_merged_since_stands_for_what_it_was_merged_into(comments, book, analyst) -> None:
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    codebook.merge_themes(source=book.parks, into=book.loose, by=analyst)
    done = coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    assert done.added == [book.loose]
    assert codes_on(comments[0]) == {"Something else"}


def test_uncoding_puts_a_comment_back_in_the_queue(project, comments, book, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert comments[0] not in uncoded_comments(project)
    done = coding.uncode_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert done.removed == [book.parks]
    assert comments[0] in uncoded_comments(project)


def test_uncoding_what_is_not_there_records_nothing(comments, book, analyst) -> None:
    before = AuditEntry.objects.count()
    done = coding.uncode_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert done.removed == []
    assert AuditEntry.objects.count() == before


def test_uncoding_a_merged_code_takes_its_hidden_duplicate_too(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    coding.uncode_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert comments[0] in uncoded_comments(project)
    codebook.undo_merge(source=book.litter, by=analyst)
    assert codes_on(comments[0]) == set()


def test_undo_takes_back_what_one_person_did(comments, book, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    done = coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    undo(comments[0], done, analyst)
    assert codes_on(comments[0]) == {"Parks"}


def test_undo_leaves_what_somebody_else_has_said_since(comments, book, analyst, second) -> None:
    mine = coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    coding.code_comment(comment=comments[0], codes=[book.parks], by=second)
    done = undo(comments[0], mine, analyst)
    assert done.removed == [book.litter]
    assert codes_on(comments[0]) == {"Parks"}


def test_undo_puts_back_what_was_taken_off(comments, book, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    done = recode(comments[0], [book.litter], [book.parks], analyst)
    undo(comments[0], done, analyst)
    assert codes_on(comments[0]) == {"Parks"}


def test_recoding_leaves_what_somebody_else_added_meanwhile(
    comments, book, analyst, second
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    coding.code_comment(comment=comments[0], codes=[book.police], by=second)
    recode(comments[0], [book.litter], [book.parks], analyst)
    assert codes_on(comments[0]) == {"Litter", "Police"}


def test_undo_after_a_merge_still_undoes(comments, book, analyst) -> None:
    mine = coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    undo(comments[0], mine, analyst)
    assert codes_on(comments[0]) == set()


def test_many_at_once_are_one_entry_and_pass_over_what_is_there_or_withheld(
    project, book, analyst
) -> None:
    many = make_comments(project, *[f"Comment {number}" for number in range(30)])
    coding.code_comment(comment=many[0], codes=[book.parks], by=analyst)
    Comment.objects.filter(pk=many[1].pk).update(withheld="withdrawn")
    before = AuditEntry.objects.count()
    pairs = [(comment, book.parks) for comment in many] + [(many[2], book.litter)] * 2
    assert coding.code_comments(project=project, pairs=pairs, by=analyst) == 29
    assert AuditEntry.objects.count() == before + 1
    tallies = count_by_theme(project)
    assert (tallies[book.parks.pk].total, tallies[book.litter.pk].total) == (29, 1)


def test_many_at_once_refuses_all_for_one_unknown_code(project, comments, book, analyst) -> None:
    pairs = [(comments[0], book.parks), (comments[1], book.spaces)]
    with pytest.raises(coding.UnknownCode):
        coding.code_comments(project=project, pairs=pairs, by=analyst)
    assert not Coding.objects.exists()


def test_many_at_once_does_not_touch_another_projects_comments(
    project, other_project, book, analyst
) -> None:
    theirs = make_comments(other_project, "Ours alone")
    assert coding.code_comments(project=project, pairs=[(theirs[0], book.parks)], by=analyst) == 0
    assert not Coding.objects.exists()


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
