"""The comments an action could cite, where no words narrow them: paged by key, never counted."""

import pytest

from engagements.models import Comment, Question
from engagements.services.withholding import withdraw_comment
from tests.workshops.material import at, make_action, make_coding, make_comment, make_theme
from themes.models import Coding
from workshops.queries.evidence import comments_to_cite
from workshops.services.evidence import cite_evidence
from workshops.views import evidence as views


@pytest.fixture
def three_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages of three."""
    monkeypatch.setattr(views, "PER_PAGE", 3)


def test_the_number_beside_the_list_is_that_of_its_rows(project, facilitator) -> None:
    theme = make_theme(project)
    swings, slides = (make_theme(project, name, parent=theme) for name in ("Swings", "Slides"))
    said = [
        make_comment(project, f"Words {number}", question=("need", "asset")[number % 2])
        for number in range(9)
    ]
    for number, comment in enumerate(said[:7]):
        make_coding(comment, swings, facilitator)
        if number < 3:
            make_coding(comment, slides, facilitator)
    withdraw_comment(comment=said[0], by=facilitator)
    action = make_action(project, theme=theme)
    # Those of no code, and what is withdrawn after it was cited, count nowhere.
    cite_evidence(action=action, comments=[said[1], said[2], said[8]], by=facilitator)
    withdraw_comment(comment=said[2], by=facilitator)
    compared = 0
    for label in (None, theme, swings, slides):
        for question in (None, *Question.objects.of(project)):
            found = comments_to_cite(action, theme=label, question=question)
            rows = [
                each.pk
                for each in Comment.objects.of(project).visible().exclude(pk=said[1].pk)
                if each.pk != said[8].pk
                and question in (None, each.question)
                and (label is None or {label, *label.children.all()} & codes_of(each))
            ]
            assert found.count == len(rows)
            assert found.keys(99, newest_first=False) == rows
            assert found.keys(2, newest_first=True) == rows[::-1][:2]
            assert [each.pk for each in found.rows] == rows
            if len(rows) > 1:
                assert found.keys(99, newest_first=False, beyond=rows[0]) == rows[1:]
                assert found.keys(99, newest_first=True, beyond=rows[1]) == rows[:1]
            compared += len(rows)
    assert compared > 20


def codes_of(comment: Comment) -> set[object]:
    """Return the codes that a comment carries."""
    return {coding.theme for coding in Coding.objects.filter(comment=comment)}


@pytest.mark.usefixtures("three_a_page")
def test_every_page_is_reached_by_key_and_no_comment_is_counted(
    client, project, facilitator, django_assert_max_num_queries
) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    said = [make_comment(project, f"Words {number}") for number in range(7)]
    for comment in said:
        make_coding(comment, code, facilitator)
    action = make_action(project, theme=theme)
    url, seen, place = at("evidence_choose", project, uuid=action.uuid), [], ""
    while place is not None:
        with django_assert_max_num_queries(15) as asked:
            page = client.get(url, {"page": place}).context["page"]
        seen += [comment.pk for comment in page]
        assert page.count == 7
        place = page.next_place if page.has_next else None
        counting = [
            each["sql"] for each in asked.captured_queries if "COUNT(" in each["sql"].upper()
        ]
        # Of what is cited already, and so few.
        assert all("workshops_evidence" in sql for sql in counting)
    assert seen == [comment.pk for comment in said]


@pytest.mark.usefixtures("three_a_page")
def test_the_list_costs_the_same_for_many(
    assert_same_queries, client, project, facilitator
) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    action = make_action(project, theme=theme)

    def make(number: int) -> None:
        make_coding(make_comment(project, f"Words {number}"), code, facilitator)

    for number in range(4):
        make(10 + number)
    address = at("evidence_choose", project, uuid=action.uuid)
    assert_same_queries(client, address, make, limit=15)
