"""What the logs leave out: codes that open somebody's words, and what exceptions quote."""

import logging
import re
import time
import traceback
from typing import Any

# After these a page's address goes on with a receipt, however it was typed, with a pass, or with
# the key of demo mode.
_CODE = re.compile(r"(/(?:follow|thanks|pass|demo)/)[^/\s?]+|([?&]receipt=)[^&\s]*")
_INSTEAD = r"\1\2[code]"


class WithoutCodes(logging.Filter):
    """Takes receipts and passes out of the addresses that are logged: they open what they open."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler, and let it pass."""
        record.msg = _without_codes(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_codes(each) for each in record.args)
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


def _without_codes(value: Any) -> Any:
    """Return a text without receipts; anything else as it is."""
    return _CODE.sub(_INSTEAD, value) if isinstance(value, str) else value


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
    return f"{earlier}{places}{type(problem).__module__}.{type(problem).__qualname__}"
