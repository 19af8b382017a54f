"""How hard a text is to read: its sentences, their words, and the school grade they ask for.

Public pages read at age nine: grade 4 in the middle, and no sentence above grade 9 or longer than
``MOST_WORDS``. People's own words are never judged.
"""

import re
from dataclasses import dataclass

from django.conf import settings

# Of a sentence on a public page. Longer ones could nearly always be two.
MOST_WORDS = 25
# In other languages than the app's own: "rydyn ni" and "ddim yn" are two where English has one.
MOST_WORDS_TRANSLATED = 30
# The school grade (Flesch and Kincaid's): 4 is age nine to ten.
MIDDLE_GRADE, HARDEST_GRADE = 4.0, 9.0

_END = re.compile(r"(?<=[.!?:;…])[”’\")]*\s+|\s*\n+\s*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouyâêîôûŵŷáéíóúàèìòùäëïöü]+")
# An e at the end of a word is seldom spoken.
_SILENT = re.compile(r"[^aeiouyl]e$|[^aeiouy]es$|[^aeiouytd]ed$")
_SPOKEN = re.compile(r"(?:[sxz]|ch|sh|c|g)es$")
_OF_SOMEBODY = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and how hard it is."""

    text: str
    words: int
    grade: float


def most_words(language: str) -> int:
    """Return how many words a sentence for everyone may have in a language."""
    return MOST_WORDS if language == settings.LANGUAGE_CODE else MOST_WORDS_TRANSLATED


def long_sentences(text: str, language: str) -> list[Sentence]:
    """Return the sentences of a text that have more words than one for everyone may have."""
    return [each for each in sentences_of(text) if each.words > most_words(language)]


def sentences_of(text: str) -> list[Sentence]:
    """Take a text apart into its sentences; lines and what ends in a colon or semicolon are too."""
    pieces = (piece.strip() for piece in _END.split(text))
    return [_measured(piece) for piece in pieces if _WORD.search(piece)]


def _measured(text: str) -> Sentence:
    """Count the words and syllables of a sentence. A name counts as short as it is known."""
    words = _WORD.findall(text)
    spoken = sum(
        1 if (number and word[0].isupper()) or word[0].isdigit() else syllables_of(word)
        for number, word in enumerate(words)
    )
    grade = 0.39 * len(words) + 11.8 * spoken / len(words) - 15.59
    return Sentence(text, len(words), round(grade, 1))


def syllables_of(word: str) -> int:
    """Estimate how many syllables an English word has, from its vowels; at least one."""
    plain = _OF_SOMEBODY.sub("", word.lower())
    heard = len(_VOWELS.findall(plain))
    if _SILENT.search(plain) and not _SPOKEN.search(plain):
        heard -= 1
    return max(heard, 1)
