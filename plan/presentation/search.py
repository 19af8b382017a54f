"""Finding the actions of a plan that a few words are about."""

from django.utils.html import strip_tags

from coproduction.languages.folding import has_words
from plan.presentation.plan import PublishedAction

LONGEST_QUERY = 100


def matching_actions(promises: list[PublishedAction], query: str) -> list[PublishedAction]:
    """Return the actions that have every word of ``query`` somewhere in them, in their order."""
    return [promise for promise in promises if has_words(_said(promise), query)]


def _said(promise: PublishedAction) -> str:
    """Return everything an action says: its words, its people, its theme and its quotes."""
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
    return strip_tags(" ".join(str(part) for part in parts))
