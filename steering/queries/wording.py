"""What one wording of an action changed of another, for the person reading."""

from django.utils import translation

from workshops.models import Wording
from workshops.queries.wording import WordingChange, compare_wordings


def changes_for_reader(before: Wording, after: Wording) -> list[WordingChange]:
    """Return what changed, each text in one language: the reader's, or the first it changed in."""
    reader = translation.get_language()
    kept: dict[str, WordingChange] = {}
    for change in compare_wordings(before, after):
        if str(change.label) not in kept or change.language == reader:
            kept[str(change.label)] = change
    return list(kept.values())
