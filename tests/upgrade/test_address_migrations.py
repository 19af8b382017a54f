"""Addresses through the migration that brings them to one form."""

import logging

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from coproduction.languages.models import Translated

BEFORE, AFTER = "0003_rows_know_their_version", "0004_addresses_in_one_form"


def migrate_to(name: str) -> Apps:
    """Bring the projects to a migration; return the models of then."""
    return MigrationExecutor(connection).migrate([("projects", name)]).apps


def test_addresses_come_to_one_form_and_two_people_stay_two(
    empty_database: None, caplog: pytest.LogCaptureFixture
) -> None:
    before = migrate_to(BEFORE)
    users = before.get_model("projects", "User").objects
    there = {
        name: users.create(email=email, name=name)
        for name, email in {
            "Unseen": "dave@example.org\u200b",
            "Domain": "post@xn--bcher-kva.example",
            "Second": "post@bu\u0308cher.example",
            "Usual": "mair@bryn.example",
        }.items()
    }
    before.get_model("projects", "Project").objects.create(
        name=Translated.of(en="Bryn"),
        slug="bryn",
        contact_email="Hello@Bryn.Example",
        safeguarding_lead="",
    )
    with caplog.at_level(logging.WARNING):
        after = migrate_to(AFTER)
    kept = dict(after.get_model("projects", "User").objects.values_list("name", "email"))
    assert kept == {
        "Unseen": "dave@example.org",
        "Domain": "post@bücher.example",
        "Second": "post@bu\u0308cher.example",
        "Usual": "mair@bryn.example",
    }
    project = after.get_model("projects", "Project").objects.get()
    assert (project.contact_email, project.safeguarding_lead) == ("hello@bryn.example", "")
    told = [record.getMessage() for record in caplog.records if "one address" in record.message]
    assert len(told) == 1
    for name in ("Domain", "Second"):
        assert str(there[name].uuid) in told[0]
    assert "example" not in told[0]
