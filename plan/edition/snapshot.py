"""What an edition freezes, as typed records: the one definition of its JSON and of the open data.

Each field says beside its type what it holds: docs/open-data.md is made from that.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from coproduction.languages.models import Translated
from engagements.disclosure.small_numbers import PublicCount
from plan.edition.format import Counted, Private, Record

# Raised when the records change. ``plan.edition.upgrades`` then says how to read the one before.
SHAPE = 5

# A record's uuid, as text.
Uuid = str
CountsByQuestion = Mapping[str, PublicCount]


class FrozenQuestion(Record, frozen=True):
    """A question with the wording in which people were asked it."""

    kind: Annotated[str, "its code: `asset`, `need`, `change`, `none`, or one the project made"]
    name: Annotated[Translated, "what charts call it"]
    wording: Annotated[Translated, "as people were asked it"]
    colour: Annotated[str, "the name of its colour in charts"]
    shape: Annotated[str, "the name of the shape that goes with the colour"]


class FrozenEngagement(Record, frozen=True):
    """An occasion on which people were heard."""

    uuid: Annotated[Uuid, "its name for computers"]
    title: Annotated[str, "in the project's first language"]
    date: Annotated[date, "when"]
    method: Annotated[str, "how people were heard"]
    place: Annotated[str, "where"]
    is_held: Annotated[bool, "true; false in older editions where nobody had logged it"]
    people: Annotated[PublicCount, "how many were heard"]
    comments: Annotated[PublicCount, "how many comments they made"]


class FrozenTheme(Record, frozen=True):
    """A theme. A comment may be in several, so these do not add up to all comments."""

    uuid: Annotated[Uuid, "its name for computers"]
    name: Annotated[Translated, "what it is called"]
    colour: Annotated[str, "the name of its colour"]
    finding: Annotated[Translated, "what was heard"]
    why: Annotated[Translated, "why it matters, in Markdown"]
    comments: Annotated[PublicCount, "how many comments are in it"]
    by_question: Annotated[CountsByQuestion, "the same by `kind` of question"]
    quotes: Annotated[tuple[Uuid, ...], "the quotes that speak for it"]


class FrozenWorkshop(Record, frozen=True):
    """An occasion on which residents and partners designed actions."""

    uuid: Annotated[Uuid, "its name for computers"]
    title: Annotated[Translated, "what it was called"]
    date: Annotated[date, "when"]
    place: Annotated[str, "where"]
    theme: Annotated[Uuid, "what it was about"]
    residents: Annotated[int, "how many residents came"]
    partners: Annotated[int, "how many people from organisations came"]
    notes: Annotated[int, "how many notes were kept"]


class FrozenGroup(Record, frozen=True):
    """The steering group on the day of publication, and when it met."""

    seats: Annotated[int, "how many seats it has"]
    sectors: Annotated[Mapping[str, int], "the seats by sector"]
    meetings: Annotated[tuple[date, ...], "the days it met on"]


class FrozenOrganisation(Record, frozen=True):
    """An organisation that leads an action, or supports it."""

    uuid: Annotated[Uuid, "its name for computers"]
    name: Annotated[Translated, "what it is called"]


class FrozenTally(Record, frozen=True):
    """The answers of one round; how many gave each is null where few were asked."""

    seats: Annotated[int, "how many were asked"]
    method: Annotated[str, "how the group decides"]
    agreeing: Annotated[PublicCount, "how many agreed, with a reservation or without"]
    agree: Annotated[PublicCount, "how many agreed"]
    reservation: Annotated[PublicCount, "how many agreed with a reservation"]
    not_yet: Annotated[PublicCount, "how many said: not yet"]
    object: Annotated[PublicCount, "how many objected"]
    stand_aside: Annotated[PublicCount, "how many stood aside with an interest of their own"]

    @property
    def is_told(self) -> bool:
        """Whether it says how many gave each answer."""
        return self.agreeing.is_number

    @property
    def is_unanimous(self) -> bool:
        """Whether it says that everybody agreed."""
        return self.agreeing == PublicCount(self.seats)


class FrozenRound(Record, frozen=True):
    """One time that the steering group decided on an action."""

    wording: Annotated[int, "the number of the wording it had before it"]
    title: Annotated[Translated, "what that wording was called"]
    outcome: Annotated[str, "`agreed`, `sent_back` or `not_taken_forward`"]
    decided_on: Annotated[date, "when"]
    reason: Annotated[Translated, "why"]
    tally: Annotated[FrozenTally, "the answers"]


class FrozenThread(Record, frozen=True):
    """What an action was decided on: the evidence that the group had before it."""

    comments: Annotated[PublicCount, "how many comments"]
    by_question: Annotated[CountsByQuestion, "the same by `kind` of question"]
    engagements: Annotated[tuple[Uuid, ...], "the events where they were made"]
    findings: Annotated[tuple[Uuid, ...], "the themes whose finding it cites"]
    notes: Annotated[tuple[Uuid, ...], Counted("how many workshop notes")]
    workshops: Annotated[tuple[Uuid, ...], "the workshops that worked on it"]
    quotes: Annotated[tuple[Uuid, ...], Private("the quotes among the comments")]


class FrozenCommitment(Record, frozen=True):
    """The word of the organisation that leads an action."""

    on: Annotated[date, "when it was given"]
    text: Annotated[Translated, "in its own words"]


class FrozenIdea(Record, frozen=True):
    """An idea that the group decided not to take forward."""

    uuid: Annotated[Uuid, "its name for computers"]
    number: Annotated[int, "its number, which it keeps in every edition"]
    theme: Annotated[Uuid, "a theme merged since is named by the one that stands for it"]
    wording: Annotated[int, "the number of this wording"]
    title: Annotated[Translated, "what it is called"]
    text: Annotated[Translated, "what would happen"]
    lead: Annotated[FrozenOrganisation | None, "who leads it"]
    supporting: Annotated[tuple[FrozenOrganisation, ...], "who else takes part"]
    timescale: Annotated[str, "by when"]
    timescale_note: Annotated[Translated, "by when, in words"]
    decided_on: Annotated[date | None, "when the group decided"]
    reason: Annotated[Translated, "why it decided so"]
    rounds: Annotated[tuple[FrozenRound, ...], "each time it decided, the first first"]
    thread: Annotated[FrozenThread, "what it was decided on"]


class FrozenAction(FrozenIdea, frozen=True):
    """An action that the group agreed, in the words it agreed."""

    is_agreed: Annotated[bool, "true in every edition: a preview also shows others"]
    change_proposed: Annotated[bool, "whether other words were proposed since"]
    review_on: Annotated[date | None, "when the group looks at it again"]
    tally: Annotated[FrozenTally | None, "the answers of the round that decided"]
    commitment: Annotated[FrozenCommitment | None, "null until the lead has given its word"]
    earlier_commitment: Annotated[
        FrozenCommitment | None, "where it is null: the lead's word on an earlier wording"
    ]


class Figures(Record, frozen=True):
    """The headline figures, counted for the edition or one before it."""

    engagements: Annotated[int, "listening events held"]
    people: Annotated[PublicCount, "people heard at them"]
    comments: Annotated[PublicCount, "comments that were made, those taken back since with them"]
    by_question: Annotated[CountsByQuestion, "the same by `kind` of question that was answered"]
    first_day: Annotated[date | None, "the day of the first event"]
    last_day: Annotated[date | None, "the day of the last"]
    themes: Annotated[int, "themes"]
    workshops: Annotated[int, "workshops held"]
    residents: Annotated[int, "residents who came, counted at each"]
    partners: Annotated[int, "people from organisations who came, counted at each"]
    actions: Annotated[int, "agreed actions"]
    committed: Annotated[int, "those whose lead has given its word"]
    not_taken_forward: Annotated[int, "ideas not taken forward"]
    seats: Annotated[int, "seats on the steering group"]
    meetings: Annotated[int, "meetings it held"]


class Fingerprints(Record, frozen=True):
    """The words that an edition may show and does not keep: a fingerprint of each, by uuid."""

    quotes: Mapping[Uuid, str]
    notes: Mapping[Uuid, str]


class Snapshot(Record, frozen=True):
    """The whole of an edition: everything a page, the PDF or the open data says of the plan.

    It holds no words of quotes and notes, only their uuids and fingerprints: they are read when
    shown, so that a person who takes their words back is heard at once, and shown only as long as
    they are the words that were published. Nothing in it depends on when it was made.
    """

    shape: Annotated[int, "the number of this shape"]
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
    words: Annotated[Fingerprints, Private("fingerprints of the words it may show")]

    @property
    def ideas(self) -> Iterator[FrozenIdea]:
        """The actions, then the ideas not taken forward."""
        yield from self.actions
        yield from self.not_taken_forward

    @property
    def quotes_named(self) -> list[Uuid]:
        """Every quote it names, once, in its order."""
        found = [quote for theme in self.themes for quote in theme.quotes]
        found += [quote for idea in self.ideas for quote in idea.thread.quotes]
        return list(dict.fromkeys(found))

    @property
    def notes_named(self) -> list[Uuid]:
        """Every workshop note that its threads lead to, once."""
        return list(dict.fromkeys(note for idea in self.ideas for note in idea.thread.notes))
