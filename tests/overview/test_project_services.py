"""Beginning a project from another: what comes along, what stays, and all or nothing."""

import re
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from coproduction.kept import Kept
from coproduction.languages.models import Translated
from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import (
    AuditEntry,
    Blueprint,
    Membership,
    Project,
    Retention,
    Role,
    Sector,
    TextTemplate,
    User,
)
from coproduction.projects.seen import MadeAlready, SentForm
from coproduction.projects.services.membership import add_member, remove_member
from coproduction.projects.services.project import ProjectAddressTaken
from coproduction.projects.trail.verification import verify
from engagements.models import HoldRules, Question
from overview.blueprint.groups import BlueprintGroup
from overview.kept import EVERYTHING
from overview.services.project import NotYoursToTake, begin_project
from plan.models import Section
from steering.models import Terms
from tests.cast import make_person
from tests.copying import Original
from tests.overview.blueprints import AGENDA, INTRODUCTION, PURPOSE, make_full
from tests.plan.story import Story
from themes.models import Theme

pytestmark = pytest.mark.django_db

ABOUT: dict[str, Any] = {"slug": "cwm", "place": "Cwm", "scope": {"en": "The bus.", "cy": "Y bws."}}
ROWS = [each for each in EVERYTHING if isinstance(each, Kept) and each.through]
# Of what a new project has rows at once; all else is to stay.
COMES = {
    *("projects.Project", "projects.Retention", "projects.Blueprint", "projects.TextTemplate"),
    *("projects.Membership", "projects.AuditHead", "projects.AuditEntry"),
    *("engagements.Question", "engagements.HoldRules", "themes.Theme"),
    *("steering.Terms", "plan.Section"),
}
# What people said, of which somebody may have said no more than one word.
SAID = {
    *("engagements.Comment", "engagements.Redaction", "engagements.RefusedRow"),
    *("engagements.ImportBatch", "engagements.Submission", "themes.Quote", "workshops.Note"),
}


@pytest.fixture
def full(project: Project) -> Story:
    """A project with one of everything that a new one can begin with."""
    return make_full(project)


def begin(full: Story, *takes: str, **about: Any) -> Project:
    """Begin Cwm from Bryn, with some groups; all of them unless told which."""
    given = {
        "by": full.coordinator,
        "origin": full.project,
        "takes": takes or BlueprintGroup.values,
    }
    return begin_project(**given | ABOUT | about)


def rows_of(kept: Kept, project: Project) -> Any:
    """Return a project's rows of one kind."""
    found = {each._meta.label: each for each in apps.get_models(include_auto_created=True)}
    return found[kept.model]._base_manager.filter(**{kept.through: project.pk})


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text within a value of a column."""
    if isinstance(value, Translated):
        value = value.entries
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str):
        yield value


def private_words(project: Project) -> set[str]:
    """Return what people said, their names and addresses, as the list of what is kept has them."""
    words: set[str] = set()
    for kept in ROWS:
        # Of an edition most is the project's own; the quotes in it are rows themselves.
        if not kept.private or kept.model == "plan.Edition":
            continue
        for row in rows_of(kept, project).values_list(*kept.private):
            found = {text.strip() for text in texts_in(list(row))}
            # "Someone to talk to" was said, and is what a code means too. Of names, which are
            # looked for as well, one word is one too many.
            words |= {text for text in found if kept.model not in SAID or len(text.split()) > 5}
    for user in User.objects.filter(memberships__project=project):
        words |= {user.email, user.name, user.display_name}
    # Sealed minutes say of whom somebody spoke for.
    return {word for word in words if len(word) > 2} - set(Sector.values)


@pytest.mark.once
def test_nobodys_words_names_or_addresses_of_the_whole_sample_come_along(
    first_sample: Original[Project], say: Any
) -> None:
    origin = first_sample.copy()
    by = Membership.objects.filter(project=origin, role=Role.COORDINATOR).first().user
    # What the sample has none of.
    HoldRules.objects.update_or_create(project=origin, defaults={"words": "Gwenllian Prosser"})
    Project.objects.filter(pk=origin.pk).update(safeguarding_lead="lead@bryncoed.example")
    made = begin_project(origin=origin, takes=BlueprintGroup.values, by=by, **ABOUT)
    came = {kept.model: [*texts_in([*rows_of(kept, made).values()])] for kept in ROWS}
    corpus = "\n".join(text for texts in came.values() for text in texts)
    wanted = private_words(origin) | {"Gwenllian Prosser", "lead@bryncoed.example"}
    leaked = {
        word
        for word in wanted
        if word in corpus and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", corpus)
    }
    assert leaked == set()
    assert len(wanted) > 3000
    # And it is not that nothing came.
    themes = [str(theme.name) for theme in Theme.objects.of(origin).current()]
    assert set(themes) <= set(came["themes.Theme"])
    assert len(themes) > 15
    say(f"{len(wanted)} private texts looked for in {len(corpus)} characters of the new project")


def test_of_what_a_new_project_has_rows_at_once_is_what_may_come(full: Story) -> None:
    made = begin(full)
    there = {kept.model for kept in ROWS if rows_of(kept, made).exists()}
    # The rest is counted by the database for itself, or is what this change left.
    assert there - COMES <= {"themes.ThemeTotal", "projects.Sending"}
    assert there >= COMES


def test_the_questions_come_with_codes_words_colours_and_order(full: Story) -> None:
    made = begin(full, BlueprintGroup.QUESTIONS)
    about = ("kind", "name", "wording", "symbol", "is_asked", "position")
    theirs, ours = (
        list(Question.objects.of(each).values_list(*about)) for each in (full.project, made)
    )
    assert ours == theirs
    assert len(ours) > 4


def test_ways_of_listening_come_as_texts_to_begin_with_and_limits_without_words(
    full: Story,
) -> None:
    made = begin(full, BlueprintGroup.LISTENING)
    rules = HoldRules.objects.of(made).get()
    assert (rules.most_of_network, rules.most_of_survey, rules.words) == (31, 301, "")
    found = {each.boxes["method"]: each for each in TextTemplate.objects.of(made)}
    # Of the last that was not called off; nothing of where and when it was.
    drop_in = found["drop_in"]
    assert drop_in.boxes == {"method": "drop_in", "level": "involve", "purpose": PURPOSE}
    assert drop_in.kind == "engagements.Engagement"


def test_surveys_workshops_and_an_agenda_come_as_texts_to_begin_with(full: Story) -> None:
    made = begin(full, BlueprintGroup.SURVEYS, BlueprintGroup.WORKSHOPS, BlueprintGroup.STEERING)
    found = {each.kind: each for each in TextTemplate.objects.of(made)}
    survey = found["engagements.Survey"].initial
    assert survey["introduction"].text("en") == INTRODUCTION
    assert (survey["slug"], survey["title"].text("en")) == ("park", "Your park")
    assert found["workshops.Workshop"].initial["title"] == full.workshop.title
    assert found["steering.Meeting"].initial == {"agenda": "\n".join(AGENDA)}
    terms = Terms.objects.in_force(made)
    assert (terms.quorum, terms.decision_method) == (3, "consensus")


def test_the_texts_of_the_plan_about_the_way_come_and_those_about_people_stay(
    full: Story,
) -> None:
    made = begin(full, BlueprintGroup.PLAN)
    kinds = set(Section.objects.of(made).values_list("kind", flat=True))
    assert kinds == {"how_we_listened", "how_we_decided", "what_happens_next"}
    assert "thanks" in Section.objects.of(full.project).values_list("kind", flat=True)


def test_the_periods_and_the_smallest_number_come(full: Story) -> None:
    made = begin(full, BlueprintGroup.PERIODS)
    assert Retention.objects.in_force(made).imports == 7
    assert Project.objects.get(pk=made.pk).small_number == 12


def test_without_a_tick_nothing_comes_but_the_usual_questions(full: Story) -> None:
    made = begin_project(origin=full.project, takes=[], by=full.coordinator, **ABOUT)
    assert {each.kind for each in Question.objects.of(made)} == {"asset", "need", "change", "none"}
    for model in (Theme, Section, TextTemplate, HoldRules):
        assert not model.objects.of(made).exists()
    assert not Retention.objects.filter(project=made).exists()
    assert Blueprint.objects.of(made).get().groups == []


def test_both_trails_say_so_without_words_and_hold(full: Story) -> None:
    made = begin(full, BlueprintGroup.QUESTIONS, BlueprintGroup.PERIODS)
    theirs = AuditEntry.objects.get(project=full.project, verb="projects.blueprint_taken")
    ours = AuditEntry.objects.get(project=made, verb="projects.project_begun_from_another")
    assert theirs.now == {"groups": ["questions", "periods"]}
    assert ours.now == {"origin": str(full.project.uuid), "groups": ["questions", "periods"]}
    assert Blueprint.objects.of(made).get().origin_place == "Bryn"
    for project in (full.project, made):
        assert verify(project).fault is None


def test_a_language_that_the_other_lacks_is_missing_and_what_there_is_stays(full: Story) -> None:
    Theme.objects.filter(pk=full.theme.pk).update(name=Translated.of("en", en="Play"))
    made = begin(full, languages=["cy"])
    play = next(each for each in Theme.objects.of(made) if each.name.text("en") == "Play")
    assert play.name.missing(made.languages) == ["cy"]
    assert play.name.text("en") == "Play"


def test_a_translation_that_is_out_of_date_stays_so(full: Story) -> None:
    section = Section.objects.of(full.project).get(kind="how_we_listened")
    Section.objects.filter(pk=section.pk).update(body=section.body.changed({"en": "Anew."}))
    made = begin(full)
    body = Section.objects.of(made).get(kind="how_we_listened").body
    assert body.out_of_date(["en", "cy"]) == ["cy"]


@pytest.mark.parametrize("role", [*Role.values, "stranger"])
def test_only_those_whom_the_table_names_begin_from_a_project(full: Story, role: str) -> None:
    person = make_person(role, "bryn")
    if role in CAPABILITIES["blueprints.take"]:
        assert begin(full, by=person).slug == "cwm"
        return
    before = AuditEntry.objects.count()
    with pytest.raises(NotYoursToTake):
        begin(full, by=person)
    assert not Project.objects.filter(slug="cwm").exists()
    assert AuditEntry.objects.count() == before


def test_a_right_that_was_lost_meanwhile_is_lost(full: Story) -> None:
    other = make_person("second", "bryn")
    joined = add_member(project=full.project, user=other, role="coordinator", by=full.coordinator)
    remove_member(membership=joined, by=full.coordinator)
    with pytest.raises(NotYoursToTake):
        begin(full, by=other)


def test_an_address_that_is_taken_leaves_nothing_behind(full: Story) -> None:
    before = {kept.model: rows_of(kept, full.project).count() for kept in ROWS}
    with pytest.raises(ProjectAddressTaken):
        begin(full, slug="bryn")
    assert Project.objects.count() == 1
    assert {kept.model: rows_of(kept, full.project).count() for kept in ROWS} == before


def test_one_sending_makes_one_project_and_another_one_asks(full: Story) -> None:
    sending = SentForm(uuid4(), "first")
    made = begin(full, sending=sending)
    questions = Question.objects.of(made).count()
    assert begin(full, sending=sending) == made
    assert Question.objects.of(made).count() == questions
    with pytest.raises(MadeAlready):
        begin(full, slug="glan", sending=SentForm(sending.page, "second"))
    assert Project.objects.count() == 2


def test_a_sending_of_somebody_else_tells_nothing_of_their_project(full: Story) -> None:
    sending = SentForm(uuid4(), "first")
    begin(full, sending=sending)
    other = make_person("second", "bryn")
    add_member(project=full.project, user=other, role="coordinator", by=full.coordinator)
    with pytest.raises(ProjectAddressTaken):
        begin(full, by=other, sending=sending)


@pytest.mark.parametrize("from_another", [True, False])
@pytest.mark.django_db(transaction=True)
def test_two_sendings_of_one_form_at_once_make_one_project(
    project: Project, coordinator: User, from_another: bool
) -> None:
    sending, made, faults = SentForm(uuid4(), "first"), [], []
    together = threading.Barrier(2)
    origin = {"origin": project, "takes": BlueprintGroup.values} if from_another else {}

    def send() -> None:
        try:
            together.wait(timeout=10)
            made.append(begin_project(by=coordinator, sending=sending, **origin, **ABOUT).pk)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    assert len(made) == 2
    assert len(set(made)) == 1
    assert AuditEntry.objects.filter(verb="projects.project_created", project=made[0]).count() == 1


def test_many_rows_cost_as_many_statements_as_few(full: Story, count_queries: Any) -> None:
    def cost(slug: str) -> int:
        with count_queries() as seen:
            begin(full, slug=slug)
        return len(seen)

    few = cost("cwm")
    top = Theme.objects.of(full.project).themes().first()
    for kind, parent in (("theme", None), ("code", top), ("code", None)):
        Theme.objects.bulk_create(
            Theme(
                project=full.project,
                kind=kind,
                parent=parent,
                name=Translated.of("en", en=f"{kind} {bool(parent)} {number}"),
                position=number + 10,
            )
            for number in range(60)
        )
    assert cost("glan") == few
