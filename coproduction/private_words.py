"""No private words: what the record and the jobs may keep, so that erasing needn't search them."""

import re
from collections.abc import Mapping
from typing import Any

# Identifiers, numbers, dates and choice keys pass; sentences and addresses do not.
_NO_WORDS = re.compile(r"^[\w:.+-]{0,80}$", re.ASCII)


class WordsRefused(ValueError):
    """Somebody tried to keep words where only ids, numbers, dates and choices may be."""


def without_words(value: Any) -> Any:
    """Return ``value`` as plain JSON of ids, numbers, dates and choices. Raises WordsRefused."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {without_words(str(key)): without_words(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [without_words(item) for item in value]
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if not _NO_WORDS.match(text):
        raise WordsRefused("Only ids, numbers, dates and choices are kept here, never words.")
    return text
