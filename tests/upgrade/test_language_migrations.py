"""Languages of what was said, through the migration that gives each one code."""

from datetime import date

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from coproduction.languages.models import Translated

BEFORE, AFTER = "0014_concerns_know_their_version", "0015_languages_have_one_code"


def migrate_to(name: str) -> Apps:
    """Bring the engagements to a migration; return the models of then."""
    return MigrationExecutor(connection).migrate([("engagements", name)]).apps


def test_a_language_is_kept_by_one_code_and_what_is_none_as_it_was(empty_database: None) -> None:
    before = migrate_to(BEFORE)
    project = before.get_model("projects", "Project").objects.create(
        name=Translated.of(en="Bryn"), slug="bryn"
    )
    engagement = before.get_model("engagements", "Engagement").objects.create(
        project=project, title="Fun day", date=date(2024, 5, 1)
    )
    submissions = before.get_model("engagements", "Submission").objects
    written = ["cym", "eng", "cy-gb", "cy", "no", "xx", "ar"]
    for language in written:
        submissions.create(
            project=project, engagement=engagement, language=language, receipt=f"R-{language}"
        )
    rows = migrate_to(AFTER).get_model("engagements", "Submission").objects.order_by("pk")
    assert list(rows.values_list("language", flat=True)) == [
        *("cy", "en", "cy", "cy", "no", "xx", "ar")
    ]
