"""Words as they are searched: alike on every database, whatever their case."""

import unicodedata
from typing import Any

from django.db import models


def folded(words: str) -> str:
    """Return words as they are searched: whatever their case, and however an accent is written."""
    return unicodedata.normalize("NFC", words).casefold()


class FoldedField(models.TextField):
    """The comment's words as they are searched; worked out anew whenever it is saved."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Fold the words, so that no writer has to remember to."""
        found = folded(model_instance.text)
        setattr(model_instance, self.attname, found)
        return found
