"""Which comments carry which codes."""

from themes.queries.coding import codes_of_comments, themes_of_comments
from themes.services import codebook, coding


def test_the_thread_from_a_comment_names_each_theme_once(project, comments, book, analyst) -> None:
    coding.code_comment(
        comment=comments[0], codes=[book.parks, book.litter, book.police, book.loose], by=analyst
    )
    assert themes_of_comments(comments[:2]) == {comments[0].pk: [book.spaces, book.safety]}
    on_it = codes_of_comments(comments[:1])[comments[0].pk]
    assert on_it == [book.parks, book.litter, book.police, book.loose]
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    assert themes_of_comments(comments[:1]) == {comments[0].pk: [book.spaces]}
