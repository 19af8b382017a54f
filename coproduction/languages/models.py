"""Columns for texts: one text in several languages, and a text as it is searched."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.codes import page_language
from coproduction.languages.folding import fold


def source_fingerprint(text: str) -> str:
    """Return what a translation keeps of its source, to see later whether that has changed."""
    return fingerprint(text, length=16)


# Stands for the source of a translation that was made of words nobody kept.
OLDER = "older"


class Translated:
    """A text in several languages: ``{language: {"text": str, "of": str | None}}``.

    ``of`` is the fingerprint of the source text that a translation was made from, so that "out of
    date" is computed and never stored. The source is the entry whose ``of`` is None.
    """

    def __init__(self, entries: Mapping[str, Mapping[str, str | None]] | None = None) -> None:
        """Keep the entries that hold a text."""
        self.entries: dict[str, dict[str, str | None]] = {
            language: {"text": entry["text"], "of": entry.get("of")}
            for language, entry in (entries or {}).items()
            if entry.get("text")
        }

    @classmethod
    def of(cls, source: str = settings.LANGUAGE_CODE, /, **texts: str) -> "Translated":
        """Build from plain texts: ``Translated.of("en", en="Park", cy="Parc")``."""
        of_source = source_fingerprint(texts.get(source, ""))
        return cls(
            {
                language: {"text": text, "of": None if language == source else of_source}
                for language, text in texts.items()
            }
        )

    @classmethod
    def of_catalogue(cls, text: Promise, languages: Iterable[str]) -> "Translated":
        """Build from a text of the catalogue, in those of ``languages`` that it is there in.

        Where it is in none of them, it is in the language it was written in.
        """
        source = settings.LANGUAGE_CODE
        with translation.override(source):
            original = str(text)
        texts: dict[str, str] = {}
        for language in languages:
            with translation.override(language):
                texts[language] = str(text)
        there = {
            language: words
            for language, words in texts.items()
            if language == source or words != original
        }
        return cls().changed(there or {source: original})

    @property
    def source(self) -> str | None:
        """The language it was written in first, or None when empty."""
        for language, entry in self.entries.items():
            if entry["of"] is None:
                return language
        return next(iter(self.entries), None)

    def text(self, language: str) -> str:
        """Return the text in exactly this language, or an empty string."""
        return self.entries.get(language, {}).get("text") or ""

    def best(self, language: str) -> tuple[str, str]:
        """Return (text, its language): the language asked for, else the source."""
        if text := self.text(language):
            return text, language
        source = self.source
        return (self.text(source), source) if source else ("", language)

    def missing(self, languages: Iterable[str]) -> list[str]:
        """Return those of ``languages`` that have no text."""
        return [language for language in languages if not self.text(language)]

    def out_of_date(self, languages: Iterable[str]) -> list[str]:
        """Return those of ``languages`` whose translation was made of an older source text."""
        if not (source := self.source):
            return []
        of_source = source_fingerprint(self.text(source))
        return [
            language
            for language in languages
            if language != source
            and language in self.entries
            and self.entries[language]["of"] != of_source
        ]

    def changed(self, texts: Mapping[str, str], *, beside_older: bool = False) -> "Translated":
        """Return a new value with ``texts`` put in place.

        A translation counts as made of the present source when its own words changed; one left as
        it was keeps its fingerprint, so that changing the source makes it visibly out of date.
        ``beside_older`` says that ``texts`` were written while the source said something else: they
        are out of date at once.
        """
        merged = {**{language: self.text(language) for language in self.entries}, **texts}
        source = self.source if self.source and merged.get(self.source) else None
        source = source or next((language for language, text in merged.items() if text), None)
        if source is None:
            return Translated()
        of_source = source_fingerprint(merged[source])
        entries: dict[str, dict[str, str | None]] = {}
        for language, text in merged.items():
            before = self.entries.get(language)
            if language == source:
                of = None
            elif before and before["text"] == text and before["of"]:
                of = before["of"]
            else:
                of = OLDER if beside_older else of_source
            entries[language] = {"text": text, "of": of}
        return Translated(entries)

    def __str__(self) -> str:
        """Return the text in the active language, else in the source language."""
        return self.best(page_language())[0]

    def __bool__(self) -> bool:
        """Say whether there is any text at all."""
        return bool(self.entries)

    def __eq__(self, other: object) -> bool:
        """Compare by entries."""
        return isinstance(other, Translated) and self.entries == other.entries

    def __hash__(self) -> int:
        """Hash by the texts."""
        return hash(tuple(sorted((k, v["text"], v["of"]) for k, v in self.entries.items())))

    def __repr__(self) -> str:
        """Name the languages, never the words: reprs end up in logs."""
        return f"<Translated {'+'.join(self.entries)}>"


def is_name_taken(name: Translated, others: Iterable[Translated]) -> bool:
    """Say whether another is called so in any language, however either is written.

    This is the one rule for names that may stand once. Ask it under the project's lock.
    """
    taken = {fold(entry["text"] or "") for other in others for entry in other.entries.values()}
    return any(fold(entry["text"] or "") in taken for entry in name.entries.values())


class TranslatedField(models.JSONField):
    """A model field that holds a ``Translated``; empty by default."""

    description = _("A text in several languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start empty unless told otherwise."""
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        """Return what the column holds as a text in its languages."""
        return Translated(super().from_db_value(value, expression, connection))

    def get_prep_value(self, value: Any) -> Any:
        """Return the entries that go into the column, from either shape."""
        if isinstance(value, Translated):
            value = value.entries
        return super().get_prep_value(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the same for one database, from either shape."""
        if isinstance(value, Translated):
            value = value.entries
        return super().get_db_prep_value(value, connection, prepared)

    def to_python(self, value: Any) -> Any:
        """Return a text in its languages, from one or from the entries of its column."""
        return value if isinstance(value, Translated) else Translated(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse emptiness where the field is required."""
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def value_to_string(self, obj: models.Model) -> Any:
        """Give serializers the plain entries."""
        value = self.value_from_object(obj)
        return value.entries if isinstance(value, Translated) else value


class FoldedField(models.TextField):
    """The row's ``text`` as it is searched; worked out again whenever it is saved.

    SQLite knows the case of English letters only, and every database is to find the same.
    """

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Fold the words, so that no writer has to remember to."""
        folded = fold(model_instance.text)
        setattr(model_instance, self.attname, folded)
        return folded
