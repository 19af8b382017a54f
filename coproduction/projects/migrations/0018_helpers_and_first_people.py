"""Somebody may be a helper, who only types; the first person holds roles until others have them."""

from django.db import migrations, models

_BEFORE = ["coordinator", "analyst", "facilitator", "chair", "member", "editor"]
_CHOICES = [
    ("coordinator", "Engagement co-ordinator"),
    ("analyst", "Analyst"),
    ("facilitator", "Facilitator"),
    ("chair", "Chair of the steering group"),
    ("member", "Steering group member"),
    ("editor", "Plan editor"),
]


def take_helpers_off(apps, schema_editor):
    """Take the role away: nothing before this knew it. What they typed stays."""
    apps.get_model("projects", "Membership").objects.filter(role="helper").delete()


class Migration(migrations.Migration):
    dependencies = [("projects", "0017_begun_from_another")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_role_known"),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[*_CHOICES, ("helper", "Helper who types")],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_helpers_off, elidable=False),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=[*_BEFORE, "helper"]), name="membership_role_known"
            ),
        ),
        migrations.AddField(
            model_name="membership", name="stands_in", field=models.BooleanField(default=False)
        ),
    ]
