from django.db import migrations


def know_those_that_did_not_go(apps, schema_editor):
    """Keep a row for each letter that was given up; and that none was written, where that is so.

    A row stands under the uuid of the job that wrote the letter, and has no words: they were never
    kept. Nothing is said of a letter that went or is on its way.
    """
    jobs = apps.get_model("jobs", "Job").objects.filter(task="engagements.tell_lead")
    lost = dict(jobs.filter(state="failed").values_list("uuid", "finished_at"))
    nobody = [job.uuid for job in jobs.filter(state="done") if job.result.get("sent") is False]
    concerns = apps.get_model("engagements", "Concern").objects
    concerns.filter(letter__in=nobody).update(letter=None)
    letters = apps.get_model("projects", "Letter").objects
    for concern in concerns.filter(letter__in=lost).select_related("comment__project"):
        project = concern.comment.project
        letters.create(
            uuid=concern.letter,
            project=project,
            kind="concern",
            to=project.safeguarding_lead,
            language=project.languages[0],
            state="refused",
            written_at=lost[concern.letter],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_by_the_databases_time"),
        ("projects", "0005_letters_are_rows"),
        ("engagements", "0012_consent_is_each_comments"),
    ]

    operations = [
        migrations.RunPython(know_those_that_did_not_go, migrations.RunPython.noop),
    ]
