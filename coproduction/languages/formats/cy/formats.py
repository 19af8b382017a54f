"""The formats of Welsh, in which the word for day mutates: dydd Gwener, but tan ddydd Gwener."""

from django.utils.translation import gettext_noop

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1

# Our own, beside Django's.
MONTH_FORMAT = "M"
MONTH_DAY_TIME_FORMAT = "j F, H:i"
# A day at the head of something.
WEEKDAY_FORMAT = r"\D\y\d\d l j F Y"
# A day after "tan" or "erbyn", and with its time.
UNTIL_DAY_FORMAT = r"\d\d\y\d\d l j F"
UNTIL_FORMAT = r"\d\d\y\d\d l j F, H:i"

# What people may type; the first is what a browser's date box sends and wants.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]

# Names that Django says otherwise. It says "Dydd Gwener": here the word for day is the format's,
# and the name stands alone. It spells July wrongly, and cuts short months that nobody does.
NAMES = [
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
    gettext_noop("July"),
    gettext_noop("feb"),
    gettext_noop("jul"),
    gettext_noop("aug"),
    gettext_noop("sep"),
]
