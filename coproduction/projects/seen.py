"""What a form was drawn from, and what comes of two people changing one record.

A form carries fingerprints of every value as it was drawn. Beside what is there now and what was
sent, they tell who changed what: a field that one of them changed is kept as they left it, and one
that both changed is for a person to look at.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import models
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import RunningFingerprint, secret_fingerprint
from coproduction.languages.formats import write_date
from coproduction.languages.models import Translated
from coproduction.projects.refusals import Refusal

# A value's parts: a text's languages, a set's members; "" for a value that is one.
Parts = dict[str, str]


class Ticked(list[str]):
    """Words that were ticked on a list, in their order: each tick is changed for itself."""


@dataclass(frozen=True)
class Clash:
    """One text or choice that two people changed: the field, its language, and what each made.

    ``keeps`` are the fields that are theirs when one of them is: the field, or its whole group.
    ``who`` changed it, where the trail knows: "" where it does not; ``is_own`` says that it was the
    same person, in another window.
    """

    name: str
    language: str
    theirs: str
    yours: str
    label: str = ""
    keeps: tuple[str, ...] = ()
    who: str = ""
    is_own: bool = False


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same things since the form was drawn. Nothing was saved.

    ``clashes`` are what both changed; ``now`` is every value as it is; ``yours`` the values to go
    on from: what only one of the two changed, and your own words where both did.
    """

    sentence = _(
        "Somebody else saved this while you were writing. Nothing of yours is lost, and nothing of "
        "it is saved yet. Look at both below, then save again."
    )

    def __init__(
        self,
        clashes: Iterable[Clash] = (),
        *,
        now: Mapping[str, Any] | None = None,
        yours: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what the page shows."""
        super().__init__()
        self.clashes = list(clashes)
        self.now, self.yours = dict(now or {}), dict(yours or {})


class ReadAgain(ChangedMeanwhile):
    """A consent was about to be given to what the person has not read as it is now.

    The form is drawn from what is there now, with their other changes in it and the tick off.
    """

    sentence = _(
        "Somebody else has changed this since you opened the page, so nothing is saved yet. Below "
        "it stands as it is now, with your own changes in it. Read it, tick again what you mean, "
        "then save."
    )


class MadeAlready(Refusal):
    """The page has made something already, and was sent again saying something else."""

    def __init__(self, made: models.Model) -> None:
        """Say what was made."""
        super().__init__(
            _(
                "You have saved this form already, as “%(name)s”, and gone back to it. "
                "To change that one, open it. To add another, save again."
            )
            % {"name": made}
        )
        self.made = made


class ChangedSince(Refusal):
    """A button was pressed on a page that shows what has changed since."""

    sentence = _(
        "Somebody else has changed this since you opened the page. Nothing was done. "
        "Look at it again, then press the button again."
    )


class Removed(Refusal):
    """What was to be changed is no longer there."""

    sentence = _("Somebody else has removed this. Look at the list again.")


def parts_of(value: Any) -> Parts:
    """Return a value's parts as text, alike for a record's value, a form's and what was typed.

    Empty ones are left out. A list of words is one text, a line each; everything else that can be
    counted is a set. Times count to the minute, as forms show them.
    """
    if isinstance(value, Translated):
        value = {language: value.text(language) for language in value.entries}
    if isinstance(value, Mapping):
        found = {str(key): _text(each) for key, each in value.items()}
    elif isinstance(value, models.Manager):
        found = {_text(each): "1" for each in value.all()}
    elif _is_set(value):
        found = {_text(each): "1" for each in value}
    else:
        found = {"": _text(value)}
    return {key: text for key, text in found.items() if text}


def _is_set(value: Any) -> bool:
    """Say whether a value is a set, of records, keys or ticks, in whatever it comes."""
    if isinstance(value, list | tuple) and not isinstance(value, Ticked):
        return bool(value) and not all(isinstance(each, str) for each in value)
    return isinstance(value, models.QuerySet | set | frozenset | Ticked)


def _text(value: Any) -> str:  # noqa: PLR0911 (a line for each kind of value)
    """Return one value as text: the same however it was typed, stored or shown."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case str():
            # Browsers send the ends of lines in their own way.
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case models.Model():
            return str(getattr(value, "uuid", None) or value.pk)
        case File():
            return _content_of(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="minutes")
        case time():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case list() | tuple():
            return "\n".join(_text(each) for each in value)
        case _:
            return str(value)


def _content_of(file: File) -> str:
    """Return what tells two files apart, whatever they are called; leave it to be read again."""
    running = RunningFingerprint()
    for piece in file.chunks():
        running.add(piece)
    file.seek(0)
    return running.value


def _print(text: str) -> str:
    """Return the fingerprint of a part; an empty string for an empty one.

    With our key, since a name or a yes could be guessed and tried out.
    """
    return secret_fingerprint(text, length=12) if text else ""


@dataclass(frozen=True)
class Seen:
    """What a form was drawn from: for each field, the fingerprints of its parts.

    ``theirs`` names the fields of which the person chose what somebody else made of them.
    """

    prints: Mapping[str, Mapping[str, str]]
    theirs: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Seen":
        """Remember these values, named as the form names them."""
        found = {
            name: {part: _print(text) for part, text in parts_of(value).items()}
            for name, value in values.items()
        }
        return cls({name: prints for name, prints in found.items() if prints})

    def as_text(self) -> str:
        """Return what the form carries: ``read`` reads it back."""
        return json.dumps(self.prints, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Seen":
        """Read what a form carried. Raises ValueError for anything else."""
        try:
            found = json.loads(text)
        except RecursionError:
            raise ValueError from None
        if not isinstance(found, dict) or not all(
            isinstance(prints, dict) and all(isinstance(each, str) for each in prints.values())
            for prints in found.values()
        ):
            raise ValueError
        return cls(found)


def source_changed_since(seen: Seen, now: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the texts whose source says something else than when a form was drawn.

    A translation that was written in that form is not one of what the source says now.
    """
    texts = {name: text for name, text in now.items() if isinstance(text, Translated)}
    prints = Seen.of(texts).prints

    def source_print(found: Mapping[str, Mapping[str, str]], name: str) -> str | None:
        return found.get(name, {}).get(texts[name].source or "")

    return frozenset(
        name
        for name in texts
        if source_print(prints, name)
        and source_print(prints, name) != source_print(seen.prints, name)
    )


@dataclass(frozen=True)
class SentForm:
    """One sending of a form that makes something: the page it came from, and what it said."""

    page: UUID
    content: str

    @classmethod
    def of(cls, page: UUID, values: Mapping[str, Any]) -> "SentForm":
        """Name a sending by its page and a fingerprint of all its values."""
        parts = {name: parts_of(value) for name, value in values.items()}
        return cls(page, secret_fingerprint(json.dumps(parts, sort_keys=True), length=32))


def merge(
    seen: Seen | None,
    *,
    now: Mapping[str, Any],
    sent: Mapping[str, Any],
    together: Iterable[Iterable[str]] = (),
) -> dict[str, Any]:
    """Return the values to write: what was ``sent``, but ``now``'s where nothing was changed.

    ``now`` and ``sent`` name the same fields. Fields that mean something only ``together`` are
    taken whole: when one person changed one of them and another person another, both are asked
    about. Without ``seen``, as from a command, all that was sent is meant. Raises
    ChangedMeanwhile.
    """
    if seen is None:
        return dict(sent)
    groups = [tuple(name for name in group if name in sent) for group in together]
    # Whoever keeps one of a group keeps the group: half of each is what neither of them meant.
    kept = seen.theirs.union(*(group for group in groups if seen.theirs & set(group)))
    seen = replace(seen, theirs=kept)
    fields = {name: _Field(seen, name, now[name], value) for name, value in sent.items()}
    clashing: dict[str, tuple[str, ...]] = {
        name: (name,) for name, each in fields.items() if each.clashes
    }
    for group in groups:
        members = [fields[name] for name in group]
        if any(each.changed_here for each in members) and any(
            each.changed_there for each in members
        ):
            clashing |= {each.name: group for each in members if each.theirs != each.yours}
    # A group is shown, and gone on from, as the person left the whole of it.
    whole = {name for group in clashing.values() if len(group) > 1 for name in group}
    values = {name: sent[name] if name in whole else each.merged() for name, each in fields.items()}
    if clashing:
        clashes = [
            replace(clash, keeps=clashing[name])
            for name in sent
            if name in clashing
            for clash in fields[name].show()
        ]
        raise ChangedMeanwhile(clashes, now=now, yours=values)
    return values


class _Field:
    """One field that two people may have changed."""

    def __init__(self, seen: Seen, name: str, now: Any, sent: Any) -> None:
        """Compare it, part by part, with what the form was drawn from."""
        if isinstance(sent, Ticked) and isinstance(now, list):
            now = Ticked(now)
        self.name, self.now, self.sent = name, now, sent
        self.theirs, self.yours = parts_of(now), parts_of(sent)
        drawn = seen.prints.get(name, {})
        takes_theirs = name in seen.theirs
        parts = {**dict.fromkeys(self.theirs), **dict.fromkeys(self.yours), **dict.fromkeys(drawn)}
        self.here = {
            part
            for part in parts
            if not takes_theirs and _print(self.yours.get(part, "")) != drawn.get(part, "")
        }
        self.there = {
            part for part in parts if _print(self.theirs.get(part, "")) != drawn.get(part, "")
        }
        # A part that the form had no box for is not taken away by being absent.
        if isinstance(sent, Mapping):
            self.here &= set(sent)

    @property
    def changed_here(self) -> bool:
        """Whether the person who sent the form changed it."""
        return bool(self.here)

    @property
    def changed_there(self) -> bool:
        """Whether somebody else changed it since the form was drawn."""
        return bool(self.there)

    @property
    def clashing_parts(self) -> list[str]:
        """The parts that both changed, each in another way."""
        both = sorted(self.here & self.there)
        return [part for part in both if self.theirs.get(part, "") != self.yours.get(part, "")]

    @property
    def clashes(self) -> bool:
        """Whether a person has to look at it."""
        return bool(self.clashing_parts)

    def merged(self) -> Any:
        """Return the value to write; where both changed it, what was sent."""
        if isinstance(self.sent, Mapping):
            return {part: self.sent[part] for part in self.sent if part in self.here}
        if not (_is_set(self.sent) or isinstance(self.now, models.Manager) or _is_set(self.now)):
            return self.sent if self.here else self.now
        there = self.now.all() if isinstance(self.now, models.Manager) else self.now
        by_part = {_text(each): each for each in [*there, *self.sent]}
        keys = {part for part in self.theirs if part not in self.here}
        keys |= {part for part in self.yours if part in self.here}
        chosen = [each for part, each in by_part.items() if part in keys]
        return Ticked(chosen) if isinstance(self.sent, Ticked) else set(chosen)

    def show(self) -> list[Clash]:
        """Return what to show of it: each language that differs, or the whole."""
        if isinstance(self.now, models.Manager) or _is_set(self.now) or _is_set(self.sent):
            return [Clash(self.name, "", _shown(self.now, ""), _shown(self.sent, ""))]
        parts = self.clashing_parts or sorted({**self.theirs, **self.yours})
        return [
            Clash(
                self.name,
                part if isinstance(self.sent, Mapping) else "",
                _shown(self.now, part),
                _shown(self.sent, part),
            )
            for part in parts
            if self.theirs.get(part, "") != self.yours.get(part, "")
        ]


def _shown(value: Any, part: str) -> str:  # noqa: PLR0911 (a line for each kind of value)
    """Return one part of a value as people read it, hours by their own clock."""
    match value:
        case Translated():
            return value.text(part)
        case Mapping():
            return str(value.get(part) or "")
        case models.Manager():
            return ", ".join(sorted(str(each) for each in value.all()))
        case _ if _is_set(value):
            return ", ".join(sorted(str(each) for each in value))
        case models.Model():
            return str(value)
        case bool():
            return str(yesno(value))
        case datetime():
            return write_date(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return write_date(value)
    return _text(value)
