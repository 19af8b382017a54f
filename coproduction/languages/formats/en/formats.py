"""The formats of English: days as they are written in Wales, not in America."""

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
WEEKDAY_FORMAT = "l j F Y"
# A day after "until" or "by", and with its time.
UNTIL_DAY_FORMAT = "l j F"
UNTIL_FORMAT = "l j F, H:i"

# What people may type; the first is what a browser's date box sends and wants.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y"]
