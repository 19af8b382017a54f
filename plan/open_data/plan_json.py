"""The plan as open data in JSON: uuids and public numbers, quotes that may be quoted, no more.

Its records are those an edition freezes, and these: docs/open-data.md is made from both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from coproduction.languages.models import Translated
from plan.edition.format import write
from plan.edition.snapshot import (
    Figures,
    FrozenAction,
    FrozenEngagement,
    FrozenGroup,
    FrozenIdea,
    FrozenQuestion,
    FrozenTheme,
    FrozenWorkshop,
    Snapshot,
    Uuid,
)
from plan.models import Correction, Edition
from themes.models import Quote


@dataclass(frozen=True, kw_only=True)
class OpenEdition:
    """Which edition it is."""

    uuid: Annotated[Uuid, "its name for computers"]
    number: Annotated[int, "1 is the first"]
    title: Annotated[Translated, "what the plan is called"]
    published_on: Annotated[date, "when it was published"]


@dataclass(frozen=True, kw_only=True)
class OpenQuote:
    """A quote that may be shown now."""

    uuid: Annotated[Uuid, "its name for computers"]
    theme: Annotated[Uuid | None, "the theme it speaks for; null where it stands by an action only"]
    words: Annotated[str, "as they were said"]
    language: Annotated[str, "the language they were said in"]
    speaker: Annotated[str, "who said them, in that language, such as “An older resident”"]
    translations: Annotated[Translated, "what the words mean in other languages"]


@dataclass(frozen=True, kw_only=True)
class OpenCorrection:
    """What was changed after publication."""

    at: Annotated[date, "when"]
    text: Annotated[Translated, "what"]


@dataclass(frozen=True, kw_only=True)
class OpenPlan:
    """The whole of an edition."""

    shape: Annotated[int, "the number of this shape"]
    edition: Annotated[OpenEdition, "which edition it is"]
    place: Annotated[str, "where it is"]
    invented: Annotated[bool, "whether the place is made up"]
    languages: Annotated[tuple[str, ...], "the languages of its texts"]
    figures: Annotated[Figures, "the headline figures"]
    texts: Annotated[Mapping[str, Translated], "the editor's texts by kind, in Markdown"]
    questions: Annotated[tuple[FrozenQuestion, ...], "what people were asked, in order"]
    engagements: Annotated[tuple[FrozenEngagement, ...], "the listening events, oldest first"]
    themes: Annotated[tuple[FrozenTheme, ...], "the themes, in order"]
    workshops: Annotated[tuple[FrozenWorkshop, ...], "the workshops, oldest first"]
    steering_group: Annotated[FrozenGroup, "the steering group"]
    actions: Annotated[tuple[FrozenAction, ...], "the agreed actions, by number"]
    not_taken_forward: Annotated[tuple[FrozenIdea, ...], "what the group decided against"]
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
    themes = {quote: theme.uuid for theme in snapshot.themes for quote in theme.quotes}
    found: dict[str, Any] = write(
        OpenPlan(
            shape=snapshot.shape,
            edition=OpenEdition(
                uuid=str(edition.uuid),
                number=edition.number,
                title=edition.title,
                published_on=edition.published_on,
            ),
            place=edition.project.place,
            invented=edition.project.is_invented,
            languages=snapshot.languages,
            figures=snapshot.figures,
            texts=snapshot.sections,
            questions=snapshot.questions,
            engagements=snapshot.engagements,
            themes=tuple(
                replace(theme, quotes=tuple(uuid for uuid in theme.quotes if uuid in shown))
                for theme in snapshot.themes
            ),
            workshops=snapshot.workshops,
            steering_group=snapshot.group,
            actions=snapshot.actions,
            not_taken_forward=snapshot.not_taken_forward,
            quotes=tuple(_quote(quote, themes) for quote in quotes),
            corrections=tuple(
                OpenCorrection(at=row.at.date(), text=row.text) for row in corrections
            ),
        ),
        is_public=True,
    )
    return found


def _quote(quote: Quote, themes: Mapping[str, str]) -> OpenQuote:
    """Give a quote that may be shown, with the theme of the edition that it speaks for."""
    return OpenQuote(
        uuid=str(quote.uuid),
        theme=themes.get(str(quote.uuid)),
        words=quote.extract,
        language=quote.comment.language,
        speaker=quote.descriptor,
        translations=quote.translation,
    )
