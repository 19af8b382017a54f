"""What a sheet of engagements says of them: people heard, helpers, hours, costs, filled in."""

from collections.abc import Iterable, Sequence

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from engagements.imports.columns import Columns
from engagements.imports.figures import EngagementFigures, read_figures
from engagements.imports.occasions import NamedEngagements
from engagements.imports.table import Row
from engagements.models import Engagement
from engagements.queries.import_engagements import settle_named


def fill_figures(
    *, project: Project, figures: Iterable[EngagementFigures], by: User
) -> tuple[int, list[int]]:
    """Fill in what a sheet says of engagements that are there, by title and day.

    Return how many changed, and the numbers of rows whose engagement is not there, is several, or
    was called off, and of those that say something else than a row before. What the sheet leaves
    open stays as it is; so does everything where it says what is there already, so that it can be
    read again.
    """
    merged, unknown = _merge(figures)
    named = NamedEngagements()
    for each in merged:
        named.note(each.occasion)
    changed = 0
    with recorded(project=project, by=by) as ledger:
        settled = settle_named(project, named.named())
        found = Engagement.objects.of(project).in_bulk(settled.there.values())
        for each in merged:
            key = settled.dated.get(each.occasion.key, each.occasion.key)
            engagement = found.get(settled.there.get(key, 0))
            if engagement is None:
                unknown.append(each.row)
                continue
            was = _figures_of(engagement)
            _fill(engagement, each)
            if (now := _figures_of(engagement)) == was:
                continue
            engagement.full_clean()
            engagement.save(update_fields=list(was))
            ledger.record("engagements.engagement_logged", subject=engagement, was=was, now=now)
            changed += 1
    return changed, sorted(unknown)


def bring_figures(
    *,
    project: Project,
    headings: Sequence[str],
    rows: Iterable[Row],
    by: User,
    columns: Columns | None = None,
) -> tuple[int, list[int]]:
    """Fill in what the rows of a sheet say of engagements.

    Its columns are ``columns``; of a sheet of its own they are known by their headings.

    Return how many engagements changed, and the numbers of rows that could not be taken.
    """
    read = read_figures(headings, rows, columns)
    changed, unknown = fill_figures(project=project, figures=read.figures, by=by)
    return changed, sorted([*read.unread, *unknown])


def _merge(figures: Iterable[EngagementFigures]) -> tuple[list[EngagementFigures], list[int]]:
    """Make one of the rows of each engagement; return those, and the rows that contradict."""
    merged: dict[object, EngagementFigures] = {}
    against = []
    for each in figures:
        before = merged.setdefault(each.occasion.key, each)
        numbers = [
            (mine if mine is not None else theirs, theirs)
            for mine, theirs in zip(before[2:], each[2:], strict=True)
        ]
        if any(theirs is not None and mine != theirs for mine, theirs in numbers):
            against.append(each.row)
            continue
        merged[each.occasion.key] = EngagementFigures(
            before.row, before.occasion, *(mine for mine, _theirs in numbers)
        )
    return list(merged.values()), against


def _figures_of(engagement: Engagement) -> dict[str, int | None]:
    """Return the numbers of an engagement that a sheet may say."""
    names = ("people_heard", "helpers", "helper_minutes", "cost_pence")
    return {name: getattr(engagement, name) for name in names}


def _fill(engagement: Engagement, said: EngagementFigures) -> None:
    """Put what a row says into an engagement, not yet saved."""
    if said.people is not None and engagement.is_held:
        engagement.people_heard = said.people
    for name, value in (
        ("helpers", said.helpers),
        ("helper_minutes", said.minutes),
        ("cost_pence", said.pence),
    ):
        if value is not None:
            setattr(engagement, name, value)
