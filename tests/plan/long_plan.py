"""Plans for paper to be tried with, made in memory: as long, as full or as empty as forms allow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Comment
from plan.edition.snapshot import (
    SHAPE,
    Figures,
    Fingerprints,
    FrozenAction,
    FrozenCommitment,
    FrozenEngagement,
    FrozenGroup,
    FrozenIdea,
    FrozenOrganisation,
    FrozenQuestion,
    FrozenTally,
    FrozenTheme,
    FrozenThread,
    Snapshot,
)
from plan.models import Correction, Edition
from plan.presentation.plan import Plan, present_plan
from themes.models import Quote

LANGUAGES = ("en", "cy")
SECTIONS = (
    "foreword",
    "how_we_listened",
    "what_people_value",
    "how_we_decided",
    "what_happens_next",
    "thanks",
)
# What an editor writes beside each theme, and an analyst.
OF_THEMES = ("why", "finding")
COLOURS = ("plum", "sky", "leaf", "amber", "berry", "slate")
DAY = date(2026, 11, 28)

# Makes a text: of what (its words say so, so that each is found or missed by itself), and the most
# letters that a form takes for it.
Write = Callable[[str, int], str]


def named(thing: str) -> str:
    """Give a thing its name for computers, always the same."""
    return str(uuid5(NAMESPACE_URL, thing))


def full(of: str, most: int) -> str:
    """Write words to the last letter, each of them used once, in paragraphs where there is room."""
    words, letters = [], 0
    for number in range(most):
        word = f"{of}{number}{'ŵŷâ'[number % 3] * (number % 7)}"
        letters += len(word) + 2
        if letters > most:
            break
        words.append(f"{word}\n\n" if number % 30 == 29 and most > 2_000 else f"{word} ")
    return "".join(words).strip()


def short(of: str, most: int) -> str:
    """Write about as much as people do."""
    return full(of, {True: 60, False: 220}[most <= 500])


def unbreakable(of: str, most: int) -> str:
    """Write one word too long for any line, and an address; no part of them comes twice."""
    letters = "".join(sha256(f"{of} {number}".encode()).hexdigest() for number in range(7))
    word, address = f"{of}{letters}"[:240], f"https://example.org/{letters[240:]}/{of}"
    return word[:most] if most < 500 else f"{word} {address}"


@dataclass(frozen=True)
class Case:
    """One plan to be tried: how much is in it, and in what words."""

    write: Write = short
    themes: int = 1
    actions: int = 1
    ideas: int = 1
    quotes: int = 3
    questions: int = 1
    partners: int = 2
    corrections: int = 1
    letters: int = 20_000  # of a section, at the most
    without: frozenset[str] = frozenset()
    has_comments: bool = True

    def plan(self, language: str) -> Plan:
        """Make the plan, in one language."""
        with translation.override(language):
            return present_plan(
                self.project,
                self.snapshot(),
                quotes=self.said(),
                edition=self.edition,
                corrections=self.corrected(),
            )

    @property
    def edition(self) -> Edition:
        """The edition, which no database knows."""
        title = self.text("title", 150)
        return Edition(number=1, title=title, published_on=DAY, project=self.project)

    def corrected(self) -> list[Correction]:
        """Correct something, so many times."""
        return [
            Correction(text=self.text(f"correction{number}q", 300), at=datetime.now(UTC))
            for number in range(self.corrections)
        ]

    @property
    def project(self) -> Project:
        """The project, which no database knows."""
        return Project(
            slug="bryn",
            place=self.write("place", 100)[:100],
            name=self.text("name", 150),
            languages=list(LANGUAGES),
            is_invented=True,
        )

    def text(self, of: str, most: int) -> Translated:
        """Write a text in each language; nothing for what is left out."""
        if of.split(":", maxsplit=1)[0] in self.without:
            return Translated()
        name = of.rsplit(":", maxsplit=1)[-1]
        return Translated.of(
            "en", **{language: self.write(f"{name}{language}", most) for language in LANGUAGES}
        )

    def snapshot(self) -> Snapshot:
        """Freeze what an edition would."""
        sections = {kind: self.text(f"{kind}:{kind[-6:]}", self.letters) for kind in SECTIONS}
        themes = tuple(self._theme(number) for number in range(self.themes))
        return Snapshot(
            shape=SHAPE,
            languages=LANGUAGES,
            figures=self._figures(),
            texts={kind: text for kind, text in sections.items() if text},
            questions=tuple(self._questions()),
            engagements=tuple(self._engagements()),
            themes=themes,
            workshops=(),
            steering_group=FrozenGroup(seats=12, sectors={"residents": 12}, meetings=(DAY,)),
            actions=tuple(self._action(number) for number in range(1, self.actions + 1)),
            not_taken_forward=tuple(
                self._idea(self.actions + number) for number in range(1, self.ideas + 1)
            ),
            words=Fingerprints(quotes={}, notes={}),
        )

    def _figures(self) -> Figures:
        """Count what there is."""
        return Figures(
            engagements=2 * self.has_comments,
            people=1234 * self.has_comments,
            comments=3940 * self.has_comments,
            by_question=self._counts(3940) if self.has_comments else {},
            first_day=DAY if self.has_comments else None,
            last_day=DAY if self.has_comments else None,
            themes=self.themes,
            workshops=0,
            residents=0,
            partners=0,
            actions=self.actions,
            committed=self.actions // 2,
            not_taken_forward=self.ideas,
            seats=12,
            meetings=1,
        )

    def _questions(self) -> Iterator[FrozenQuestion]:
        """Ask some questions."""
        for number in range(self.questions):
            yield FrozenQuestion(
                kind=f"need{number}",
                name=self.text(f"asked{number}q", 40),
                wording=self.text(f"wording{number}q", 150),
                colour="teal",
                shape="square",
            )

    def _counts(self, count: int) -> dict[str, PublicCount]:
        """Count the same for each question."""
        return {f"need{number}": PublicCount(count) for number in range(self.questions)}

    def _engagements(self) -> Iterator[FrozenEngagement]:
        """Listen in two months."""
        for month in (9, 10) if self.has_comments else ():
            yield FrozenEngagement(
                uuid=named(f"event {month}"),
                title="Open day",
                date=date(2026, month, 3),
                method="street",
                place="",
                is_held=True,
                people=PublicCount(617),
                comments=PublicCount(1970),
            )

    def _theme(self, number: int) -> FrozenTheme:
        """Make a theme with all its texts."""
        comments = 100 * self.has_comments
        return FrozenTheme(
            uuid=named(f"theme {number}"),
            name=self.text(f"theme{number}q", 150),
            colour=COLOURS[number % len(COLOURS)],
            finding=self.text(f"finding:finding{number}q", 3_000),
            why=self.text(f"why:why{number}q", self.letters),
            comments=PublicCount(comments),
            by_question=self._counts(comments),
            quotes=tuple(named(f"quote {number} {each}") for each in range(self.quotes)),
        )

    def said(self) -> Sequence[Quote]:
        """Have somebody say something on each theme, in the other language at times."""
        return [
            Quote(
                uuid=named(f"quote {theme} {each}"),
                comment=Comment(pk=each + 1, language=LANGUAGES[each % 2]),
                extract=self.write(f"said{theme}v{each}q", 1_000)[:1_000],
                translation=self.text(f"meant{theme}v{each}q", 1_000),
                descriptor=self.write(f"who{theme}v{each}q", 80)[:80],
            )
            for theme in range(self.themes)
            for each in range(self.quotes)
        ]

    def _idea_fields(self, number: int) -> dict[str, object]:
        """Give what actions and ideas both have."""
        return {
            "uuid": named(f"idea {number}"),
            "number": number,
            "theme": named(f"theme {number % self.themes}") if self.themes else "",
            "wording": 1,
            "title": self.text(f"action{number}q", 300),
            "text": self.text(f"text{number}q", 3_000),
            "lead": self._organisation(f"lead{number}q"),
            "supporting": tuple(
                self._organisation(f"body{number}v{each}q") for each in range(self.partners)
            ),
            "timescale": "within_1_year",
            "timescale_note": self.text(f"when{number}q", 150),
            "decided_on": DAY,
            "reason": self.text(f"reason{number}q", 2_000),
            "rounds": (),
            "thread": FrozenThread(
                comments=PublicCount(31),
                by_question=self._counts(31),
                engagements=(named("event 9"),),
                findings=(),
                notes=(),
                workshops=(),
                quotes=(),
            ),
        }

    def _idea(self, number: int) -> FrozenIdea:
        """Make an idea that was not taken forward."""
        return FrozenIdea(**self._idea_fields(number))  # type: ignore[arg-type]

    def _action(self, number: int) -> FrozenAction:
        """Make an action; every other one has its lead's word."""
        promise = FrozenCommitment(on=DAY, text=self.text(f"promise{number}q", 1_000))
        return FrozenAction(
            **self._idea_fields(number),  # type: ignore[arg-type]
            is_agreed=True,
            change_proposed=number % 3 == 0,
            review_on=None,
            earlier_commitment=None,
            tally=FrozenTally(
                seats=12,
                method="consent",
                agreeing=PublicCount(12),
                agree=PublicCount(12),
                reservation=PublicCount(0),
                not_yet=PublicCount(0),
                object=PublicCount(0),
                stand_aside=PublicCount(0),
            ),
            commitment=promise if number % 2 else None,
        )

    def _organisation(self, name: str) -> FrozenOrganisation:
        """Name an organisation."""
        return FrozenOrganisation(uuid=named(name), name=self.text(name, 150))
