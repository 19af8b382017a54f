"""Words may be erased for good: the comment stays, empty; a kept file is known by its own hash."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0021_files_go_when_their_time_is_over"),
        ("projects", "0011_public_pages_have_a_state"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasedComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.CharField(max_length=64)),
                ("gone_from", models.JSONField(default=list)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure",
                        to="engagements.comment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddIndex(
            model_name="erasedcomment",
            index=models.Index(
                condition=Q(finished_at__isnull=True), fields=["project"], name="erasure_under_way"
            ),
        ),
        migrations.RemoveConstraint(model_name="comment", name="comment_says_something"),
        migrations.AddField(
            model_name="comment",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="kept_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=~Q(text="") | Q(erased_at__isnull=False), name="comment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | (Q(text="", folded="") & ~Q(withheld="")),
                name="comment_erased_says_nothing",
            ),
        ),
        keep_what_came("engagements", "ErasedComment", what="records of words that were erased"),
    ]
