"""What was changed of a translation after the group was asked: it agreed to other words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from coproduction.projects.models import User
from steering.models import Round
from steering.queries.agreement import ActionStatus
from workshops.models import Retranslation, Wording
from workshops.queries.wording import TEXT_LABELS


@dataclass(frozen=True)
class ChangedText:
    """One text of a wording in one language: what the group could read, and what it says now."""

    label: str | Promise
    was: str
    now: str


@dataclass(frozen=True)
class ChangedTranslation:
    """A translation of a wording that reads differently now from when the group was asked."""

    wording: Wording
    language: str
    texts: list[ChangedText]
    # Who changed it last, and when.
    by: User
    at: datetime


def changed_translations_of(statuses: Iterable[ActionStatus]) -> list[ChangedTranslation]:
    """Return the translations of agreed wordings changed since the group was asked about them.

    In the order of the statuses. One query, however many.
    """
    return _changed(
        {
            each.agreed: each.decision.round.opened_at
            for each in statuses
            if each.agreed is not None and each.decision is not None
        }
    )


def changed_translations_in(round: Round) -> list[ChangedTranslation]:
    """Return what has been changed of a round's wording since it was opened. One query."""
    return _changed({round.wording: round.opened_at})


def _changed(asked: Mapping[Wording, datetime]) -> list[ChangedTranslation]:
    """Compare what wordings said when the group was asked with what they say now.

    A text first translated afterwards is not a change: there was nothing to read before. One
    changed and changed back is none either.
    """
    by_pk = {wording.pk: (wording, moment) for wording, moment in asked.items()}
    rows = Retranslation.objects.filter(wording__in=by_pk).select_related("by").order_by("pk")
    was: dict[tuple[int, str], dict[str, str]] = {}
    last: dict[tuple[int, str], Retranslation] = {}
    for row in rows:
        if row.at >= by_pk[row.wording_id][1]:
            key = (row.wording_id, row.language)
            was[key] = row.was | was.get(key, {})
            last[key] = row
    found = []
    for (pk, language), texts in was.items():
        wording = by_pk[pk][0]
        changed = [
            ChangedText(TEXT_LABELS[name], texts[name], now)
            for name in TEXT_LABELS
            if texts.get(name) and texts[name] != (now := getattr(wording, name).text(language))
        ]
        if changed:
            row = last[pk, language]
            found.append(ChangedTranslation(wording, language, changed, row.by, row.at))
    order = {pk: place for place, pk in enumerate(by_pk)}
    return sorted(found, key=lambda each: (order[each.wording.pk], each.language))
