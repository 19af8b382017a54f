"""Pages of actions: the list, one of them, writing, rewording and translating it."""

import re

import pytest
from django.urls import reverse

from coproduction.projects.services.organisation import change_organisation
from tests.cast import make_member
from tests.forms import drawn
from tests.workshops.material import (
    add_note,
    at,
    make_action,
    make_comment,
    make_organisation,
    make_theme,
    make_workshop,
    promise_of,
)
from workshops.models import Action
from workshops.services.action import reword_action
from workshops.services.evidence import cite_evidence


def promise(**fields):
    """Return a filled-in wording, as the form sends it."""
    return {
        "title_en": "Mend the park",
        "title_cy": "Trwsio'r parc",
        "text_en": "New swings go in before summer.",
        "text_cy": "Siglenni newydd cyn yr haf.",
        "timescale": "within_1_year",
        "timescale_note_en": "By June",
        "timescale_note_cy": "Erbyn Mehefin",
        "lead": "",
    } | fields


def test_an_action_is_written_and_its_evidence_comes_next(client, project) -> None:
    workshop = make_workshop(project)
    lead, helper = make_organisation(project, "Council"), make_organisation(project, "School")
    url = at("action_propose", project)
    page = client.get(f"{url}?workshop={workshop.uuid}").content.decode()
    assert f'<option value="{workshop.uuid}" selected>' in page
    assert f'<option value="{workshop.theme.uuid}" selected>' in page
    response = client.post(
        url,
        promise(
            theme=workshop.theme.uuid,
            workshop=workshop.uuid,
            lead=lead.uuid,
            supporting=[helper.uuid],
        ),
    )
    action = Action.objects.get()
    assert response["Location"] == at("evidence_choose", project, uuid=action.uuid)
    wording = action.wordings.get()
    assert (wording.lead, list(wording.supporting.all())) == (lead, [helper])
    assert wording.text.text("cy") == "Siglenni newydd cyn yr haf."


def test_an_action_wrongly_filled_in_keeps_nothing_and_loses_no_words(client, project) -> None:
    theme, body = make_theme(project), make_organisation(project)
    wrongs = {
        "Enter a title.": {"title_en": "", "title_cy": ""},
        "Say what will happen.": {"text_en": "", "text_cy": ""},
        "Choose a timescale.": {"timescale": "soon"},
        "Choose the theme it answers.": {"theme": ""},
        "The lead partner is also among the supporting partners.": {
            "lead": body.uuid,
            "supporting": [body.uuid],
        },
    }
    for told, wrong in wrongs.items():
        sent = promise(theme=theme.uuid) | wrong
        page = client.post(at("action_propose", project), sent).content.decode()
        assert told in page
        assert "Erbyn Mehefin" in page
    assert len(wrongs) == 5
    assert not Action.objects.exists()


def test_nothing_of_another_project_is_taken_from_a_form(client, project, other_project) -> None:
    ours = make_theme(project)
    body = make_organisation(other_project)
    wrongs = [
        {"theme": make_theme(other_project).uuid},
        {"workshop": make_workshop(other_project).uuid},
        {"lead": body.uuid},
        {"supporting": [body.uuid]},
        {"supporting": ["nonsense"]},
    ]
    for wrong in wrongs:
        sent = promise(theme=ours.uuid) | wrong
        response = client.post(at("action_propose", project), sent)
        assert response.status_code == 200
        assert "list" in response.content.decode()
    assert not Action.objects.filter(project=project).exists()


def test_another_projects_workshop_in_the_address_is_ignored(
    client, project, other_project
) -> None:
    theirs = make_workshop(other_project)
    page = client.get(f"{at('action_propose', project)}?workshop={theirs.uuid}").content.decode()
    assert f'<option value="{theirs.uuid}"' not in page
    assert f'<option value="{theirs.theme.uuid}"' not in page


def test_an_action_shows_both_languages(client, project) -> None:
    action = make_action(project)
    page = client.get(at("action", project, uuid=action.uuid)).content.decode()
    assert "New swings go in before summer." in page
    assert "Siglenni newydd cyn yr haf." in page


@pytest.mark.parametrize("role", ["analyst", "facilitator", "chair"])
def test_where_actions_stand_is_asked_of_the_group_and_never_guessed(
    client_of, project, role
) -> None:
    """Without scripts there is a link, and no claim: this stage can't know."""
    workshop = make_workshop(project)
    action = make_action(project, workshop=workshop)
    client = client_of(make_member(project, role))
    statuses = reverse("steering:action_status_list", kwargs={"project": project.slug})
    looked = 0
    for page in (
        at("action", project, uuid=action.uuid),
        at("action_list", project),
        at("workshop", project, uuid=workshop.uuid),
    ):
        shown = client.get(page).content.decode()
        assert "Draft, not agreed" not in shown
        assert shown.count(f'hx-get="{statuses}"') == 1  # one request, however many actions
        assert f'href="{statuses}#status-{action.uuid}"' in shown
        assert f'id="status-{action.uuid}"' in shown
        assert f'hx-select-oob="#status-{action.uuid}"' in shown
        looked += 1
    assert looked == 3
    assert f'id="status-{action.uuid}"' in client.get(statuses).content.decode()


def test_an_edit_shows_what_changed(client, project) -> None:
    action = make_action(project)
    url = at("action_reword", project, uuid=action.uuid)
    sent = drawn(client.get(url), text_en="New swings go in before Easter.")
    response = client.post(url, sent, follow=True)
    page = response.content.decode()
    assert action.wordings.count() == 2
    assert "summer.<" in page.split("<del>")[1]
    assert "Easter.<" in page.split("<ins>")[1]
    # The Welsh was made from the wording before.
    assert "Made from an earlier wording" in page


def test_a_page_says_who_led_it_then_and_what_they_are_called_now(client, project, editor) -> None:
    council = make_organisation(project, "Council")
    action = make_action(project, lead=council)
    change_organisation(organisation=council, name={"en": "Friends"}, sector="charity", by=editor)
    shown = 0
    for url in (at("action", project, uuid=action.uuid), at("action_list", project)):
        page = " ".join(client.get(url).content.decode().split())
        assert re.search(r"Council <span[^>]*> now called Friends", page)
        shown += 1
    assert shown == 2


def test_saving_without_a_change_says_so(client, project) -> None:
    action = make_action(project)
    url = at("action_reword", project, uuid=action.uuid)
    page = client.post(url, drawn(client.get(url))).content.decode()
    assert "Nothing is different from the last wording" in page
    assert action.wordings.count() == 1


def test_somebody_elses_wording_is_shown_beside_and_never_mixed_with_ones_own(
    client, project, editor
) -> None:
    action = make_action(project)
    url = at("action_reword", project, uuid=action.uuid)
    sent = drawn(client.get(url), text_en="A pond.")
    reword_action(action=action, by=editor, **promise_of(action, timescale="ongoing"))
    clash = client.post(url, sent)
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "A pond." in page
    assert "Ongoing" in page
    assert action.wordings.count() == 2
    # Whoever has seen both saves on purpose.
    client.post(url, drawn(clash))
    assert action.wordings.count() == 3
    assert action.wordings.latest("number").text.text("en") == "A pond."


def test_partners_that_somebody_else_changed_are_shown_by_name(
    client, client_of, project, editor
) -> None:
    other = client_of(editor)
    school, club = make_organisation(project, "Ysgol y Bryn"), make_organisation(project, "Club")
    action = make_action(project, supporting=[club])
    url = at("action_reword", project, uuid=action.uuid)
    first, second = client.get(url), other.get(url)
    other.post(url, drawn(second, supporting=[str(school.uuid)], lead=str(club.uuid)))
    clash = client.post(url, drawn(first, text_en="A pond."))
    shown = {(each.name, each.theirs, each.yours) for each in clash.context["form"].clashes}
    assert ("supporting", "Ysgol y Bryn", "Club") in shown
    assert ("lead", "Club", "Nobody yet") in shown
    again = drawn(clash)
    # It goes on from one's own wording, whole.
    assert (again["supporting"], again["lead"]) == ([str(club.uuid)], [""])
    assert again["text_en"] == ["A pond."]


def test_any_wording_is_translated_in_place(client, project, editor) -> None:
    action = make_action(project, title={"en": "Mend the park"})
    reword_action(action=action, by=editor, **promise_of(action, timescale="ongoing"))
    first = action.wordings.get(number=1)
    url = at("wording_translate", project, uuid=first.uuid)
    page = client.get(url).content.decode()
    assert "Mend the park" in page
    assert 'name="title_en"' not in page
    client.post(
        url,
        {
            "title_cy": "Trwsio'r parc",
            "text_cy": "Siglenni newydd cyn yr haf.",
            "timescale_note_cy": "Erbyn Mehefin",
        },
    )
    first.refresh_from_db()
    assert first.title.text("cy") == "Trwsio'r parc"
    assert first.title.text("en") == "Mend the park"
    assert action.wordings.count() == 2


def test_an_action_is_moved(client, project) -> None:
    action, theme = make_action(project), make_theme(project, "Safety")
    url = at("action_move", project, uuid=action.uuid)
    client.post(url, {"theme": theme.uuid, "workshop": ""})
    action.refresh_from_db()
    assert action.theme == theme


def test_the_list_is_narrowed_by_theme_and_lead(client, project) -> None:
    council = make_organisation(project, "Council")
    make_action(project, title={"en": "Mend the park"}, lead=council)
    other = make_action(project, title={"en": "Slow the cars"})
    url = at("action_list", project)
    by_lead = client.get(url, {"lead": council.uuid}).content.decode()
    assert "Mend the park" in by_lead
    assert "Slow the cars" not in by_lead
    by_theme = client.get(url, {"theme": other.theme.uuid}).content.decode()
    assert "Slow the cars" in by_theme
    assert "Mend the park" not in by_theme
    neither = client.get(url, {"theme": other.theme.uuid, "lead": council.uuid})
    assert "No action fits" in neither.content.decode()


def test_the_list_of_actions_costs_the_same(client, project, assert_same_queries) -> None:
    def make_row(number: int) -> None:
        make_action(project, lead=make_organisation(project, f"Club {number}"))

    assert_same_queries(client, at("action_list", project), make_row)


def test_an_action_costs_the_same(
    client, project, facilitator, editor, assert_same_queries
) -> None:
    action = make_action(project)
    workshop = make_workshop(project)

    def make_row(number: int) -> None:
        body = make_organisation(project, f"Club {number}")
        reword_action(action=action, by=editor, **promise_of(action, supporting=[body]))
        note = add_note(
            workshop=workshop,
            table=None,
            kind="idea",
            text=f"Slide {number}",
            language="en",
            by=facilitator,
        )
        cite_evidence(action=action, comments=[make_comment(project)], notes=[note], by=facilitator)

    assert_same_queries(client, at("action", project, uuid=action.uuid), make_row, limit=16)


def test_the_list_of_organisations_takes_from_a_page_of_ours_how_many_actions_each_leads(
    client, project
) -> None:
    council, school = make_organisation(project, "Council"), make_organisation(project, "School")
    make_action(project, lead=council)
    make_action(project, lead=council)
    organisations = reverse("projects:organisation_list", kwargs={"project": project.slug})
    theirs = client.get(organisations).content.decode()
    ours = client.get(at("action_led_list", project)).content.decode()
    assert f'hx-get="{at("action_led_list", project)}"' in theirs
    numbers = {}
    for body in (council, school):
        assert f'<span id="led-{body.uuid}">' in theirs
        told = re.search(rf'id="led-{body.uuid}">.*?(\d+)</', ours, re.DOTALL)
        numbers[str(body)] = told[1]
    assert numbers == {"Council": "2", "School": "0"}


def test_what_organisations_lead_costs_the_same(client, project, assert_same_queries) -> None:
    assert_same_queries(
        client,
        at("action_led_list", project),
        lambda number: make_action(project, lead=make_organisation(project, f"Club {number}")),
    )


def test_an_action_sent_twice_is_proposed_once_and_asked_about_with_other_words(
    client, project
) -> None:
    url = at("action_propose", project)
    theme = make_theme(project)
    filled = {name: value for name, value in promise().items() if name != "lead"}
    sent = drawn(client.get(url), theme=str(theme.uuid), **filled)
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    asked = client.post(url, {**sent, "title_en": ["Mend all parks"]})
    assert asked.status_code == 409
    assert "Action 1" in asked.content.decode()
    assert Action.objects.count() == 1


def test_two_people_who_move_or_translate_an_action_keep_both(
    client, client_of, editor, project
) -> None:
    other = client_of(editor)
    action = make_action(project, text={"en": "New swings."}, timescale_note={"en": "By June"})
    workshop, theme = make_workshop(project), make_theme(project, "Roads")
    url = at("action_move", project, uuid=action.uuid)
    first, second = client.get(url), other.get(url)
    other.post(url, drawn(second, workshop=str(workshop.uuid)))
    client.post(url, drawn(first, theme=str(theme.uuid)))
    action.refresh_from_db()
    assert (action.workshop, action.theme) == (workshop, theme)

    wording = action.wordings.get()
    url = at("wording_translate", project, uuid=wording.uuid)
    first, second = client.get(url), other.get(url)
    other.post(url, drawn(second, text_cy="Siglenni newydd."))
    client.post(url, drawn(first, timescale_note_cy="Erbyn Mehefin"))
    wording.refresh_from_db()
    assert wording.text.text("cy") == "Siglenni newydd."
    assert wording.timescale_note.text("cy") == "Erbyn Mehefin"
    assert client.post(url, drawn(first, text_cy="Siglen newydd.")).status_code == 409
