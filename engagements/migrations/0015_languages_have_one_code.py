from django.db import migrations

from coproduction.languages.codes import code_of_language


def bring_to_one_code(apps, schema_editor):
    """Write the language of what was said by one code, whatever a file called it.

    What is no language that we know stays as it was written.
    """
    for name in ("Submission", "Comment"):
        rows = apps.get_model("engagements", name).objects
        for written in rows.values_list("language", flat=True).distinct().order_by():
            code = code_of_language(written)
            if code and code != written:
                rows.filter(language=written).update(language=code)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0014_concerns_know_their_version"),
    ]

    operations = [
        migrations.RunPython(bring_to_one_code, migrations.RunPython.noop),
    ]
