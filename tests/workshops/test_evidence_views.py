"""Pages of what an action answers."""

from coproduction.projects.models import Session
from engagements.models import Withheld
from tests.forms import drawn, drawn_forms
from tests.workshops.material import (
    add_note,
    at,
    make_action,
    make_coding,
    make_comment,
    make_finding,
    make_theme,
    make_workshop,
)
from workshops.models import Evidence
from workshops.services.evidence import cite_evidence


def test_every_comment_with_a_code_is_cited_in_one_step_and_undone(
    client, project, facilitator
) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    for number in range(3):
        make_coding(make_comment(project, f"Swings {number}"), code, facilitator)
    make_comment(project, "Buses")
    action = make_action(project, theme=theme)
    url = at("evidence_choose", project, uuid=action.uuid)
    page = client.get(f"{url}?code={code.uuid}").content.decode()
    assert "Cite all 3 on this list" in page
    sent = {"of": "comments", "code": code.uuid, "question": "", "words": "", "all": "1"}
    cited = client.post(at("evidence_cite", project, uuid=action.uuid), sent, follow=True)
    assert "3 pieces of evidence are cited." in cited.content.decode()
    assert action.evidence.count() == 3
    step = action.evidence.first().step
    client.post(at("evidence_uncite", project, uuid=action.uuid), {"step": step})
    assert action.evidence.count() == 0


def test_every_note_of_a_workshop_is_cited_in_one_step(client, project, facilitator) -> None:
    workshop = make_workshop(project)
    action = make_action(project, workshop=workshop)
    for place in (workshop, make_workshop(project)):
        for text in ("Slide", "Pond"):
            add_note(
                workshop=place, table=None, kind="idea", text=text, language="en", by=facilitator
            )
    url = at("evidence_choose", project, uuid=action.uuid)
    page = client.get(f"{url}?of=notes&workshop={workshop.uuid}").content.decode()
    assert "Cite all 2 on this list" in page
    sent = {"of": "notes", "workshop": workshop.uuid, "words": "", "all": "1"}
    client.post(at("evidence_cite", project, uuid=action.uuid), sent)
    assert {row.note.workshop for row in action.evidence.all()} == {workshop}
    assert action.evidence.count() == 2


def test_what_is_ticked_goes_along_to_other_pages_of_the_list(client, project) -> None:
    action = make_action(project)
    comments = [make_comment(project, f"Words {number}") for number in range(51)]
    url = at("evidence_choose", project, uuid=action.uuid)
    first, last = comments[0], comments[-1]
    sent = {
        "of": "comments",
        "code": "",
        "comments": [first.pk],
        "page": f"after-{comments[49].pk}",
    }
    page = client.post(url, sent)
    told = " ".join(page.content.decode().split())
    assert "1 more is ticked on another page." in told
    assert f'type="hidden" name="comments" value="{first.pk}"' in told
    assert list(page.context["page"]) == [last]
    # And back again, where it is ticked.
    back = client.post(url, sent | {"comments": [first.pk, last.pk], "page": f"before-{last.pk}"})
    assert " ".join(back.content.decode().split()).count(" checked") == 1
    assert back.context["elsewhere"] == [last.pk]
    sent["comments"] = [first.pk, last.pk]
    client.post(at("evidence_cite", project, uuid=action.uuid), sent)
    assert {row.comment for row in action.evidence.all()} == {first, last}


def test_what_was_ticked_comes_back_after_a_session_ended(client, project, facilitator) -> None:
    action = make_action(project)
    comments = [make_comment(project, f"Words {number}") for number in range(52)]
    url = at("evidence_choose", project, uuid=action.uuid)
    page = client.get(url, {"code": "", "page": f"after-{comments[49].pk}"})
    cite = next(each for each in drawn_forms(page) if "writer" in each)
    # One on this page of the list, one on another.
    ticked = [comments[0].pk, comments[50].pk]
    Session.objects.all().delete()
    client.post(at("evidence_cite", project, uuid=action.uuid), {**cite, "comments": ticked})
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    given = drawn(client.get("/accounts/unsent/"))
    answer = client.post(at("evidence_cite", project, uuid=action.uuid), given, follow=True)
    assert answer.context["ticked"] == set(ticked)
    assert not action.evidence.exists()
    again = next(each for each in drawn_forms(answer) if "comments" in each)
    assert sorted(map(int, again["comments"])) == sorted(ticked)


def test_what_is_ticked_is_cited(client, project, facilitator) -> None:
    action = make_action(project)
    comments = [make_comment(project) for _time in range(3)]
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    finding = make_finding(action.theme, facilitator)
    choose = at("evidence_choose", project, uuid=action.uuid)
    assert "Slide" in client.get(f"{choose}?of=notes").content.decode()
    assert "People miss the park." in client.get(f"{choose}?of=findings").content.decode()
    url = at("evidence_cite", project, uuid=action.uuid)
    client.post(url, {"of": "comments", "comments": [comments[0].pk, comments[2].pk]})
    client.post(url, {"of": "notes", "notes": [note.pk]})
    client.post(url, {"of": "findings", "findings": [finding.pk]})
    assert action.evidence.count() == 4
    page = client.get(at("action", project, uuid=action.uuid)).content.decode()
    assert page.count("Mend the swings.") >= 2
    assert "People miss the park." in page


def test_nothing_ticked_and_strangers_are_refused(client, project, other_project) -> None:
    action = make_action(project)
    ours, theirs = make_comment(project), make_comment(other_project)
    hidden = make_comment(project, withheld=Withheld.WITHDRAWN)
    url = at("evidence_cite", project, uuid=action.uuid)
    nothing = client.post(url, {"of": "comments"}, follow=True).content.decode()
    assert "Tick what this action answers first." in nothing
    refused = 0
    for wrong in (theirs.pk, hidden.pk, "nonsense", 10**30):
        sent = {"of": "comments", "comments": [ours.pk, wrong]}
        page = client.post(url, sent, follow=True).content.decode()
        assert "One of your choices is not in this project." in page
        refused += 1
    assert refused == 4
    their_code = make_theme(other_project)
    sent = {"of": "comments", "code": their_code.uuid, "all": "1"}
    assert "Choose a code from the list." in client.post(url, sent, follow=True).content.decode()
    assert not Evidence.objects.exists()


def test_evidence_is_taken_off_and_put_back(client, project, facilitator) -> None:
    action, comment = make_action(project), make_comment(project)
    [row] = cite_evidence(action=action, comments=[comment], by=facilitator)
    url = at("evidence_uncite", project, uuid=action.uuid)
    page = client.post(url, {"evidence": row.pk}, follow=True).content.decode()
    assert "That is taken off as evidence." in page
    assert not action.evidence.exists()
    back = {"comments": comment.pk, "back": "action"}
    client.post(at("evidence_cite", project, uuid=action.uuid), back)
    assert action.evidence.get().comment == comment


def test_another_actions_evidence_is_left_alone(client, project, facilitator) -> None:
    action, another = make_action(project), make_action(project)
    [row] = cite_evidence(action=another, comments=[make_comment(project)], by=facilitator)
    url = at("evidence_uncite", project, uuid=action.uuid)
    for sent in ({"evidence": row.pk}, {"step": row.step}, {}, {"step": "nonsense"}):
        page = client.post(url, sent, follow=True).content.decode()
        assert "That is not evidence for this action." in page
    assert another.evidence.count() == 1


def test_a_withheld_comment_is_counted_and_never_shown(client, project, facilitator) -> None:
    action = make_action(project)
    comment = make_comment(project, "My neighbour said so")
    cite_evidence(action=action, comments=[comment], by=facilitator)
    comment.withheld = Withheld.CONCERN
    comment.save()
    page = client.get(at("action", project, uuid=action.uuid)).content.decode()
    assert "My neighbour said so" not in page
    assert "1 comment cited here is withheld" in page
    choose = at("evidence_choose", project, uuid=action.uuid)
    assert "My neighbour said so" not in client.get(f"{choose}?code=").content.decode()


def test_choosing_evidence_costs_the_same(client, project, assert_same_queries) -> None:
    action = make_action(project)
    url = at("evidence_choose", project, uuid=action.uuid) + "?code="
    assert_same_queries(client, url, lambda number: make_comment(project, f"Swings {number}"))


def test_choosing_notes_costs_the_same(client, project, facilitator, assert_same_queries) -> None:
    action = make_action(project)

    def make_row(number: int) -> None:
        add_note(
            workshop=make_workshop(project),
            table=None,
            kind="idea",
            text=f"Slide {number}",
            language="en",
            by=facilitator,
        )

    url = at("evidence_choose", project, uuid=action.uuid) + "?of=notes"
    assert_same_queries(client, url, make_row)
