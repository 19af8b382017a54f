"""Finding the actions of a plan that a few words are about."""

import unicodedata

from django.utils.html import strip_tags

from plan.presentation.plan import PublishedAction

LONGEST_QUERY = 100


def folded(text: str) -> str:
    """Return a text without case or accents, so that "caffi" finds "CAFFI" and "ty" finds "tŷ"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def matching_actions(promises: list[PublishedAction], query: str) -> list[PublishedAction]:
    """Return the actions that have every word of ``query`` somewhere in them, in their order."""
    wanted = folded(query).split()
    if not wanted:
        return list(promises)
    return [promise for promise in promises if all(word in _said(promise) for word in wanted)]


def _said(promise: PublishedAction) -> str:
    """Return everything an action says, folded: its words, its people, its theme and its quotes."""
    parts = [
        promise.title,
        promise.text,
        promise.lead,
        *promise.supporting,
        promise.when,
        promise.reason,
        *(voice.text for voice in promise.voices),
        *(voice.translation for voice in promise.voices),
    ]
    if promise.chapter is not None:
        parts.append(promise.chapter.name)
    return folded(strip_tags(" ".join(str(part) for part in parts)))
