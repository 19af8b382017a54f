"""What the logs say, as lines of text or of JSON, and what they leave out of it.

Left out are codes that open somebody's words, what exceptions quote, and who asked.
"""

import logging
import re
import time
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# What is being done: which request, and in a worker which job. A job that a request asked for bears
# the request's id too.
_REQUEST = ContextVar("request", default="")
_JOB = ContextVar("job", default="")

# After these a page's address goes on with a receipt, however it was typed, with a pass, or with
# the key of demo mode.
_CODE = re.compile(r"(/(?:follow|thanks|pass|demo)/)[^/\s?]+|([?&]receipt=)[^&\s]*")
_INSTEAD = r"\1\2[code]"
# What gunicorn says of a request that it can't read: whose it was, and what was in it.
_WHO_ASKED = re.compile(r"\bip=.*", re.DOTALL)
_QUERY = re.compile(r"\?\S*")
# What of a record a line of JSON may hold beside its sentence. Other libraries put whole requests
# there, with the address that was asked for.
_FACTS = ("view", "method", "status", "milliseconds")


class Doing:
    """Have every line that is logged inside say which request and which job it belongs to.

    Every request is inside one: a class of its own takes a third of what a generator would.
    """

    def __init__(self, *, request: str = "", job: str = "") -> None:
        """Say which; nothing is changed yet."""
        self._ids = request, job

    def __enter__(self) -> None:
        """Begin."""
        self._before = _REQUEST.set(self._ids[0]), _JOB.set(self._ids[1])

    def __exit__(self, *_problem: object) -> None:
        """Go back to what was being done before."""
        _REQUEST.reset(self._before[0])
        _JOB.reset(self._before[1])


def request_under_way() -> str:
    """Return the id of the request that is being answered, or asked for the job; "" for none."""
    return _REQUEST.get()


class WithIds(logging.Filter):
    """Gives each line the ids of the request and the job it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, and let it pass."""
        known = {"request": _REQUEST.get(), "job": _JOB.get()}
        ids = {name: each for name, each in known.items() if each}
        record.ids, record.where = ids, "".join(f" {name}={each}" for name, each in ids.items())
        return True


class WithoutExceptions(logging.Filter):
    """Puts the kind of an exception where a message would quote it: it may quote anybody."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler after, and let it pass."""
        record.msg, record.args = _message_of(record), ()
        record.exc_text = None  # What another handler made of it, which quotes.
        return True


class WithoutWhoAsked(logging.Filter):
    """Takes out of what gunicorn says from where somebody asked, and for what behind a "?"."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler, and let it pass."""
        bare = _WHO_ASKED.sub("[left out]", _message_of(record))
        record.msg, record.args = _QUERY.sub("?[left out]", bare), ()
        return True


class WithoutCodes(logging.Filter):
    """Takes receipts and passes out of the addresses that are logged: they open what they open."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler, and let it pass."""
        record.msg, record.args = _CODE.sub(_INSTEAD, _message_of(record)), ()
        return True


class NotNowIsNoFault(logging.Filter):
    """Tells of an answer "not now" as of a warning: it was meant, and whoever is away is named."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler, and let it pass."""
        if getattr(record, "status_code", 0) == 503:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            problem, record.exc_info = record.exc_info, None
            if problem and problem[0]:
                record.msg = f"{record.msg} ({problem[0].__name__})"
        return True


def _message_of(record: logging.LogRecord) -> str:
    """Return what a record says, with the kind of an exception in its place.

    One that can't be put together is told without its parts: Python would print them all.
    """
    whole, parts = _kind_of(record.msg), record.args
    try:
        if isinstance(parts, Mapping):
            return str(whole) % {name: _kind_of(each) for name, each in parts.items()}
        return str(whole) % tuple(map(_kind_of, parts)) if parts else str(whole)
    except (TypeError, ValueError, KeyError):
        return str(whole)


def _kind_of(value: Any) -> Any:
    """Return the kind of an exception; anything else as it is."""
    return _name_of(value) if isinstance(value, BaseException) else value


def _name_of(problem: BaseException) -> str:
    """Name the kind of an exception."""
    return f"{type(problem).__module__}.{type(problem).__qualname__}"


class WithoutWords(logging.Formatter):
    """Tells of an exception by its kind and place, not its message.

    A message may quote what people wrote: PostgreSQL's name the whole failing row, a mail server's
    the address. Times are UTC, as everywhere, so that machines' logs can be laid side by side.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatException(self, ei: Any) -> str:
        """Show where it happened, line by line, and of what kind it was."""
        return describe_exception(ei[1])


def describe_exception(problem: BaseException | None) -> str:
    """Say what went wrong and where, after what led to it, but not the message."""
    if problem is None:
        return ""
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    earlier = f"{describe_exception(before)}\nwhich led to:\n" if before else ""
    places = "".join(traceback.format_tb(problem.__traceback__))
    return f"{earlier}{places}{_name_of(problem)}"


class JsonWithoutWords(WithoutWords, JsonFormatter):
    """One line of JSON for each thing told, with the same left out."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Say what a line of text would say, and the facts that are listed: nothing else."""
        log_data |= {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.message,
            **getattr(record, "ids", {}),
            **{fact: getattr(record, fact) for fact in _FACTS if hasattr(record, fact)},
        }
        if "exc_info" in message_dict and record.exc_info:
            log_data["exception"] = message_dict["exc_info"]


def logging_of(*, level: str, as_json: bool) -> dict[str, Any]:
    """Return how everything of an installation logs: what LOGGING is, and gunicorn is told too."""
    plain = {
        "()": "coproduction.logs.WithoutWords",
        "format": "{asctime} {levelname} {name}{where} {message}",
        "style": "{",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {"()": "coproduction.logs.JsonWithoutWords"} if as_json else plain,
        },
        "filters": {
            "ids": {"()": "coproduction.logs.WithIds"},
            "without codes": {"()": "coproduction.logs.WithoutCodes"},
            "without exceptions": {"()": "coproduction.logs.WithoutExceptions"},
            "without who asked": {"()": "coproduction.logs.WithoutWhoAsked"},
            "not now": {"()": "coproduction.logs.NotNowIsNoFault"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["without exceptions", "without codes", "ids"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Those that name the address that was asked for.
            "django.request": {"filters": ["without codes", "not now"]},
            "django.security.csrf": {"filters": ["without codes"]},
            # Whoever asks for another name gets 400, and a line of django.request: more would let
            # anybody fill the log.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"filters": ["without codes"]},
            # It has handlers of its own, which would quote whatever went wrong.
            "gunicorn.error": {"propagate": True, "filters": ["without who asked"]},
            "waitress.queue": {"level": "ERROR"},
            # Celery tells of every message; the rows already say what was done.
            **{
                name: {"level": "WARNING"}
                for name in ("celery", "kombu", "weasyprint", "fontTools")
            },
        },
    }
