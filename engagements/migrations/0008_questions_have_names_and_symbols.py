"""Questions are rows: each with a name, a colour and shape of its own, and whether it is asked."""

from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models.functions import Length

import coproduction.languages.models

SYMBOLS = {
    "asset": "teal-square",
    "need": "brick-circle",
    "change": "sun-diamond",
    "none": "slate-bubble",
}
LATER_SYMBOLS = ("plum-triangle", "sky-hexagon", "leaf-star", "berry-plus", "amber-drop")


def draw_questions(apps: Any, schema_editor: Any) -> None:
    """Draw the questions as they were always drawn; "anything else" is never asked.

    Others than the given ones are there after a migration back, which dropped what they were
    called: each is called by its wording, and takes the first symbol left.
    """
    questions = apps.get_model("engagements", "Question").objects
    for kind, symbol in SYMBOLS.items():
        questions.filter(kind=kind).update(symbol=symbol)
    questions.filter(kind="none").update(is_asked=False)
    later = defaultdict(lambda: iter(LATER_SYMBOLS))
    for question in questions.exclude(kind__in=SYMBOLS).order_by("position", "pk"):
        # A project of one version never has more questions than there are symbols.
        question.symbol = next(later[question.project_id])
        question.name = question.wording
        question.save(update_fields=["symbol", "name"])


# How long a code was before.
EARLIER_LENGTH = 10


def refuse_long_codes(apps: Any, schema_editor: Any) -> None:
    """Go back only where each code has room: cut short, it would be another question's.

    It is the last step here, so the first one on the way back. Raises CommandError.
    """
    questions = apps.get_model("engagements", "Question").objects
    long = (
        questions.annotate(length=Length("kind"))
        .filter(length__gt=EARLIER_LENGTH)
        .order_by("project__slug", "kind")
        .values_list("project__slug", "kind")
    )
    if told := ", ".join(f"{kind} in {slug}" for slug, kind in long):
        raise CommandError(
            f"The earlier version keeps codes of questions of at most {EARLIER_LENGTH} letters, and "
            f"these are longer: {told}. No question was changed. Remove them first, where nobody "
            "answered them; to stay with this version, run migrate."
        )


class Migration(migrations.Migration):
    dependencies = [("engagements", "0007_undone_is_said_of_comments")]

    operations = [
        migrations.AlterModelOptions(name="question", options={"ordering": ["position", "pk"]}),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.SlugField(db_index=False, max_length=30, verbose_name="code"),
        ),
        migrations.AddField(
            model_name="question",
            name="name",
            field=coproduction.languages.models.TranslatedField(
                blank=True,
                default=coproduction.languages.models.Translated,
                verbose_name="short name",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="symbol",
            field=models.CharField(
                choices=[
                    ("teal-square", "Teal square"),
                    ("brick-circle", "Brick circle"),
                    ("sun-diamond", "Sun diamond"),
                    ("plum-triangle", "Plum triangle"),
                    ("sky-hexagon", "Sky hexagon"),
                    ("leaf-star", "Leaf star"),
                    ("berry-plus", "Berry cross"),
                    ("amber-drop", "Amber drop"),
                    ("slate-bubble", "Slate bubble"),
                ],
                default="",
                max_length=20,
                verbose_name="colour and shape",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="question",
            name="is_asked",
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(draw_questions, refuse_long_codes),
    ]
