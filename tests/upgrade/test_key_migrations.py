"""The keys that codes had by their place become their own."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("themes", "0010_what_changed_is_found_by_key")]
AFTER = [("themes", "0011_codes_have_keys")]


def test_each_code_keeps_the_key_that_its_place_gave_it(empty_database: None) -> None:
    made = MigrationExecutor(connection).migrate(BEFORE).apps.get_model
    projects = [
        made("projects", "Project").objects.create(name=slug, slug=slug) for slug in ("bryn", "pen")
    ]
    themes = made("themes", "Theme").objects

    def make(project, kind, position, parent=None, into=None):
        return themes.create(
            project_id=project.pk,
            kind=kind,
            name={},
            position=position,
            parent_id=parent and parent.pk,
            merged_into_id=into and into.pk,
        )

    second, first = make(projects[0], "theme", 2), make(projects[0], "theme", 1)
    codes = [
        make(projects[0], "code", 0, second),
        make(projects[0], "code", 1, first),
        make(projects[0], "code", 0, first),
        make(projects[0], "code", 0),
    ]
    make(projects[0], "code", 0, first, into=codes[0])
    many = [make(projects[1], "code", number) for number in range(34)]
    found = MigrationExecutor(connection).migrate(AFTER).apps.get_model("themes", "Theme").objects
    keys = dict(found.values_list("pk", "key"))
    assert [keys.pop(code.pk) for code in codes] == ["3", "2", "1", "4"]
    assert "".join(keys.pop(code.pk) for code in many) == "123456789abcdefghijklmnopqrtvxyz"
    assert set(keys.values()) == {""}
