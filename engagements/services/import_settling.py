"""Settling an import: what came in is right, so the file it came in with is not needed any more."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.models import ImportBatch
from engagements.services.retention import delete_removed_files


class NotAllIn(Refusal):
    """Its rows are still read from the file."""

    sentence = _("The rows of this file are not all in yet. Wait until they are, then delete it.")


def settle_import(*, batch: ImportBatch, by: User) -> bool:
    """Delete the file of an import that is right, and what its refused rows said.

    What came in stays, and can still be undone; the same file is known again by its hash. Return
    whether there was a file; settling twice changes nothing. Raises NotAllIn.
    """
    with recorded(project=batch.project, by=by) as ledger:
        ledger.refresh(batch)
        if batch.file_removed_at is not None:
            return False
        if not (batch.is_finished or batch.is_undone):
            raise NotAllIn
        batch.file_removed_at = ledger.at
        batch.save(update_fields=["file_removed_at"])
        batch.refused_rows.update(content="")
        ledger.record("engagements.import_settled", subject=batch, was={"refused": batch.refused})
        # Once that is saved; who is cut off in between has it deleted by the worker's day.
        transaction.on_commit(partial(delete_removed_files, project=batch.project))
    return True
