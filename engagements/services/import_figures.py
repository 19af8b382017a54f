"""What a sheet of engagements says of them: people heard, helpers, hours, costs, filled in."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from coproduction.database import insert_rows
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.imports.columns import Columns
from engagements.imports.figures import EngagementFigures, read_figures
from engagements.imports.table import Row
from engagements.models import Engagement, FilledFigures, ImportBatch
from engagements.queries.import_figures import FiguresPlan, plan_figures


class ImportUndone(Refusal):
    """Nothing more is taken from a file whose import was undone."""

    sentence = _("This import was undone. To fill anything in from its file, bring it in again.")


def fill_figures(
    *,
    project: Project,
    figures: Iterable[EngagementFigures],
    by: User,
    batch: ImportBatch | None = None,
) -> FiguresPlan:
    """Fill in what a sheet says of engagements that are there, by title and day; return what.

    What the sheet leaves open stays as it is; so does everything where it says what is there
    already, so that it can be read again. What came from the file of a ``batch`` goes when that is
    undone. Raises ImportUndone, TooManyEngagements.
    """
    with recorded(project=project, by=by) as ledger:
        if batch is not None and ledger.refresh(batch).is_undone:
            raise ImportUndone
        plan = plan_figures(project, figures)
        for engagement, was, now in plan.changes:
            _put_in(engagement, was, now, ledger)
        if batch is not None:
            kept = ((each.engagement.pk, each.was, each.now) for each in plan.changes)
            insert_rows(FilledFigures, ("engagement_id", "was", "now"), kept, batch_id=batch.pk)
    return plan


def _put_in(
    engagement: Engagement,
    was: dict[str, int | None],
    now: dict[str, int | None],
    ledger: Ledger,
) -> None:
    """Give an engagement its numbers."""
    for name, value in now.items():
        setattr(engagement, name, value)
    engagement.full_clean()
    engagement.save(update_fields=list(now))
    ledger.record("engagements.engagement_logged", subject=engagement, was=was, now=now)


def take_figures_back(*, batch: ImportBatch, ledger: Ledger) -> int:
    """Put back the numbers that were there before a file's were filled in. Return how many changed.

    Part of the change that undoes its import. What somebody changed since stays.
    """
    changed = 0
    filled = FilledFigures.objects.filter(batch=batch).order_by("-pk")
    for each in filled.select_related("engagement__project"):
        engagement = each.engagement
        ledger.refresh(engagement)
        is_own = {name: getattr(engagement, name) == each.now[name] for name in each.now}
        back = {name: each.was[name] for name, own in is_own.items() if own}
        was = {name: each.now[name] for name in back}
        if back != was:
            _put_in(engagement, was, back, ledger)
            changed += 1
    return changed


def bring_figures(
    *,
    project: Project,
    headings: Sequence[str],
    rows: Iterable[Row],
    by: User,
    columns: Columns | None = None,
    batch: ImportBatch | None = None,
) -> FiguresPlan:
    """Fill in what the rows of a sheet say of engagements; return what, and what is wrong.

    Its columns are ``columns``; of a sheet of its own they are known by their headings.
    """
    read = read_figures(headings, rows, columns)
    plan = fill_figures(project=project, figures=read.figures, by=by, batch=batch)
    plan.problems = dict(sorted({**read.unread, **plan.problems}.items()))
    return plan
