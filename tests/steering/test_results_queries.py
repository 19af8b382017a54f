"""The thread forwards: where actions stand, and what came of comments, themes and workshops."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.models import Comment, Withheld
from steering.queries.results import results_of_comment, results_of_theme, results_of_workshop
from steering.services.commitment import record_commitment
from tests.steering.group import agree, make_wording
from tests.steering.test_round_views import url
from tests.workshops.material import make_coding, make_comment, make_theme, make_workshop
from themes.models import Theme
from workshops.models import Action, Wording, Workshop
from workshops.services.action import move_action
from workshops.services.evidence import cite_evidence


def _text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def code(wording: Wording, project: Project) -> Theme:
    """A code under the action's theme."""
    return make_theme(project, "Swings", parent=wording.action.theme)


@pytest.fixture
def comment(wording: Wording, code: Theme, project: Project, chair: User) -> Comment:
    """A comment that the action rests on, with a code."""
    said = make_comment(project, "The swings are broken.")
    make_coding(said, code, chair)
    cite_evidence(action=wording.action, comments=[said], by=chair)
    return said


@pytest.fixture
def workshop(wording: Wording, project: Project, chair: User) -> Workshop:
    """The workshop that the action was designed at."""
    held = make_workshop(project, theme=wording.action.theme)
    move_action(action=wording.action, theme=wording.action.theme, workshop=held, by=chair)
    return held


def _numbers(came) -> list[int]:
    return [stands.action.number for stands in came.actions]


def test_a_comment_leads_to_its_codes_and_the_actions_that_cite_it(
    project, wording, comment, code, chair
) -> None:
    make_wording(project, chair, title="More bins")
    came = results_of_comment(comment)
    assert (came.codes, _numbers(came), came.counts.agreed) == ([code], [1], 0)
    assert _numbers(results_of_comment(make_comment(project, "Dogs."))) == []


def test_a_theme_leads_to_its_workshops_and_actions_and_those_of_what_was_merged_into_it(
    project, wording, comment, workshop, code, chair
) -> None:
    other = make_theme(project, "Dogs")
    came = results_of_theme(wording.action.theme)
    assert (came.workshops, _numbers(came)) == ([workshop], [1])
    assert _numbers(results_of_theme(other)) == []
    wording.action.theme.merged_into = other
    wording.action.theme.save()
    assert _numbers(results_of_theme(other)) == [1]


def test_a_code_leads_to_the_actions_that_cite_its_comments(
    project, wording, comment, code
) -> None:
    assert _numbers(results_of_theme(code)) == [1]
    assert (
        _numbers(results_of_theme(make_theme(project, "Slides", parent=wording.action.theme))) == []
    )


def test_a_workshop_leads_to_its_actions_and_counts_what_the_group_made_of_them(
    seats, wording, workshop, chair
) -> None:
    came = results_of_workshop(workshop)
    assert (_numbers(came), came.counts.agreed, came.counts.committed) == ([1], 0, 0)
    agree(wording, chair)
    today = timezone.localdate()
    record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    came = results_of_workshop(workshop)
    assert (came.counts.agreed, came.counts.committed) == (1, 1)


def test_what_is_withheld_leads_nowhere(project, wording, comment, coordinator, client_of) -> None:
    takes = {"uuid": comment.submission.uuid, "position": comment.position}
    client = client_of(coordinator)
    assert client.get(url("comment_results", **takes)).status_code == 200
    Comment.objects.filter(pk=comment.pk).update(withheld=Withheld.WITHDRAWN)
    assert client.get(url("comment_results", **takes)).status_code == 404
    page = reverse("engagements:comment", kwargs={"project": project.slug, **takes})
    assert url("comment_results", **takes) not in client.get(page).content.decode()


@pytest.mark.parametrize("role", ["analyst", "facilitator", "chair"])
def test_everybody_who_sees_actions_sees_where_they_stand(
    project, seats, wording, chair, request, client_of, role
) -> None:
    draft = make_wording(project, chair, title="More bins")
    agree(wording, chair)
    page = client_of(request.getfixturevalue(role)).get(url("action_status_list")).content.decode()
    marks = {uuid: page.split(f'id="mark-{uuid}"')[1] for uuid in _uuids(wording, draft)}
    first, second = (" ".join(mark.split("</td>")[0].split()) for mark in marks.values())
    assert "Agreed" in first
    assert "not agreed" not in first
    assert "Draft, not agreed" in second


def _uuids(*wordings: Wording) -> list:
    return [wording.action.uuid for wording in wordings]


def test_those_who_may_not_see_the_group_get_no_link_to_it(
    project, wording, comment, analyst, facilitator, client_of
) -> None:
    takes = {"uuid": comment.submission.uuid, "position": comment.position}
    link = url("action_status", uuid=wording.action.uuid)
    assert link not in _text(client_of(analyst).get(url("comment_results", **takes)))
    assert link in _text(client_of(facilitator).get(url("comment_results", **takes)))


# --- Query counts ----


def test_the_marks_cost_the_same_with_more_actions(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def agree_one(number: int) -> None:
        agree(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(chair), url("action_status_list"), agree_one)


def test_what_came_of_a_comment_costs_the_same_with_more_actions(
    project, seats, comment, coordinator, chair, client_of, assert_same_queries
) -> None:
    def cite_one(number: int) -> None:
        another: Action = make_wording(project, chair, title=f"Action {number}").action
        cite_evidence(action=another, comments=[comment], by=chair)
        agree(another.wordings.get(), chair)
        code = make_theme(project, f"Code {number}", parent=another.theme)
        make_coding(comment, code, chair)

    address = url("comment_results", uuid=comment.submission.uuid, position=comment.position)
    assert_same_queries(client_of(coordinator), address, cite_one)


def test_what_came_of_a_theme_costs_the_same_with_more_actions(
    project, seats, wording, workshop, analyst, chair, client_of, assert_same_queries
) -> None:
    theme = wording.action.theme

    def add_one(number: int) -> None:
        agree(make_wording(project, chair, title=f"Action {number}"), chair)
        make_workshop(project, theme=theme)

    assert_same_queries(client_of(analyst), url("theme_results", uuid=theme.uuid), add_one)
