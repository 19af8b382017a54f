"""Every figure of theming: comments of each theme and code, what is done, what the public reads."""

import pytest

from engagements.models import Comment
from engagements.services.comment import correct_comment
from tests.themes.comments import make_comments, make_engagement, make_questions
from themes.models import Theme
from themes.queries import coding as coded
from themes.queries import counts, queue
from themes.services import coding
from themes.services.finding import write_finding

WITHHELD = ("withdrawn", "concern", "undone")


def withhold(comment, why="withdrawn") -> None:
    Comment.objects.filter(pk=comment.pk).update(withheld=why)


@pytest.mark.parametrize("why", WITHHELD)
def test_a_withheld_comment_leaves_queue_progress_and_counts(
    project, comments, book, analyst, why
) -> None:
    for comment in comments[:2]:
        coding.code_comment(comment=comment, codes=[book.parks], by=analyst)
    withhold(comments[0], why)
    withhold(comments[4], why)
    assert queue.next_comments(project, coder=analyst, after=0, how_many=9) == comments[2:4]
    assert counts.coding_progress(project) == counts.CodingProgress(coded=1, total=3)
    assert counts.count_by_theme(project)[book.parks.pk].total == 1
    assert counts.count_by_theme(project)[book.spaces.pk].total == 1
    assert list(coded.comments_of_theme(book.spaces)) == [comments[1]]
    comments[0].refresh_from_db()
    assert coded.themes_of_comments(comments) == {comments[1].pk: [book.spaces]}


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
    codes = counts.count_by_theme(project)
    assert [codes[code.pk].total for code in (book.parks, book.litter, book.traffic)] == [2, 2, 1]
    assert codes[book.police.pk].total == 0


def test_another_projects_comments_are_never_counted(
    project, other_project, comments, book, analyst
) -> None:
    make_comments(other_project, "Ours")
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert counts.coding_progress(other_project) == counts.CodingProgress(coded=0, total=1)
    assert not counts.count_by_theme(other_project)


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
        quote_consent=comments[0].quote_consent,
        language=comments[0].language,
        by=coordinator,
    )
    expected = {before.pk: 1, asset.pk: 1}
    assert counts.count_by_theme(project)[book.parks.pk] == counts.CommentCounts(2, expected)
    assert counts.count_by_theme(project)[book.spaces.pk] == counts.CommentCounts(2, expected)


def test_how_far_the_theming_has_come_is_counted(project, comments, book, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    write_finding(theme=book.spaces, text={"en": "More green."}, by=analyst)
    current = Theme.objects.of(project).current()
    themes = current.filter(kind=Theme.Kind.THEME).count()
    assert counts.theming_totals(project) == counts.ThemingTotals(
        themes=themes, codes=current.count() - themes, uncoded=len(comments) - 1, findings=1
    )


def test_one_engagement_is_counted_apart(project, book, analyst, client_of, at) -> None:
    here = make_engagement(project, "Fun day")
    said_here = make_comments(project, "A slide", "A pond", engagement=here)
    elsewhere = make_comments(project, "A bench")
    for comment in (*said_here, *elsewhere):
        coding.code_comment(comment=comment, codes=[book.parks, book.litter], by=analyst)
    need = elsewhere[0].question
    of_one = counts.count_by_theme(project, engagement=here)
    assert of_one[book.spaces.pk] == of_one[book.parks.pk]
    assert of_one[book.parks.pk] == counts.CommentCounts(2, {need.pk: 2})
    assert counts.count_by_theme(project)[book.spaces.pk].total == 3
    page = client_of(analyst).get(f"{at('theme_counts')}?engagement={here.uuid}")
    assert page.context["themes"][0]["total"] == 2
    assert "Fun day" in page.content.decode()
    for nonsense in ("nothing", str(book.spaces.uuid)):
        page = client_of(analyst).get(f"{at('theme_counts')}?engagement={nonsense}")
        assert page.context["themes"][0]["total"] == 3
