"""Finding the actions of a plan that a few words are about."""

from collections.abc import Iterable

from django.utils.html import strip_tags

from coproduction.languages.searching import has_words
from plan.presentation.chapters import PublishedAction

LONGEST_QUERY = 100


def matching_actions(actions: Iterable[PublishedAction], query: str) -> list[PublishedAction]:
    """Return the actions that have every word of ``query`` somewhere in them, in their order."""
    return [action for action in actions if has_words(_words_of(action), query)]


def _words_of(action: PublishedAction) -> str:
    """Return everything an action says: its words, its people, its theme and its quotes."""
    parts = [
        action.title,
        action.text,
        action.lead,
        *action.supporting,
        action.when,
        action.reason,
        *(quote.text for quote in action.quotes),
        *(quote.translation for quote in action.quotes),
    ]
    if action.chapter is not None:
        parts.append(action.chapter.name)
    return strip_tags(" ".join(str(part) for part in parts))
