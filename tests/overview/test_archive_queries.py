"""An archive is of one moment, and has the addresses of those alone who agreed."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connection

from coproduction.kept import Kept, Leaves
from coproduction.projects.models import Project, User
from coproduction.projects.services.person import change_person
from coproduction.projects.trail.verification import attested_models
from engagements.models import Method
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from overview.archive.schema import schema
from overview.archive.tables import tables
from overview.kept import EVERYTHING
from overview.queries.archive import write_archive
from tests.cast import ROLES, make_member
from tests.overview.archives import all_rows, members_of, rows_of

TIMES = 5
# The declaration of everything kept says what never leaves.
KEPT = {each.model: each for each in EVERYTHING if isinstance(each, Kept)}
OF_OTHERS = {"auth", "contenttypes", "sessions", "account", "mfa", "socialaccount"}


def test_every_model_leaves_or_stays_for_a_reason() -> None:
    every = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    ours = {label for label in every if label.split(".")[0] not in OF_OTHERS}
    stays = {label for label in ours if label not in KEPT or KEPT[label].leaves == Leaves.STAYS}
    assert ours - {each.label for each in tables()} == stays & KEPT.keys()
    for table in tables():
        kept = KEPT[table.label]
        # Names of people go, and the address of who agreed: another test looks at these.
        if kept.leaves == Leaves.STRIPPED and table.label != "projects.User":
            assert set(kept.private) <= set(table.stays), table.label
    assert {model._meta.label for model in attested_models()} <= {each.label for each in tables()}
    before: set[str] = set()
    pointing = 0
    for table in tables():
        before.add(table.label)
        for column in table.columns:
            # Those that others point to come before them.
            assert not column.points_to or column.points_to in before, (table.label, column.name)
            pointing += bool(column.points_to)
    assert pointing > 90


def test_the_schema_of_the_documentation_is_that_of_archives() -> None:
    kept = json.loads(Path("docs/archive.schema.json").read_text())
    assert kept == json.loads(json.dumps(schema())), "raise VERSION, and write it out again"


@pytest.mark.django_db
def test_only_the_address_of_who_agreed_goes_along(
    project: Project, coordinator: User, tmp_path: Path
) -> None:
    people = [make_member(project, role) for role in ROLES]
    agreed, nameless = people[1], people[2]
    change_person(user=agreed, name="Anwen", language="cy", address_may_leave=[str(project.uuid)])
    User.objects.filter(pk=nameless.pk).update(name="")
    path = tmp_path / "some.zip"
    write_archive(project, path)
    rows = {row["uuid"]: row for row in rows_of(path, "projects.User")}
    assert {row["email"] for row in rows.values()} == {"", agreed.email}
    assert rows[str(agreed.uuid)]["email"] == agreed.email
    assert rows[str(nameless.uuid)]["name"] == "Person 1"
    raw = b"".join(members_of(path).values())
    for person in people:
        assert (person.email.encode() in raw) == (person == agreed)


@pytest.mark.django_db(transaction=True)
def test_an_archive_is_of_one_moment_while_people_write(
    project: Project, coordinator: User, tmp_path: Path, say: Callable[[str], None]
) -> None:
    questions = ensure_questions(project=project, by=coordinator)
    event = plan_engagement(
        project=project,
        title="Fair",
        method=Method.EVENT,
        place="The green",
        date="2024-05-04",
        by=coordinator,
    )
    stop, wrong, written = Event(), [], []

    def write() -> None:
        try:
            while not stop.is_set():
                said = [CommentDraft(questions["need"], f"Word {each}", {}) for each in "ab"]
                written.append(add_submission(engagement=event, comments=said, by=coordinator))
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    sizes = []
    for number in range(TIMES):
        path = tmp_path / f"{number}.zip"
        write_archive(project, path)
        rows = all_rows(path)
        sittings = len(rows["engagements.Submission"])
        assert len(rows["engagements.Comment"]) == 2 * sittings
        assert rows["projects.AuditHead"][0]["number"] == len(rows["projects.AuditEntry"])
        sizes.append(sittings)
    while not wrong and not written:
        pass
    stop.set()
    writer.join()
    say(f"{len(written)} sittings were written while {TIMES} archives were: {sizes}")
    assert wrong == []
    assert sizes == sorted(sizes)
