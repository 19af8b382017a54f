"""What background work keeps: every model, whose it is, why and how long."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose

_WORK = _("What the programme has still to do, and what it did")
_GO_ON = _("So that work goes on where it stopped.")

KEPT: tuple[Kept | KeptFile, ...] = (
    Kept(
        model="jobs.Job",
        what=_WORK,
        whose=Whose.INSTALLATION,
        why=_GO_ON,
        period="jobs",
        days=int(settings.JOBS_KEPT_DAYS),
        leaves=Leaves.STAYS,
        # Ids, numbers and choices alone: see coproduction/private_words.py.
        erasure=Erasure.NOTHING,
        open=("task", "arguments", "scope", "request", "unique_key", "label", "sentence", "result"),
    ),
    Kept(
        model="jobs.WorkerSeen",
        what=_WORK,
        whose=Whose.INSTALLATION,
        why=_GO_ON,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        open=("name",),
    ),
    KeptFile(
        where="DATA_DIR/broker",
        what=_WORK,
        whose=Whose.INSTALLATION,
        why=_GO_ON,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
    ),
)
