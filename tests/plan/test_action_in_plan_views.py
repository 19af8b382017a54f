"""An action's place in the plan, and the golden thread walked from end to end, both ways."""

from django.urls import reverse

from plan.models import Edition
from steering.models import Round


def _at(name: str, **takes) -> str:
    return reverse(name, kwargs={"project": "bryn", **takes})


def _place(client, action) -> str:
    page = client.get(_at("plan:action_in_plan", uuid=action.uuid)).content.decode()
    return " ".join(page.split('id="place"')[1].split("</p>")[0].split())


def test_an_action_knows_whether_the_published_plan_holds_it(story, client_of) -> None:
    client = client_of(story.chair)
    assert "No plan is published yet" in _place(client, story.mend)
    story.publish()
    held = _place(client, story.mend)
    assert "In the published plan" in held
    assert f'href="{_at("plan:action", number=story.mend.number)}"' in held
    later = story.propose("Plant trees")
    told = _place(client, later)
    assert "Not in the published plan" in told
    assert "href" not in told


def test_the_thread_is_walked_both_ways(story, client_of) -> None:
    """Each page links to the next; a strip that a later stage owns is a link without scripts."""
    story.publish()
    story.finish_files(Edition.objects.get())
    said = {"uuid": story.swings.submission.uuid, "position": story.swings.position}
    action = {"uuid": story.mend.uuid}
    decided = Round.objects.get(wording=story.mend.wordings.get())
    forwards = [
        _at("engagements:comment", **said),
        _at("steering:comment_results", **said),
        _at("themes:theme", uuid=story.code.uuid),
        _at("steering:theme_results", uuid=story.code.uuid),
        _at("workshops:action", **action),
        _at("steering:action_status", **action),
        _at("plan:action_in_plan", **action),
        _at("plan:action", number=story.mend.number),
    ]
    _walk(client_of(story.facilitator), forwards)
    through_the_workshop = [
        _at("themes:theme", uuid=story.theme.uuid),
        _at("steering:theme_results", uuid=story.theme.uuid),
        _at("workshops:workshop", uuid=story.workshop.uuid),
        _at("steering:workshop_results", uuid=story.workshop.uuid),
        _at("workshops:action", **action),
        _at("workshops:workshop", uuid=story.workshop.uuid),
        _at("themes:theme", uuid=story.theme.uuid),
    ]
    _walk(client_of(story.analyst), through_the_workshop)
    backwards = [
        _at("plan:action_in_plan", **action),
        _at("steering:action_status", **action),
        _at("steering:round", uuid=decided.uuid),
        _at("steering:action_status", **action),
        _at("workshops:action", **action),
        _at("engagements:comment", **said),
    ]
    _walk(client_of(story.facilitator), backwards)


def _walk(client, pages: list[str]) -> None:
    """Open each page and find the link to the next."""
    for here, next_one in zip(pages, [*pages[1:], ""], strict=True):
        response = client.get(here)
        assert response.status_code == 200, here
        assert not next_one or f'href="{next_one}"' in response.content.decode(), (here, next_one)
