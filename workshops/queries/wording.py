"""What an action promised, and what each wording changed of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.languages.differences import TextRun, compare_texts
from coproduction.languages.models import Translated
from coproduction.languages.sorting import by_name
from workshops.models import Action, Partner, Wording

TEXT_LABELS = {
    "title": _("Title"),
    "text": _("What will happen"),
    "timescale_note": _("By when, in words"),
}


@dataclass(frozen=True)
class WordingChange:
    """One thing that a wording promises differently from the one before."""

    label: str | Promise
    pieces: list[TextRun]
    language: str = ""


@dataclass(frozen=True)
class WordingRevision:
    """A wording, and what it changed; nothing for the first."""

    wording: Wording
    changes: list[WordingChange] = field(default_factory=list)


@dataclass(frozen=True)
class WordingInLanguage:
    """What a wording says in one language; whether something is missing, or out of date."""

    language: str
    title: str
    text: str
    timescale_note: str
    is_missing: bool
    is_out_of_date: bool


def wording_by_language(wording: Wording, languages: Sequence[str]) -> list[WordingInLanguage]:
    """Return a wording in each of these languages, to stand side by side."""
    values = {name: getattr(wording, name) for name in TEXT_LABELS}
    written = [value for value in values.values() if value]
    return [
        WordingInLanguage(
            language=language,
            **{name: value.text(language) for name, value in values.items()},
            is_missing=any(value.missing([language]) for value in written),
            is_out_of_date=any(value.out_of_date([language]) for value in written),
        )
        for language in languages
    ]


def wordings_with_partners(action: Action) -> Any:
    """Return an action's wordings, oldest first, with all that they name: two queries."""
    return (
        action.wordings.order_by("number")
        .select_related("lead", "by")
        .prefetch_related("supporting")
    )


def wording_history(action: Action) -> list[WordingRevision]:
    """Return every wording of an action, newest first, each with what it changed."""
    wordings = list(wordings_with_partners(action))
    revisions = [WordingRevision(wording) for wording in wordings[:1]]
    for before, after in pairwise(wordings):
        revisions.append(WordingRevision(after, compare_wordings(before, after)))
    return revisions[::-1]


def compare_wordings(before: Wording, after: Wording) -> list[WordingChange]:
    """Say plainly what one wording promises differently from another, in each language.

    Fetch both with their partners: this asks the database nothing more.
    """
    changes = []
    for name, label in TEXT_LABELS.items():
        changes += _text_changes(label, getattr(before, name), getattr(after, name))
    changes += _whole(_("Lead partner"), _named(_lead(before)), _named(_lead(after)))
    changes += _whole(
        _("Supporting partners"),
        _named(before.supporting_partners),
        _named(after.supporting_partners),
    )
    changes += _whole(_("Timescale"), before.get_timescale_display(), after.get_timescale_display())
    return changes


def _text_changes(
    label: str | Promise, before: Translated, after: Translated
) -> list[WordingChange]:
    """Compare a text, language by language, the one it was first written in first."""
    first = after.source or before.source
    languages = sorted({*after.entries, *before.entries}, key=lambda code: (code != first, code))
    return [
        WordingChange(label, compare_texts(before.text(language), after.text(language)), language)
        for language in languages
        if before.text(language) != after.text(language)
    ]


def _whole(label: str | Promise, before: str, after: str) -> list[WordingChange]:
    """Compare something that is not prose: all of it was, all of it is."""
    if before == after:
        return []
    return [WordingChange(label, [TextRun("gone", before), TextRun("new", after)])]


def _lead(wording: Wording) -> list[Partner]:
    """Return who leads it: one, or nobody."""
    return [wording.lead_partner] if wording.lead_partner else []


def _named(partners: Sequence[Partner]) -> str:
    """Name partners in the reader's language; say so when there is none."""
    return ", ".join(by_name(str(partner) for partner in partners)) or str(_("Nobody yet"))
