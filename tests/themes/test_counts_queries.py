"""The queue, the counts and the thread from comment to theme."""

import pytest

from coproduction.projects.models import Role
from coproduction.projects.services import add_member
from engagements.models import Comment
from engagements.services.comment import correct_comment
from tests.cast import make_person
from tests.themes.comments import make_comments, make_questions
from themes.queries import counts, queue
from themes.services import codebook, coding

WITHHELD = ("withdrawn", "concern", "undone")


def withhold(comment, why="withdrawn") -> None:
    Comment.objects.filter(pk=comment.pk).update(withheld=why)


def test_the_queue_goes_on_from_a_place_and_begins_again_at_the_end(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[2], codes=[book.parks], by=analyst)
    one, two, _coded, four, five = comments
    assert queue.next_comments(project, after=0) == [one, two]
    assert queue.next_comments(project, after=two.pk) == [four, five]
    assert queue.next_comments(project, after=four.pk) == [five, one]
    assert queue.next_comments(project, after=five.pk, how_many=9) == [one, two, four, five]


def test_the_queue_can_be_of_one_question(project, comments) -> None:
    strength = make_comments(project, "The choir", kind="asset")[0]
    asset = make_questions(project)["asset"]
    assert queue.next_comments(project, after=0, question=asset.uuid) == [strength]
    assert queue.coding_progress(project, question=asset.uuid).total == 1


@pytest.mark.parametrize("why", WITHHELD)
def test_a_withheld_comment_leaves_queue_progress_and_counts(
    project, comments, book, analyst, why
) -> None:
    for comment in comments[:2]:
        coding.code_comment(comment=comment, codes=[book.parks], by=analyst)
    withhold(comments[0], why)
    withhold(comments[4], why)
    assert queue.next_comments(project, after=0, how_many=9) == comments[2:4]
    assert queue.coding_progress(project) == queue.CodingProgress(coded=1, total=3)
    assert counts.count_by_code(project)[book.parks.pk].total == 1
    assert counts.count_by_theme(project)[book.spaces.pk].total == 1
    assert list(counts.comments_of_theme(book.spaces)) == [comments[1]]
    comments[0].refresh_from_db()
    assert counts.themes_of_comments(comments) == {comments[1].pk: [book.spaces]}


def test_a_coder_goes_on_where_they_stopped_and_a_second_one_begins_elsewhere(
    project, comments, book, analyst
) -> None:
    second = make_person("second", project.slug)
    add_member(project=project, user=second, role=Role.ANALYST, by=analyst)
    assert queue.queue_position(project, analyst) == 0
    begins = queue.next_comments(project, after=queue.queue_position(project, second))[0]
    assert begins not in comments[:2]
    coding.code_comment(comment=comments[3], codes=[book.parks], by=analyst)
    assert queue.queue_position(project, analyst) == comments[3].pk


def test_an_empty_project_has_no_place(project, analyst) -> None:
    second = make_person("second", project.slug)
    add_member(project=project, user=second, role=Role.ANALYST, by=analyst)
    assert queue.queue_position(project, second) == 0
    assert queue.coding_progress(project) == queue.CodingProgress(coded=0, total=0)


def test_a_comment_counts_once_for_a_theme_however_many_of_its_codes_it_carries(
    project, comments, book, analyst
) -> None:
    strength = make_comments(project, "A lovely park", kind="asset")[0]
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    coding.code_comment(comment=comments[1], codes=[book.litter, book.traffic], by=analyst)
    coding.code_comment(comment=strength, codes=[book.parks, book.loose], by=analyst)
    questions = make_questions(project)
    themes = counts.count_by_theme(project)
    assert themes[book.spaces.pk].total == 3
    assert themes[book.spaces.pk].by_question == {
        questions["need"].pk: 2,
        questions["asset"].pk: 1,
    }
    assert themes[book.safety.pk].total == 1
    codes = counts.count_by_code(project)
    assert [codes[code.pk].total for code in (book.parks, book.litter, book.traffic)] == [2, 2, 1]
    assert codes[book.police.pk].total == 0


def test_another_projects_comments_are_never_counted(
    project, other_project, comments, book, analyst
) -> None:
    make_comments(other_project, "Ours")
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert queue.coding_progress(other_project) == queue.CodingProgress(coded=0, total=1)
    assert not counts.count_by_code(other_project)
    assert not counts.count_by_theme(other_project)


def test_the_thread_from_a_comment_names_each_theme_once(project, comments, book, analyst) -> None:
    coding.code_comment(
        comment=comments[0], codes=[book.parks, book.litter, book.police, book.loose], by=analyst
    )
    assert counts.themes_of_comments(comments[:2]) == {comments[0].pk: [book.spaces, book.safety]}
    on_it = counts.codes_of_comments(comments[:1])[comments[0].pk]
    assert on_it == [book.parks, book.litter, book.police, book.loose]
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    assert counts.themes_of_comments(comments[:1]) == {comments[0].pk: [book.spaces]}


def test_a_comment_put_under_another_question_counts_there(
    project, comments, book, analyst, coordinator
) -> None:
    """Codings keep a copy of the question; the copy of one put right since is not believed."""
    for comment in comments[:2]:
        coding.code_comment(comment=comment, codes=[book.parks], by=analyst)
    asset, before = make_questions(project)["asset"], comments[0].question
    correct_comment(
        comment=comments[0],
        question=asset,
        descriptor="",
        quote_consent=comments[0].submission.quote_consent,
        language=comments[0].language,
        by=coordinator,
    )
    expected = {before.pk: 1, asset.pk: 1}
    assert counts.count_by_code(project)[book.parks.pk] == counts.CommentCounts(2, expected)
    assert counts.count_by_theme(project)[book.spaces.pk] == counts.CommentCounts(2, expected)
    whole, codes = counts.count_under(book.spaces)
    assert (whole.by_question, codes[book.parks.pk].by_question) == (expected, expected)
