"""Pages that say what came of comments, themes and workshops."""

from django.urls import reverse

from engagements.models import Comment, Withheld
from tests.steering.group import agree, make_wording
from tests.steering.pages import text_of, url
from tests.workshops.material import make_coding, make_theme, make_workshop
from workshops.models import Action
from workshops.services.evidence import cite_evidence


def test_what_is_withheld_leads_nowhere(project, wording, comment, coordinator, client_of) -> None:
    takes = {"uuid": comment.submission.uuid, "position": comment.position}
    client = client_of(coordinator)
    assert client.get(url("comment_results", **takes)).status_code == 200
    Comment.objects.filter(pk=comment.pk).update(withheld=Withheld.WITHDRAWN)
    assert client.get(url("comment_results", **takes)).status_code == 404
    page = reverse("engagements:comment", kwargs={"project": project.slug, **takes})
    assert url("comment_results", **takes) not in client.get(page).content.decode()


def test_those_who_may_not_see_the_group_get_no_link_to_it(
    project, wording, comment, analyst, facilitator, client_of
) -> None:
    takes = {"uuid": comment.submission.uuid, "position": comment.position}
    link = url("action_status", uuid=wording.action.uuid)
    assert link not in text_of(client_of(analyst).get(url("comment_results", **takes)))
    assert link in text_of(client_of(facilitator).get(url("comment_results", **takes)))


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
