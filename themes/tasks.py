"""Work on the codebook that is done later: codes that came in with a file are put on comments."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from engagements.models import ImportBatch
from themes.services.label import TooManyCodes, take_in_labels


@background("themes.take_in_labels", refusals=(TooManyCodes,))
def take_in(progress: Progress, *, batch: int) -> dict[str, int]:
    """Put the codes of an import on its comments; begun again after a crash, go on."""
    found = ImportBatch.objects.select_related("project", "by").get(pk=batch)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Putting codes on comments"))

    return {"codings": take_in_labels(batch=found, report=report)}
