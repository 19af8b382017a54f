"""Takes what was decided so far into the trail: one entry a project, with a digest of each row.

It says how the rows stand on the day of the upgrade; what was done to them before it can't say.
"""

from django.core.management.base import CommandError
from django.db import migrations
from django.utils import timezone

from coproduction.fingerprints import RunningFingerprint
from coproduction.projects.models.attested import digest_of_row
from coproduction.projects.trail.chaining import (
    FORM,
    digest_of,
    head_to_sign,
    name_of_chain,
    new_salt,
)
from coproduction.projects.trail.signing import signature_of

READY, SEALED = {"ready_at__isnull": False}, {"sealed_at__isnull": False}
# Kind: the way to its project, which of its rows are decided, its columns in the first form.
KINDS = {
    ("engagements", "ImportBatch"): (
        *("project", {}),
        "uuid engagement file file_name file_hash encoding by undone_at created_at",
    ),
    ("plan", "Correction"): ("project", {}, "uuid edition at text words_uuid by created_at"),
    ("plan", "Edition"): ("project", {}, "uuid number title published_on snapshot by created_at"),
    ("plan", "Rendering"): (
        *("project", READY),
        "uuid edition kind language file file_hash size pages key ready_at retired_at created_at",
    ),
    ("steering", "Commitment"): (
        *("project", {}),
        "uuid wording organisation text committed_on contact_email by given_pass created_at",
    ),
    ("steering", "Confirmation"): (
        *("response__round__project", {}),
        "response means by given_pass at",
    ),
    ("steering", "Decision"): (
        *("project", {}),
        "uuid round outcome reason review_on decided_on written_down by created_at",
    ),
    ("steering", "Meeting"): (
        *("project", SEALED),
        "uuid date starts ends place agenda minutes attended circulated_at sealed_at "
        "sealed_attendance called_off_at called_off_why created_at",
    ),
    ("steering", "MinutesCorrection"): ("meeting__project", {}, "meeting text by at"),
    ("steering", "Response"): (
        *("round__project", {}),
        "uuid round seat answer reason recorded_by given_pass how heard_by at",
    ),
    ("steering", "Round"): (
        *("project", {}),
        "uuid wording meeting electorate quorum decision_method opened_at closes_at evidence by "
        "taken_back_at taken_back_why created_at",
    ),
    ("workshops", "Wording"): (
        *("project", {}),
        "uuid action number title text lead supporting partner_names timescale timescale_note by "
        "created_at",
    ),
}


def hash_files(apps, schema_editor):
    """Keep the hash of each file of the plan that is given out; of one that is gone, nothing."""
    for row in apps.get_model("plan", "Rendering").objects.filter(retired_at=None, **READY):
        running = RunningFingerprint()
        try:
            with row.file.open("rb") as file:
                for piece in file.chunks():
                    running.add(piece)
        except (OSError, ValueError):
            continue
        row.file_hash = running.value
        row.save(update_fields=["file_hash"])


def attest(apps, schema_editor):
    """Write the entry of each project that has anything to attest."""
    heads = apps.get_model("projects", "AuditHead").objects.filter(project__isnull=False)
    for head in heads.select_related("project"):
        salt = new_salt()
        digests = dict(_digests(apps, head.project, salt))
        if not digests:
            continue
        chain = name_of_chain(head.project)
        entry = apps.get_model("projects", "AuditEntry")(
            project=head.project,
            number=head.number + 1,
            at=timezone.now(),
            verb="projects.records_attested",
            subject_kind="projects.project",
            subject_id=str(head.project.uuid),
            now={"from_before": len(digests)},
            digests=digests,
            digests_salt=salt,
            form=FORM,
            salt=new_salt(),
            previous=head.digest,
        )
        # A column of a later step, which may have been taken before this one; it is in no hash.
        entry.subject_key = entry.subject_id
        entry.digest = digest_of(entry, chain)
        entry.save(force_insert=True)
        head.number, head.digest = entry.number, entry.digest
        signed = signature_of(head_to_sign(chain, head.number, head.digest))
        head.key, head.signature = signed.key, signed.signature
        head.save()


def take_back(apps, schema_editor):
    """Take back the entry of each project, where nothing was entered since; else go back nowhere.

    It is the first step on the way back of all that the trail stands on: the earlier version can't
    keep what newer entries are checked by. Raises CommandError.
    """
    entries = apps.get_model("projects", "AuditEntry").objects
    ours = {"form": FORM, "verb": "projects.records_attested"}
    if since := entries.filter(form=FORM).exclude(**ours).count():
        raise CommandError(
            f"{since} entries of the trail were made since, and the earlier version can't keep what "
            "they are checked by. Nothing was changed. To go back, restore what was backed up before; "
            "to stay with this version, run migrate."
        )
    for entry in entries.filter(**ours):
        heads = apps.get_model("projects", "AuditHead").objects.filter(project=entry.project)
        heads.update(number=entry.number - 1, digest=entry.previous, key="", signature="")
        entry.delete()


def _digests(apps, project, salt):
    """Yield the names and digests of a project's rows, kind by kind in their order."""
    for (app, kind), (path, decided, columns) in KINDS.items():
        model = apps.get_model(app, kind)
        rows = model._base_manager.filter(**{path: project}, **decided).order_by("pk")
        for row in rows.iterator(chunk_size=500):
            name = f"{model._meta.label_lower}:{getattr(row, 'uuid', None) or row.pk}"
            held = {column: getattr(row, column) for column in columns.split()}
            besides = {}
            if kind == "Edition":
                named = ("number", "comment__submission__uuid", "comment__position")
                besides = {"cited": list(row.cited.order_by(*named).values_list(*named))}
            yield name, f"1:{digest_of_row(name, held, besides, salt)}"


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0007_editions_print_a_head"),
        ("steering", "0010_whom_to_ask_again_for_their_word"),
        ("workshops", "0009_workshops_called_off_and_actions_withdrawn"),
        ("engagements", "0015_languages_have_one_code"),
        # All of these, so that the way back begins here, and ends here where it is refused.
        ("projects", "0010_invited_by_another_name"),
    ]

    operations = [
        migrations.RunPython(hash_files, migrations.RunPython.noop),
        migrations.RunPython(attest, take_back),
    ]
