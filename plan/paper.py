"""How the plan is set on paper: what fits where a theme opens, and cards two by two."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.ui.charts import Waffle
from plan.reading import Chapter, Promise, Voice

# In millimetres: what stands below the shape on an opening page, and what each thing takes of it.
ROOM = 212.0
HEADING_LINE, HEADING_LETTERS = 14.5, 20
WHY_LINE, WHY_LETTERS = 6.5, 84
HEARD_LINE, HEARD_LETTERS = 5.6, 96
VOICE_LINE, VOICE_LETTERS = 5.5, 36
CHART = 64


@dataclass(frozen=True)
class Spread:
    """A theme on paper: its opening page, then its actions."""

    chapter: Chapter
    chart: Waffle
    voices: Sequence[Voice]
    more_voices: Sequence[Voice]
    opens_with_heard: bool

    @property
    def pairs(self) -> list[list[Promise]]:
        """The actions, two beside each other."""
        return in_pairs(self.chapter.promises)

    @property
    def has_room_beside(self) -> bool:
        """Whether the last action stands alone, with room for voices beside it."""
        return len(self.chapter.promises) % 2 == 1


def in_pairs(promises: Sequence[Promise]) -> list[list[Promise]]:
    """Set actions two beside each other."""
    return [list(promises[at : at + 2]) for at in range(0, len(promises), 2)]


def spread_of(chapter: Chapter, chart: Waffle) -> Spread:
    """Set a theme: as much on its opening page as fits there, by a careful estimate.

    The estimate is generous, since nobody can measure type before it is set: what does not fit
    stands with the actions instead.
    """
    left = ROOM - 12
    left -= HEADING_LINE * _lines(str(chapter.name), HEADING_LETTERS)
    left -= WHY_LINE * _lines(chapter.why, WHY_LETTERS) + 9
    heard = HEARD_LINE * _lines(str(chapter.finding), HEARD_LETTERS) + 18
    voices, height = _voices_within(chapter.voices, max(left - heard, CHART))
    left -= max(height, CHART)
    rest = chapter.voices[len(voices) :]
    return Spread(
        chapter=chapter,
        chart=chart,
        voices=voices,
        more_voices=rest[:2],
        opens_with_heard=heard <= left,
    )


def _voices_within(voices: Sequence[Voice], room: float) -> tuple[list[Voice], float]:
    """Choose the first voices, three at most, that fit one under another; the first always does."""
    chosen: list[Voice] = []
    height = 0.0
    for voice in voices[:3]:
        tall = 22 + VOICE_LINE * _lines(voice.text, VOICE_LETTERS)
        tall += VOICE_LINE * (_lines(voice.translation, VOICE_LETTERS) if voice.translation else 0)
        if chosen and height + tall > room:
            break
        chosen.append(voice)
        height += tall
    return chosen, height


def _lines(text: str, letters: int) -> int:
    """Estimate how many lines a text takes."""
    return max(1, math.ceil(len(text) / letters))
