"""Questions through migrations back and forward: those a project added stay, each its own."""

import pytest
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = "0007_undone_is_said_of_comments"
AFTER = "0009_question_symbols_are_their_own"


def migrate_to(name: str) -> Apps:
    """Bring the engagements, and what they need, to a migration; return the models of then."""
    return MigrationExecutor(connection).migrate([("engagements", name)]).apps


def test_a_migration_back_that_would_cut_a_code_is_refused_and_changes_nothing(
    empty_database: None,
) -> None:
    known = migrate_to(AFTER)
    project = known.get_model("projects", "Project").objects.create(name="Bryn", slug="bryn")
    for position, (kind, symbol) in enumerate(
        {"ten-letter": "leaf-star", "getting-about": "sky-hexagon"}.items()
    ):
        known.get_model("engagements", "Question").objects.create(
            project=project, kind=kind, symbol=symbol, position=position
        )
    with pytest.raises(
        CommandError, match=r"these are longer: getting-about in bryn\. No question"
    ):
        migrate_to(BEFORE)
    questions = migrate_to(AFTER).get_model("engagements", "Question").objects
    assert sorted(questions.values_list("kind", "symbol")) == [
        ("getting-about", "sky-hexagon"),
        ("ten-letter", "leaf-star"),
    ]
    questions.filter(kind="getting-about").delete()
    rows = migrate_to(BEFORE).get_model("engagements", "Question").objects
    assert rows.get().kind == "ten-letter"


def test_added_questions_outlive_a_migration_back(empty_database: None) -> None:
    known = migrate_to(AFTER)
    project = known.get_model("projects", "Project").objects.create(name="Bryn", slug="bryn")
    symbols = {"asset": "sky-hexagon", "play": "leaf-star", "travel": "teal-square"}
    for position, (kind, symbol) in enumerate(symbols.items()):
        words = {"en": {"text": f"What of {kind}?", "of": None}}
        known.get_model("engagements", "Question").objects.create(
            project=project, kind=kind, symbol=symbol, wording=words, position=position
        )
    migrate_to(BEFORE)
    rows = migrate_to(AFTER).get_model("engagements", "Question").objects.order_by("position")
    assert [(row.kind, row.symbol, row.is_asked) for row in rows] == [
        ("asset", "teal-square", True),
        ("play", "plum-triangle", True),
        ("travel", "sky-hexagon", True),
    ]
    assert [row.name.text("en") for row in rows] == ["", "What of play?", "What of travel?"]
