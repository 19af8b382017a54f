"""The plan as open data in JSON: uuids, public numbers, quotes that may be shown; nothing else.

Its records are those an edition freezes, and these: docs/open-data.md is made from both.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from django.utils.timezone import localdate

from coproduction.languages.models import Translated
from coproduction.projects.models import TrailHead
from plan.edition.format import Record, write
from plan.edition.snapshot import Snapshot, Uuid
from plan.models import Correction, Edition
from themes.models import Quote


class OpenEdition(Record, frozen=True):
    """The edition that the file was made from."""

    uuid: Annotated[Uuid, "its name for computers"]
    number: Annotated[int, "1 is the first"]
    title: Annotated[Translated, "what the plan is called"]
    published_on: Annotated[date, "when it was published"]


class OpenHead(Record, frozen=True):
    """The end of the trail with the entry of the edition's publication: see docs/trail.md."""

    number: Annotated[int, "the entry that it is of"]
    digest: Annotated[str, "the hash of that entry, and so of all before it"]
    key: Annotated[str, "the public key to check the signature with; empty where nothing signs"]
    signature: Annotated[str, "the Ed25519 signature"]


class OpenQuote(Record, frozen=True):
    """A quote that may be shown now."""

    uuid: Annotated[Uuid, "its name for computers"]
    theme: Annotated[Uuid | None, "the theme it speaks for; null where it stands by an action only"]
    words: Annotated[str, "as they were said"]
    language: Annotated[str, "the language they were said in"]
    speaker: Annotated[str, "who said them, in that language, such as “An older resident”"]
    translations: Annotated[Translated, "what the words mean in other languages"]


class OpenCorrection(Record, frozen=True):
    """What was changed after publication."""

    at: Annotated[date, "when"]
    text: Annotated[Translated, "what"]


class OpenPlan(Snapshot, frozen=True):
    """The whole of an edition."""

    edition: Annotated[OpenEdition, "which edition it is"]
    place: Annotated[str, "where it is"]
    invented: Annotated[bool, "whether the place is made up"]
    trail: Annotated[OpenHead | None, "the end of the trail then; null in older editions"]
    quotes: Annotated[tuple[OpenQuote, ...], "those that may be shown now"]
    corrections: Annotated[tuple[OpenCorrection, ...], "what was changed after publication"]


def plan_as_json(
    edition: Edition,
    snapshot: Snapshot,
    *,
    quotes: Sequence[Quote],
    corrections: Sequence[Correction],
) -> dict[str, Any]:
    """Return an edition as plain JSON, with the quotes that may be shown now."""
    shown = {str(quote.uuid) for quote in quotes}
    of_quotes = {quote: theme.uuid for theme in snapshot.themes for quote in theme.quotes}
    themes = tuple(
        msgspec.structs.replace(theme, quotes=tuple(uuid for uuid in theme.quotes if uuid in shown))
        for theme in snapshot.themes
    )
    opened = OpenPlan(
        **(msgspec.structs.asdict(snapshot) | {"themes": themes}),
        edition=OpenEdition(
            uuid=str(edition.uuid),
            number=edition.number,
            title=edition.title,
            published_on=edition.published_on,
        ),
        place=edition.project.place,
        invented=edition.project.is_invented,
        trail=_head(edition.head) if edition.head else None,
        quotes=tuple(_quote(quote, of_quotes.get(str(quote.uuid))) for quote in quotes),
        corrections=tuple(
            OpenCorrection(at=localdate(row.at), text=row.text) for row in corrections
        ),
    )
    written: dict[str, Any] = write(opened, is_public=True)
    return written


def _head(head: TrailHead) -> OpenHead:
    """Give a head as the edition prints it."""
    signed = {"key": head.key, "signature": head.signature}
    return OpenHead(number=head.number, digest=head.digest, **signed)


def _quote(quote: Quote, theme: str | None) -> OpenQuote:
    """Give a quote that may be shown, with the theme of the edition that it speaks for."""
    return OpenQuote(
        uuid=str(quote.uuid),
        theme=theme,
        words=quote.extract,
        language=quote.comment.language,
        speaker=quote.descriptor,
        translations=quote.translation,
    )
