"""Beginning from another project in the browser, and the page of texts to be read after it."""

import html
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from coproduction.languages.models import Translated
from coproduction.projects.models import Blueprint, Project, TextTemplate, User
from coproduction.projects.services.blueprint import keep_text_templates, note_begun_from
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.project import create_project
from engagements.models import Question
from overview.blueprint.groups import BlueprintGroup
from overview.services.project import NotYoursToTake
from tests.forms import drawn
from tests.overview.blueprints import make_full
from themes.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FROM_BRYN = "/projects/begin/from/?project=bryn"
OWN = {"slug": "cwm", "place": "Cwm", "name_en": "Cwm together"}


@pytest.fixture
def carys(client_of: Any, project: Project, coordinator: User) -> Client:
    """The co-ordinator's browser: she has one project, Bryn."""
    return client_of(coordinator)


def text_of(answer: Any) -> str:
    """Return a page's source, with what was escaped as it reads."""
    return html.unescape(answer.content.decode())


def template(project: Project, by: User, **about: Any) -> TextTemplate:
    """Keep one more text to begin with."""
    given: dict[str, Any] = {"kind": "engagements.Survey", "boxes": {"slug": "park"}}
    made = TextTemplate(**given | {"name": Translated.of("en", en="Your park")} | about)
    (kept,) = keep_text_templates(project=project, templates=[made], by=by)
    return kept


def test_a_project_is_begun_from_another_and_its_texts_are_read_next(
    carys: Client, project: Project
) -> None:
    make_full(project)
    assert FROM_BRYN in text_of(carys.get("/projects/begin/"))
    page = carys.get(FROM_BRYN)
    assert "they were written for Bryn" in text_of(page)
    sent = drawn(page, **OWN)
    # All is ticked to begin with; what the public reads at once is in the form, to be read.
    assert sent["takes"] == BlueprintGroup.values
    assert sent["scope_en"] == ["The park, and not the road."]
    assert not sent.keys() & {"contact_email", "safeguarding_lead"}, "boxes with something in them"
    answer = carys.post(FROM_BRYN, sent)
    assert answer["Location"] == "/cwm/settings/begun-from/"
    page = text_of(carys.get("/cwm/settings/begun-from/"))
    assert "Read these texts: they were written for Bryn." in page
    for address in (
        "/cwm/settings/",
        "/cwm/engagements/questions/",
        "/cwm/themes/",
        "/cwm/settings/periods/",
    ):
        assert f'href="{address}"' in page
    assert "Read the texts that came along" in text_of(carys.get("/cwm/team/"))
    carys.post("/cwm/settings/begun-from/read/")
    assert "Read the texts that came along" not in text_of(carys.get("/cwm/team/"))
    assert "Read by the team on" in text_of(carys.get("/cwm/settings/begun-from/"))
    history = text_of(carys.get("/cwm/settings/audit/"))
    assert "Project begun from another" in history
    assert 'href="/cwm/settings/begun-from/"' in history


def test_only_what_is_ticked_comes(carys: Client, project: Project) -> None:
    make_full(project)
    carys.post(FROM_BRYN, drawn(carys.get(FROM_BRYN), takes=["periods"], **OWN))
    made = Project.objects.get(slug="cwm")
    assert not Theme.objects.of(made).exists()
    assert Question.objects.of(made).count() == 4
    assert Blueprint.objects.of(made).get().groups == ["periods"]


def test_back_and_send_again_leads_to_the_one_project(carys: Client) -> None:
    sent = drawn(carys.get(FROM_BRYN), scope_en="The park.", **OWN)
    assert carys.post(FROM_BRYN, sent)["Location"] == "/cwm/settings/begun-from/"
    assert carys.post(FROM_BRYN, sent)["Location"] == "/cwm/settings/begun-from/"
    other = carys.post(FROM_BRYN, sent | {"slug": ["glan"]})
    assert "You have saved this form already, as “Cwm”" in text_of(other)
    assert Project.objects.count() == 2


def test_beginning_anew_sent_twice_makes_one_too(carys: Client) -> None:
    sent = drawn(carys.get("/projects/begin/"), scope_en="The park.", **OWN) | {
        f"question_{kind}_en": ["What?"] for kind in ("asset", "need", "change")
    }
    for _time in range(2):
        assert carys.post("/projects/begin/", sent)["Location"] == "/cwm/team/"
    assert Project.objects.count() == 2


def test_an_address_that_is_taken_is_said_beside_its_box(carys: Client) -> None:
    sent = drawn(carys.get(FROM_BRYN), scope_en="The park.", **OWN | {"slug": "bryn"})
    page = carys.post(FROM_BRYN, sent)
    assert "That address is taken. Choose another." in text_of(page)
    assert drawn(page)["place"] == ["Cwm"]


def test_a_right_lost_meanwhile_is_said_and_what_was_typed_stays(
    carys: Client, coordinator: User, other_project: Project, other_coordinator: User
) -> None:
    joined = add_member(
        project=other_project, user=coordinator, role="coordinator", by=other_coordinator
    )
    address = f"/projects/begin/from/?project={other_project.slug}"
    sent = drawn(carys.get(address), scope_en="The park.", **OWN)
    joined.delete()
    page = carys.post(address, sent)
    assert str(NotYoursToTake.sentence) in text_of(page)
    again = drawn(page)
    assert again["place"] == ["Cwm"]
    # Without another project it goes on.
    assert carys.post(address, again | {"origin": [""]})["Location"] == "/cwm/team/"


def test_a_project_of_others_is_neither_offered_nor_filled_in(
    carys: Client, other_project: Project
) -> None:
    Project.objects.filter(pk=other_project.pk).update(scope=Translated.of("en", en="The mill."))
    page = text_of(carys.get(f"/projects/begin/from/?project={other_project.slug}"))
    assert "The mill." not in page
    assert other_project.place not in page


def test_the_other_projects_name_is_for_those_who_may_know_it(
    client_of: Any, project: Project, coordinator: User, stranger: User
) -> None:
    made = create_project(slug="cwm", place="Cwm", by=stranger)
    note_begun_from(project=made, origin=project, groups=["questions"], by=stranger)
    sion = client_of(stranger)
    page = text_of(sion.get("/cwm/settings/begun-from/"))
    assert "Bryn" not in page
    assert "they were written for another project" in page
    # Everybody may know one that says to the public what it can change.
    Project.objects.filter(pk=project.pk).update(scope=Translated.of("en", en="The park."))
    assert "written for Bryn." in text_of(sion.get("/cwm/settings/begun-from/"))


def test_a_text_is_dropped_by_the_co_ordinator_alone(
    carys: Client, client_of: Any, project: Project, coordinator: User, facilitator: User
) -> None:
    kept = template(project, coordinator)
    address = f"/bryn/settings/begun-from/{kept.uuid}/remove/"
    page = text_of(client_of(facilitator).get("/bryn/settings/begun-from/"))
    assert "Your park" in page
    assert address not in page
    assert client_of(facilitator).post(address).status_code == 403
    assert address in text_of(carys.get("/bryn/settings/begun-from/"))
    carys.post(address)
    assert not TextTemplate.objects.exists()
    assert "You have removed this already." in text_of(carys.post(address, follow=True))


@pytest.mark.parametrize(
    ("kind", "boxes", "address"),
    [
        ("engagements.Survey", {"slug": "park"}, "/bryn/engagements/surveys/new/"),
        ("engagements.Engagement", {"method": "drop_in"}, "/bryn/engagements/plan/"),
        ("workshops.Workshop", {"purpose": "To mend it."}, "/bryn/workshops/plan/"),
        ("steering.Meeting", {"agenda": "Welcome\nAims"}, "/bryn/steering/meetings/new/"),
    ],
)
def test_a_form_begins_with_a_text_that_somebody_chose(
    client_of: Any,
    project: Project,
    coordinator: User,
    facilitator: User,
    kind: str,
    boxes: dict[str, str],
    address: str,
) -> None:
    kept = template(project, coordinator, kind=kind, boxes=boxes)
    person = client_of(facilitator if kind.startswith("workshops") else coordinator)
    page = person.get(address)
    assert f"?template={kept.uuid}" in text_of(page)
    ((name, value),) = boxes.items()
    assert drawn(page).get(name) != [value]
    assert drawn(person.get(f"{address}?template={kept.uuid}"))[name] == [value]
    for unknown in (uuid4(), "nonsense"):
        assert drawn(person.get(f"{address}?template={unknown}")).get(name) != [value]


def test_the_texts_to_read_cost_the_same_however_many(
    client_of: Any, assert_same_queries: Any, project: Project, coordinator: User, stranger: User
) -> None:
    note_begun_from(project=project, origin=project, groups=BlueprintGroup.values, by=coordinator)
    assert_same_queries(
        client_of(coordinator),
        "/bryn/settings/begun-from/",
        lambda n: template(project, coordinator, boxes={"slug": f"park-{n}"}),
    )


def test_a_project_begun_anew_says_so(carys: Client) -> None:
    assert "Nothing came along" in text_of(carys.get("/bryn/settings/begun-from/"))
    assert carys.post("/bryn/settings/begun-from/read/").status_code == 404
