"""The plan's charts, from what an edition froze: the same in page and PDF."""

from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coproduction.languages.formats import write_date
from coproduction.ui.charts.chart import Chart, Datum
from coproduction.ui.charts.kinds import Series, Stack, StackedBar, Timeline, Waffle
from plan.presentation.chapters import Chapter
from plan.presentation.plan import Plan


def draw_chart(chart: Chart) -> SafeString:
    """Draw a chart for a page, without the table of its numbers."""
    context = {"chart": chart, "drawing": chart.drawing, "table": ""}
    return render_to_string("ui/_chart.html", context)


def listening_period(plan: Plan) -> str:
    """Say from when until when people were listened to."""
    first, last = plan.figures.first_day, plan.figures.last_day
    if not first or not last:
        return ""
    days = {"first": write_date(first), "last": write_date(last)}
    return _("%(first)s to %(last)s.") % days


def chart_of_chapter(plan: Plan, chapter: Chapter) -> Waffle:
    """Draw what people said about a theme: by question."""
    return Waffle(
        title=_("What people said about this"),
        about=chapter.drawn_name,
        note=capfirst(_("%(count)s comments.") % {"count": chapter.comments}),
        unit=_("comments"),
        id=f"chart-{chapter.anchor}",
        data=tuple(
            Datum(
                str(each.name),
                count.drawn,
                each.colour,
                written=str(count),
                shape=each.shape,
            )
            for each in plan.questions
            if (count := chapter.by_question[each.kind])
        ),
    )


def chart_of_themes(plan: Plan) -> StackedBar:
    """Draw every theme's comments beside the others', in the parts of the questions."""
    return StackedBar(
        title=_("What people talked about"),
        note=_("One comment can be about more than one theme, so these don’t add up to %(count)s.")
        % {"count": plan.figures.comments},
        unit=_("comments"),
        series=tuple(Series(str(each.name), each.colour, each.shape) for each in plan.questions),
        stacks=tuple(
            Stack(
                chapter.drawn_name,
                tuple(chapter.by_question[each.kind].drawn for each in plan.questions),
                url=f"#{chapter.anchor}",
                written=(
                    *(str(chapter.by_question[each.kind]) for each in plan.questions),
                    str(chapter.comments),
                ),
            )
            for chapter in plan.chapters
        ),
    )


def chart_of_listening(plan: Plan) -> Timeline:
    """Draw the months of listening along the thread, each with the comments it brought.

    They are added up from the occasions' own numbers, so that they tell nothing those don't.
    """
    rows = [(row.date.replace(day=1), row.comments) for row in plan.snapshot.engagements]
    months = tuple(
        Datum(write_date(month, "MONTH_FORMAT"), sum(count.drawn for _month, count in found))
        for month, found in groupby(rows, lambda row: row[0])
    )
    note = listening_period(plan)
    if not all(count.is_number for _month, count in rows):
        left_out = _("Events whose number is not shown are left out.")
        note = f"{note} {left_out}"
    return Timeline(title=_("Comments, month by month"), note=note, unit=_("comments"), data=months)
