"""Everything that is kept is on the list: each model, each field that can hold words, each file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose
from coproduction.languages.models import TranslatedField
from coproduction.projects.kept import OTHERS
from coproduction.projects.models import User
from coproduction.projects.models.retention import PERIODS
from overview.kept import EVERYTHING

ROWS = {each.model: each for each in EVERYTHING if isinstance(each, Kept)}
FILES = [each for each in EVERYTHING if isinstance(each, KeptFile)]
# Parts of what we build on that may come, and are on the list already.
MAY_COME = {"mfa", "socialaccount"}


def installed() -> dict[str, type[models.Model]]:
    """Return every model there is, by its name; those of Django's own making too."""
    return {each._meta.label: each for each in apps.get_models(include_auto_created=True)}


def fields_with_words(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield each column that can hold words or an address, or that points to a person."""
    wordy = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for field in model._meta.get_fields():
        if not isinstance(field, models.Field):
            continue
        if field.related_model is User:
            yield field
        # What is chosen from a list says nothing of its own.
        elif isinstance(field, (*wordy, TranslatedField)) and not field.choices:
            yield field


def test_every_model_is_on_the_list_once() -> None:
    listed = [each.model for each in EVERYTHING if isinstance(each, Kept)]
    assert len(listed) == len(set(listed))
    may_come = {name for name in listed if name.partition(".")[0] in MAY_COME}
    assert may_come <= {each.model for each in OTHERS}
    assert installed().keys() - set(listed) == set()
    assert set(listed) - installed().keys() - may_come == set()
    assert len(listed) > 60


@pytest.mark.parametrize("name", sorted(installed()))
def test_every_field_that_can_hold_words_or_a_person_is_on_the_list(name: str) -> None:
    kept, model = ROWS[name], installed()[name]
    listed = [*kept.private, *kept.who, *kept.open]
    assert len(listed) == len(set(listed)), "in two of its lists"
    columns = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    assert set(listed) <= columns, "is no field of it"
    assert {field.name for field in fields_with_words(model)} <= set(listed)
    people = {field.name for field in fields_with_words(model) if field.related_model is User}
    assert people <= set(kept.who)
    assert all(model._meta.get_field(field).is_relation for field in kept.who)


@pytest.mark.parametrize("name", sorted(installed()))
def test_the_way_to_its_project_leads_there(name: str) -> None:
    kept, model = ROWS[name], installed()[name]
    if not kept.through:
        assert "project" not in {field.name for field in model._meta.get_fields()}
        return
    found = model
    for step in kept.through.split("__"):
        field = found._meta.pk if step == "pk" else found._meta.get_field(step)
        found = field.related_model or found
    assert found._meta.label == "projects.Project"


@pytest.mark.parametrize("kept", EVERYTHING, ids=lambda each: getattr(each, "model", "file"))
def test_what_it_says_of_one_kind_agrees_with_itself(kept: Kept | KeptFile) -> None:
    assert str(kept.what)
    assert str(kept.why)
    assert isinstance(kept.whose, Whose)
    if isinstance(kept, Kept):
        # What holds somebody's words can be taken away, and nothing else need be.
        assert bool(kept.private) == (kept.erasure is not Erasure.NOTHING)
        assert kept.leaves is not Leaves.STRIPPED or kept.private


def test_every_kind_of_file_is_on_the_list() -> None:
    listed = {each.field: each.where for each in FILES if each.field}
    named = {
        f"{name}.{field.name}": field.upload_to
        for name, model in installed().items()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    }
    assert named == listed
    assert len(named) > 1


@pytest.mark.django_db
def test_every_table_is_a_models_or_on_the_list() -> None:
    models_own = {model._meta.db_table for model in installed().values()}
    beside = {
        each.where.removeprefix("table:") for each in FILES if each.where.startswith("table:")
    }
    tables = set(connection.introspection.table_names()) - models_own
    # SQLite's index of words keeps several tables under its name.
    unknown = {table for table in tables if not table.startswith(tuple(beside))}
    assert unknown == set()
    assert tables


def test_every_cache_and_every_place_of_the_installation_is_on_the_list() -> None:
    places = {each.where for each in FILES}
    assert {f"CACHES/{name}" for name in settings.CACHES} <= places
    root = Path(settings.BASE_DIR)
    source = "\n".join(path.read_text() for path in (root / "coproduction").rglob("*.py"))
    named = set(re.findall(r'DATA_DIR / ["\']([\w-]+)["\']', source))
    assert named >= {"mail", "broker", "keys", "secret-key"}
    # The storage and the database are on the list by what stands in them; the last is not kept.
    assert {f"DATA_DIR/{name}" for name in named - {"files", "static"}} <= places


def test_every_period_is_one_that_a_project_sets_and_each_is_for_something() -> None:
    assert {each.period for each in EVERYTHING if each.period} == set(PERIODS)
