"""Comments of before wait for a look; what was published stays, and the job is asked for."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("engagements", "0027_what_a_sheet_says"), ("jobs", "0004_job_request_id")]
AFTER = [("engagements", "0031_comments_are_looked_at")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database to some migrations; return the models of then."""
    return MigrationExecutor(connection).migrate(targets).apps


@pytest.mark.usefixtures("empty_database")
def test_comments_of_before_wait_and_a_job_of_each_project_looks(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        known = migrate(BEFORE)
        name = {"en": {"text": "Bryn", "of": None}}

        def make(model: str, **values: Any) -> Any:
            return known.get_model(model).objects.create(**values)

        projects = [make("projects.Project", name=name, slug=slug) for slug in ("bryn", "empty")]
        own = {"project": projects[0]}
        event = make("engagements.Engagement", title="Open day", date="2026-03-01", **own)
        question = make("engagements.Question", kind="need", wording=name, **own)
        sitting = make("engagements.Submission", engagement=event, receipt="A", **own)
        said = {"engagement": event, "question": question, "submission": sitting}
        make("engagements.Comment", text="Ask Mrs Price.", quote_consent=True, **said, **own)
        now = migrate(AFTER)
        (comment,) = now.get_model("engagements.Comment").objects.all()
        assert (comment.look, comment.withheld, comment.version) == ("waiting", "", 1)
        (job,) = now.get_model("jobs.Job").objects.filter(task="engagements.look")
        assert (job.arguments, job.state) == ({"project": projects[0].pk}, "queued")
        before = migrate(BEFORE)
        assert not before.get_model("jobs.Job").objects.exists()
        assert before.get_model("engagements.Comment").objects.count() == 1
