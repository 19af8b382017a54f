"""What was said, before it is kept: drafts of comments and sittings, and their words cleaned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, source_fingerprint
from coproduction.projects.refusals import Refusal
from engagements.models import LONGEST_COMMENT, Question
from engagements.services.hold import HoldDraft


class NothingSaid(Refusal):
    """A submission holds at least one comment with words in it."""

    sentence = _("There are no words to keep. Type what was said.")


class TooLong(Refusal):
    """One comment is one point; a whole book is not."""

    sentence = _("That is longer than 100,000 letters. Split it into several comments.")


class UnreadableCharacter(Refusal):
    """A NUL is not a letter, and databases refuse it."""

    sentence = _("There is an unreadable character (NUL) in it. Type the words again.")


class CommentDraft(NamedTuple):
    """One thing said, before it is kept; its translations by their language."""

    question: Question
    text: str
    translation: Mapping[str, str] = {}
    # What was said of this one alone; None where the sitting's goes for it too.
    quote_consent: bool | None = None
    # How many agreed, as it was marked.
    weight: int = 0


class PastedComment(NamedTuple):
    """One line of a paste, before it is kept; without a question or language it has the paste's."""

    text: str
    question: Question | None = None
    language: str = ""
    weight: int = 0


@dataclass(frozen=True)
class SubmissionDraft:
    """What one person said in one go, before it is kept.

    The consent is for all of it but those comments that have one of their own.
    """

    comments: Sequence[CommentDraft]
    descriptor: str = ""
    age_band: str = ""
    area: str = ""
    quote_consent: bool = False
    language: str = settings.LANGUAGE_CODE
    client_id: UUID | None = None
    received_at: datetime | None = None
    # Why somebody is to look at it first, where somebody is.
    hold: HoldDraft | None = None


def clean_comment_text(text: str) -> str:
    """Return a comment's words as they are kept: as written, without blank edges.

    Raises NothingSaid, TooLong or UnreadableCharacter.
    """
    kept = text.replace("\r\n", "\n").strip()
    if not kept:
        raise NothingSaid
    if len(kept) > LONGEST_COMMENT:
        raise TooLong
    if "\x00" in kept:
        raise UnreadableCharacter
    return kept


def make_translations(text: str, language: str, translation: Mapping[str, str]) -> Translated:
    """Return the translations to keep beside words; the words themselves are not among them."""
    of = source_fingerprint(text)
    return Translated(
        {
            other: {"text": translated.strip(), "of": of}
            for other, translated in translation.items()
            if other != language
        }
    )
