import logging

from django.db import migrations

from coproduction.languages.typed_text import clean_address

logger = logging.getLogger(__name__)


def bring_to_one_form(apps, schema_editor):
    """Write every address as it is compared from now on.

    Two people whose addresses are one stay two: whoever has the address in that form keeps it, and
    the other keeps what they have. Nobody can sign in there, so those are named; not their address.
    """
    users = apps.get_model("projects", "User").objects
    taken = {user.email: user.uuid for user in users.all()}
    for user in users.order_by("pk"):
        address = clean_address(user.email)
        if address == user.email:
            continue
        if address in taken:
            logger.warning(
                "Two people have one address: %s can sign in, and %s can not. "
                "Give the first what roles the second has.",
                taken[address],
                user.uuid,
            )
            continue
        users.filter(pk=user.pk).update(email=address)
        taken[address] = user.uuid
    projects = apps.get_model("projects", "Project").objects
    for project in projects.all():
        projects.filter(pk=project.pk).update(
            contact_email=clean_address(project.contact_email),
            safeguarding_lead=clean_address(project.safeguarding_lead),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_rows_know_their_version"),
    ]

    operations = [
        migrations.RunPython(bring_to_one_form, migrations.RunPython.noop),
    ]
