"""Made-up values for the style page: an invented place, and nothing from any project."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.ui import palette

NAV = [
    {"label": _("What we heard"), "url": "#voices", "current": False},
    {"label": _("The plan"), "url": "#promise", "current": True},
    {"label": _("Progress"), "url": "#status", "current": False},
    {"label": _("My comment"), "url": "#forms", "current": False},
]
STAGES = [
    {"label": _("Listening"), "url": "#team", "current": False, "note": "47"},
    {"label": _("Themes"), "url": "#team", "current": True, "note": "6"},
    {"label": _("Workshops"), "url": "#team", "current": False, "note": "7"},
    {"label": _("Steering group"), "url": "#team", "current": False},
    {"label": _("Plan"), "url": "#team", "current": False},
]
NEXT_STEP = {
    "text": _("212 comments are waiting for a code."),
    "url": "#team",
    "action": _("Code the next comment"),
}
TEMPLATES = [
    {"uuid": "1", "name": _("Listening"), "is_chosen": True},
    {"uuid": "2", "name": _("Workshops"), "is_chosen": False},
]
CHIPS = [
    {"name": "area", "label": _("Area"), "value": "Glanrafon"},
    {"name": "method", "label": _("Method"), "value": _("Drop-in")},
]
FOOTER = [
    {"label": _("All figures and their sources"), "url": "#tiles"},
    {"label": _("Open data"), "url": "#tables"},
    {"label": _("Accessibility"), "url": "#main"},
    {"label": _("Privacy"), "url": "#main"},
]
JOURNEY = [
    {"number": 47, "label": _("listening events"), "url": "#tiles"},
    {"number": 3940, "label": _("comments"), "url": "#tiles"},
    {"number": 6, "label": _("themes"), "url": "#tiles"},
    {"number": 7, "label": _("workshops"), "url": "#tiles"},
    {"number": 40, "label": _("agreed actions"), "url": "#tiles"},
]
THREAD = [
    {"number": 212, "label": _("comments"), "url": "#voices"},
    {"number": 31, "label": _("events"), "url": "#voices"},
    {"number": 2, "label": _("workshops"), "url": "#voices"},
    {"label": _("Agreed by 11 of 12, 9 April"), "url": "#voices"},
    {"label": _("Committed 2 May")},
]
THREAD_AHEAD = [
    {"number": 96, "label": _("comments"), "url": "#voices"},
    {"number": 1, "label": _("workshop"), "url": "#voices"},
    {"label": _("With the steering group"), "current": True},
    {"label": _("Agreed"), "ahead": True},
    {"label": _("In the plan"), "ahead": True},
]
THEMES = [
    {"colour": colour, "title": title, "text": text}
    for colour, title, text in (
        ("plum", _("Children and young people"), _("9 actions, 812 comments")),
        ("sky", _("Community safety"), _("7 actions, 690 comments")),
        ("leaf", _("Spaces and the environment"), _("8 actions, 877 comments")),
        ("amber", _("Health and wellbeing"), _("6 actions, 540 comments")),
        ("berry", _("Work, money and living costs"), _("5 actions, 498 comments")),
        ("slate", _("Talking and belonging"), _("5 actions, 523 comments")),
    )
]
TABS = [
    {"label": _("To do"), "url": "#tabs", "current": True, "number": 212},
    {"label": _("Done"), "url": "?done=1", "number": 3728},
    {"label": _("Held back"), "url": "?held=1", "number": 0},
]
TABLE: dict[str, Any] = {
    "caption": _("Listening events in October"),
    "headers": [
        {"label": _("Event")},
        {"label": _("Where")},
        {"label": _("People heard"), "number": True},
        {"label": _("Comments"), "number": True},
        {"label": _("Status")},
    ],
    "rows": [
        [
            {"text": _("Harvest fair"), "url": "#tables"},
            {"text": "Neuadd y Gweithwyr"},
            {"number": 86},
            {"number": 241, "url": "#tables"},
            {"status": "green", "text": _("All typed up")},
        ],
        [
            {"text": _("Coffee morning"), "url": "#tables"},
            {"text": _("The library")},
            {"number": 14},
            {"number": 1038, "url": "#tables"},
            {"status": "waiting", "text": _("One sheet to type")},
        ],
        [
            {"text": _("School gate"), "url": "#tables"},
            {"text": "Ysgol Bryncoed"},
            {"number": 0},
            {"number": 0},
            {"status": "missing", "text": _("Nothing logged yet")},
        ],
    ],
}
KEYED_PAGE = {
    "has_other_pages": True,
    "has_previous": True,
    "previous_place": "before-120",
    "has_next": True,
    "next_place": "after-71",
}

KEY = [
    {"shape": "square", "colour": "teal", "label": _("What we have"), "value": 228},
    {"shape": "circle", "colour": "brick", "label": _("What we need"), "value": 376},
    {"shape": "diamond", "colour": "sun", "label": _("What should change"), "value": 208},
]
STATUSES = [
    ("green", _("On track")),
    ("amber", _("Slower than planned")),
    ("red", _("Not on track")),
    ("complete", _("Done")),
    ("none", _("No news yet")),
    ("open", _("Open")),
    ("closed", _("Closed")),
    ("waiting", _("Waiting")),
    ("missing", _("Missing")),
    ("failed", _("Did not work")),
    ("pen", _("Draft, not agreed")),
    ("tick", _("Agreed")),
    ("hand", _("Lead has committed")),
    ("seal", _("Endorsed")),
    ("bar", _("Not taken forward")),
    ("notice", _("A change is proposed")),
    ("hold", _("Held back")),
]
SHAPES = list(palette.SHAPES)
