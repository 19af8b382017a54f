"""Guessing in which language something was said: between those of the project above all.

It needs some tens of megabytes, so a worker alone makes a guesser, and only once it has something
to guess.
"""

from collections.abc import Sequence

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

# What else is spoken around here. A short text is never taken for one of these.
_SPOKEN = (
    *("ar", "bn", "de", "es", "fa", "fr", "gu", "hi", "hu", "it", "lt", "nl", "pa", "pl", "pt"),
    *("ro", "ru", "so", "ta", "tl", "tr", "uk", "ur", "vi", "zh"),
)
# Of two languages that are alike likely nothing is said; of another one only what is clear.
_LIKELY, _CLEAR = 0.6, 0.95
_FEWEST_LETTERS = 10
# More of a long text tells nothing more.
_READ = 1_000


class LanguageGuesser:
    """Guesses languages, for one project: made once for many texts."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Get ready to tell these apart, and from what else is spoken."""
        self._own = [each for each in languages if _known(each)]
        self._between = _detector(self._own) if len(self._own) > 1 else None
        others = [each for each in _SPOKEN if each not in self._own]
        # Its models of single letters and pairs are small, and tell languages apart that are not
        # alike.
        self._any = _detector([*self._own, *others], is_small=True)

    def forget(self) -> None:
        """Let go of what was read to guess by: a worker goes on to do other things."""
        for detector in filter(None, (self._between, self._any)):
            detector.unload_language_models()

    def guess(self, text: str) -> str:
        """Return the code of a language; empty where the words don't tell."""
        text = text[:_READ]
        if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS:
            code, how_sure = _first(self._any, text)
            if code not in self._own and how_sure >= _CLEAR:
                return code
        if self._between is None:
            return ""
        code, how_sure = _first(self._between, text)
        return code if how_sure >= _LIKELY else ""


def _known(code: str) -> Language | None:
    """Return the library's own name of a language, where it knows it."""
    iso = getattr(IsoCode639_1, code.upper(), None)
    return Language.from_iso_code_639_1(iso) if iso is not None else None


def _detector(codes: Sequence[str], *, is_small: bool = False) -> LanguageDetector:
    """Make what tells some languages apart."""
    found = [language for code in codes if (language := _known(code)) is not None]
    builder = LanguageDetectorBuilder.from_languages(*found)
    return (builder.with_low_accuracy_mode() if is_small else builder).build()


def _first(detector: LanguageDetector, text: str) -> tuple[str, float]:
    """Return the likeliest language of a text, and how likely it is."""
    likeliest = detector.compute_language_confidence_values(text)[0]
    return likeliest.language.iso_code_639_1.name.lower(), likeliest.value
