"""Projects come in with their archive: what entries call their subjects here, and whose address may leave."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

from coproduction.no_step_back import keep_what_came


def name_subjects(apps: Any, _editor: Any) -> None:
    """What entries call their subjects is what those are called here."""
    apps.get_model("projects", "AuditEntry").objects.update(subject_key=models.F("subject_id"))


class Migration(migrations.Migration):
    dependencies = [("projects", "0015_complaints_about_data")]

    operations = [
        migrations.AddField(
            "auditentry",
            "subject_key",
            models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
        migrations.RemoveIndex("auditentry", "audit_by_subject"),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["project", "subject_key"], name="audit_by_subject"),
        ),
        migrations.AddField("membership", "address_may_leave", models.BooleanField(default=False)),
        migrations.AddField("user", "came_along", models.BooleanField(default=False)),
        keep_what_came("projects", "User", what="people from elsewhere", which=Q(came_along=True)),
        keep_what_came(
            "projects",
            "Membership",
            what="people's wishes that their address may go along",
            which=Q(address_may_leave=True),
        ),
        keep_what_came(
            "projects",
            "AuditEntry",
            what="names that entries from elsewhere have here",
            which=~Q(subject_key=F("subject_id")),
        ),
    ]
