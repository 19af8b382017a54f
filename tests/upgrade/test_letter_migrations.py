"""Letters that jobs wrote, before letters were rows: those that did not go are still known."""

from uuid import UUID

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE = [
    ("engagements", "0012_consent_is_each_comments"),
    ("projects", "0003_rows_know_their_version"),
]
AFTER = [("engagements", "0013_letters_to_leads_are_known")]


def migrate_to(leaves: list[tuple[str, str]]) -> Apps:
    """Bring the database to these migrations; return the models of then."""
    return MigrationExecutor(connection).migrate(leaves).apps


def test_what_did_not_go_is_a_refused_letter_and_what_was_never_written_is_none(
    empty_database: None,
) -> None:
    then = migrate_to(BEFORE)
    user = then.get_model("projects", "User").objects.create(email="nia@example.org", language="cy")
    project = then.get_model("projects", "Project").objects.create(
        slug="bryn", place="Bryn", languages=["en"], safeguarding_lead="lead@bryn.example"
    )

    def job(task: str, state: str, result: dict | None = None) -> UUID:
        over = timezone.now() if state in {"done", "failed"} else None
        sentence = "It did not work." if state == "failed" else ""
        row = {"state": state, "finished_at": over, "sentence": sentence, "result": result or {}}
        return then.get_model("jobs", "Job").objects.create(task=task, scope="", **row).uuid

    invited = {
        state: then.get_model("projects", "Membership").objects.create(
            project=project, user=user, role=role, letter=job("projects.tell_invited", state)
        )
        for role, state in [("analyst", "failed"), ("editor", "done"), ("chair", "queued")]
    }
    engagement = then.get_model("engagements", "Engagement").objects.create(
        project=project, title="A day", method="event", date=timezone.localdate()
    )
    question = then.get_model("engagements", "Question").objects.create(
        project=project, kind="asset", symbol="sky-hexagon"
    )
    submission = then.get_model("engagements", "Submission").objects.create(
        project=project, engagement=engagement, receipt="AAAA-BBBB-CCCC"
    )
    told = [
        job("engagements.tell_lead", "failed"),
        job("engagements.tell_lead", "done", {"sent": False}),
        job("engagements.tell_lead", "done", {"sent": True}),
    ]
    for position, letter in enumerate(told):
        comment = then.get_model("engagements", "Comment").objects.create(
            project=project,
            submission=submission,
            engagement=engagement,
            question=question,
            position=position,
            text="Words",
        )
        then.get_model("engagements", "Concern").objects.create(
            comment=comment, letter=letter, raised_by=user
        )
    now = migrate_to(AFTER)
    letters = now.get_model("projects", "Letter").objects
    assert sorted(letters.values_list("kind", "state", "to", "text")) == [
        ("concern", "refused", "lead@bryn.example", ""),
        ("invitation", "refused", "nia@example.org", ""),
    ]
    assert letters.get(kind="invitation").uuid == invited["failed"].letter
    concerns = now.get_model("engagements", "Concern").objects.order_by("pk")
    assert list(concerns.values_list("letter", flat=True)) == [told[0], None, told[2]]
    migrate_to(BEFORE)
