"""The queue of comments waiting for a code: what comes next, and where a coder goes on."""

from coproduction.projects.models import Role
from coproduction.projects.services.membership import add_member
from engagements.models import Comment
from tests.cast import make_person
from tests.themes.comments import make_comments, make_questions
from themes.queries import counts, queue
from themes.services import coding


def test_the_queue_goes_on_from_a_place_and_begins_again_at_the_end(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[2], codes=[book.parks], by=analyst)
    one, two, _coded, four, five = comments

    def after(key: int, **more: int) -> list[Comment]:
        return queue.next_comments(project, coder=analyst, after=key, **more)

    assert after(0) == [one, two]
    assert after(two.pk) == [four, five]
    assert after(four.pk) == [five, one]
    assert after(five.pk, how_many=9) == [one, two, four, five]


def test_the_queue_can_be_of_one_question(project, comments, analyst) -> None:
    strength = make_comments(project, "The choir", kind="asset")[0]
    asset = make_questions(project)["asset"]
    assert queue.next_comments(project, coder=analyst, after=0, question=asset.uuid) == [strength]
    assert counts.coding_progress(project, question=asset.uuid).total == 1


def test_a_coder_goes_on_where_they_stopped_and_a_second_one_begins_elsewhere(
    project, comments, book, analyst
) -> None:
    second = make_person("second", project.slug)
    add_member(project=project, user=second, role=Role.ANALYST, by=analyst)
    assert queue.queue_position(project, analyst) == 0
    begins = queue.next_comments(
        project, coder=analyst, after=queue.queue_position(project, second)
    )[0]
    assert begins not in comments[:2]
    coding.code_comment(comment=comments[3], codes=[book.parks], by=analyst)
    assert queue.queue_position(project, analyst) == comments[3].pk


def test_an_empty_project_has_no_place(project, analyst) -> None:
    second = make_person("second", project.slug)
    add_member(project=project, user=second, role=Role.ANALYST, by=analyst)
    assert queue.queue_position(project, second) == 0
    assert counts.coding_progress(project) == counts.CodingProgress(coded=0, total=0)
