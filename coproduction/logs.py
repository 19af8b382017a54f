"""What the logs leave out: codes that open somebody's words, and what exceptions quote."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

# After these a page's address goes on with a receipt, however it was typed.
_CODE = re.compile(r"(/(?:follow|thanks)/)[^/\s?]+|([?&]receipt=)[^&\s]*")
_INSTEAD = r"\1\2[code]"


class WithoutCodes(logging.Filter):
    """Takes receipts out of the addresses that are logged: a code opens its holder's own words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, for every handler, and let it pass."""
        record.msg = _without_codes(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_codes(each) for each in record.args)
        return True


def _without_codes(value: Any) -> Any:
    """Return a text without receipts; anything else as it is."""
    return _CODE.sub(_INSTEAD, value) if isinstance(value, str) else value


class WithoutWords(logging.Formatter):
    """Tells of an exception by its kind and place, not its message.

    A message may quote what people wrote: PostgreSQL's name the whole failing row, a mail server's
    the address.
    """

    def formatException(self, ei: Any) -> str:
        """Show where it happened, line by line, and of what kind it was."""
        return "\n".join(_told(ei[1]))


def _told(problem: BaseException | None) -> Iterator[str]:
    """Tell of an exception, after those that led to it."""
    if problem is None:
        return
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to:"
    yield from _places(problem.__traceback__)
    yield f"{type(problem).__module__}.{type(problem).__qualname__}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Tell where an exception passed."""
    for line in traceback.format_tb(trace):
        yield line.rstrip()
