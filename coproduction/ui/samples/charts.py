"""Made-up charts for the style page."""

from django.utils.translation import gettext_lazy as _

from coproduction.ui.charts.chart import Chart, Datum
from coproduction.ui.charts.kinds import Bar, Series, Stack, StackedBar, Timeline, Waffle

QUESTIONS = [
    Series(_("What we have"), "teal"),
    Series(_("What we need"), "brick"),
    Series(_("What should change"), "sun"),
]

THEMES = [
    Datum(_("Spaces and the environment"), 877, "leaf", url="#charts"),
    Datum(_("Children and young people"), 812, "plum", url="#charts"),
    Datum(_("Community safety"), 690, "sky", url="#charts"),
    Datum(_("Health and wellbeing"), 540, "amber", url="#charts"),
    Datum(_("Talking and belonging"), 523, "slate", url="#charts"),
    Datum(_("Work, money and living costs"), 498, "berry", url="#charts"),
]


def charts() -> dict[str, Chart]:
    """Return one chart of every kind, and one with nothing in it."""
    return {
        "waffle": Waffle(
            title=_("What people said about young people"),
            note=_("812 comments, August to January."),
            unit=_("comments"),
            data=[
                Datum(_("What we have"), 228, "teal", url="#charts"),
                Datum(_("What we need"), 376, "brick", url="#charts"),
                Datum(_("What should change"), 208, "sun", url="#charts"),
            ],
        ),
        "bar": Bar(
            title=_("Comments on each theme"),
            note=_("A comment may be about several, so these do not add up to all comments."),
            unit=_("Comments"),
            data=THEMES,
        ),
        "stacked": StackedBar(
            title=_("What people have, need and would change"),
            note=_("The three questions, theme by theme."),
            series=QUESTIONS,
            stacks=[
                Stack(_("Children and young people"), [228, 376, 208], url="#charts"),
                Stack(_("Community safety"), [96, 301, 293], url="#charts"),
                Stack(_("Talking and belonging"), [312, 150, 61], url="#charts"),
            ],
        ),
        "timeline": Timeline(
            title=_("Comments by month"),
            note=_("August 2023 to January 2024."),
            unit=_("Comments"),
            data=[
                Datum(_("Aug"), 412, url="#charts"),
                Datum(_("Sep"), 655),
                Datum(_("Oct"), 1038),
                Datum(_("Nov"), 901),
                Datum(_("Dec"), 220),
                Datum(_("Jan"), 714),
            ],
        ),
        "empty": Waffle(title=_("What people said about buses"), data=[]),
    }
