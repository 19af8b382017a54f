"""Answers on hold through a migration back and forward: never shown, and not forgotten."""

from datetime import date

from tests.upgrade.test_question_migrations import migrate_to

BEFORE = "0016_counts_stand_as_published"
AFTER = "0017_answers_may_be_on_hold"


def test_what_was_on_hold_stays_hidden_and_waits_again(empty_database: None) -> None:
    known = migrate_to(AFTER)
    rows = {name: known.get_model("engagements", name).objects for name in RECORDS}
    project = known.get_model("projects", "Project").objects.create(
        slug="bryn", name={"en": {"text": "Bryn", "of": None}}
    )
    engagement = rows["Engagement"].create(
        project=project, title="Fair", method="survey", date=date(2024, 5, 4)
    )
    survey = rows["Survey"].create(project=project, engagement=engagement, slug="say", title={})
    question = rows["Question"].create(project=project, kind="asset")
    for receipt, on_hold in (("counts", False), ("waits", True)):
        submission = rows["Submission"].create(
            project=project,
            engagement=engagement,
            survey=survey,
            channel="survey",
            receipt=receipt,
            on_hold=on_hold,
        )
        for position in range(2):
            rows["Comment"].create(
                project=project,
                submission=submission,
                engagement=engagement,
                question=question,
                position=position,
                text=receipt,
                withheld="on_hold" if on_hold else "",
            )
        if on_hold:
            rows["Hold"].create(
                project=project, submission=submission, reason="word", group=survey.uuid
            )
    back = migrate_to(BEFORE).get_model("engagements", "Comment").objects
    assert list(back.filter(withheld="").values_list("text", flat=True)) == ["counts"] * 2
    again = migrate_to(AFTER)
    holds = again.get_model("engagements", "Hold").objects
    assert list(holds.values_list("submission__receipt", "group")) == [("waits", survey.uuid)]
    kept = again.get_model("engagements", "Submission").objects.order_by("pk")
    assert list(kept.values_list("receipt", "on_hold")) == [("counts", False), ("waits", True)]


RECORDS = ("Engagement", "Survey", "Question", "Submission", "Comment", "Hold")
