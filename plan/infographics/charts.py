"""The plan's charts, from what an edition froze: the same in page and PDF."""

from datetime import date
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coproduction.languages.formats import write_date
from coproduction.ui.charts.chart import Chart, Datum
from coproduction.ui.charts.kinds import Series, Stack, StackedBar, Timeline, Waffle
from coproduction.ui.numbers import format_number
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Question
from plan.presentation.plan import Chapter, Plan, written

# The colour, and so the shape, of each question.
COLOURS = {
    Question.Kind.ASSET: "teal",
    Question.Kind.NEED: "brick",
    Question.Kind.CHANGE: "sun",
    Question.Kind.NONE: "slate",
}


@lru_cache(maxsize=256)
def drawn(chart: Chart, language: str) -> SafeString:
    """Draw a chart for a page, once: what it shows is frozen with its edition.

    ``language`` is the active one; it is named so that each has its own drawing.
    """
    context = {"chart": chart, "drawing": chart.drawing, "table": ""}
    return render_to_string("ui/_chart.html", context)


def asked(plan: Plan) -> list[Question.Kind]:
    """Return the questions that anybody answered, in their order."""
    return [kind for kind in COLOURS if kind in plan.figures["by_question"]]


def when_heard(plan: Plan) -> str:
    """Say from when until when people were listened to."""
    if not plan.figures["first_day"]:
        return ""
    days = {
        "first": written(date.fromisoformat(plan.figures["first_day"])),
        "last": written(date.fromisoformat(plan.figures["last_day"])),
    }
    return _("%(first)s to %(last)s.") % days


def of_chapter(plan: Plan, chapter: Chapter) -> Waffle:
    """Draw what people said about a theme: what we have, need, and should change."""
    return Waffle(
        title=_("What people said about this"),
        note=capfirst(_("%(count)s comments.") % {"count": chapter.comments}),
        unit=_("comments"),
        id=f"chart-{chapter.anchor}",
        data=tuple(
            Datum(kind.label, count.drawn, COLOURS[kind], written=str(count))
            for kind in asked(plan)
            if (count := chapter.by_question[kind])
        ),
    )


def of_themes(plan: Plan) -> StackedBar:
    """Draw every theme's comments beside the others', in the parts of the three questions."""
    kinds = asked(plan)
    return StackedBar(
        title=_("What people talked about"),
        note=_("One comment can be about more than one theme, so these don’t add up to %(count)s.")
        % {"count": format_number(plan.figures["comments"])},
        unit=_("comments"),
        series=tuple(Series(kind.label, COLOURS[kind]) for kind in kinds),
        stacks=tuple(
            Stack(
                str(chapter.name),
                tuple(chapter.by_question[kind].drawn for kind in kinds),
                url=f"#{chapter.anchor}",
                written=(
                    *(str(chapter.by_question[kind]) for kind in kinds),
                    str(chapter.comments),
                ),
            )
            for chapter in plan.chapters
        ),
    )


def of_listening(plan: Plan) -> Timeline:
    """Draw the months of listening along the thread, each with the comments it brought.

    They are added up from the occasions' own numbers, so that they tell nothing those don't.
    """
    rows = [
        (date.fromisoformat(row["date"]).replace(day=1), PublicCount.read(row["comments"]))
        for row in plan.snapshot["engagements"]
    ]
    months = tuple(
        Datum(write_date(month, "MONTH_FORMAT"), sum(count.drawn for _month, count in found))
        for month, found in groupby(rows, lambda row: row[0])
    )
    note = when_heard(plan)
    if not all(count.is_number for _month, count in rows):
        left_out = _("Events whose number is not shown are left out.")
        note = f"{note} {left_out}"
    return Timeline(title=_("Comments, month by month"), note=note, unit=_("comments"), data=months)
