"""An edition as a reader meets it: the frozen snapshot, put into one language, with live quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from coproduction.languages.codes import page_language
from coproduction.languages.formats import write_date
from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import in_language, in_language_lines, with_lang
from coproduction.projects.models import Project
from coproduction.ui import palette
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Question
from plan.models import Correction, Edition
from plan.presentation.markdown import markdown_to_html
from themes.models import Colour, Quote
from workshops.models import Timescale

Words = str | SafeString
Row = Mapping[str, Any]


@dataclass(frozen=True)
class PublishedQuote:
    """Somebody's own words, with who said them and a translation to stand beside."""

    uuid: str
    text: str
    language: str
    speaker: Words
    translation: str
    comment: int


@dataclass(frozen=True)
class ThreadStep:
    """A stop on the golden thread: what it counts, in words, and the page that shows it."""

    label: str
    url: str
    number: str = ""
    is_count: bool = False


@dataclass
class PublishedAction:
    """One action: what will happen, who does it, by when, and the thread behind it."""

    number: int
    uuid: str
    theme: str
    url: str
    title: Words
    text: Words
    lead: Words
    supporting: list[Words]
    when: Words
    reason: Words
    is_agreed: bool
    is_turned_down: bool
    change: str
    decided_on: date | None
    committed_on: date | None
    commitment: Words
    tally: Row | None
    rounds: Sequence[Row]
    thread: Row
    stops: list[ThreadStep]
    voices: list[PublishedQuote]
    chapter: "Chapter | None" = None

    @property
    def partners(self) -> SafeString:
        """The supporting partners, one after another."""
        return format_html_join(", ", "{}", ((body,) for body in self.supporting))

    @cached_property
    def link_suffix(self) -> SafeString:
        """What tells the links of its thread from those of the next, for who hears them alone.

        Markup, made once: a plan has hundreds of such links.
        """
        told = gettext("for action %(number)d") % {"number": self.number}
        return format_html('<span class="visually-hidden"> {}</span>', told)

    @property
    def comments(self) -> PublicCount:
        """How many comments it rests on."""
        return PublicCount.read(self.thread["comments"])

    @property
    def quotable(self) -> PublicCount:
        """How many more of them their speakers would let us quote. Older editions don't say."""
        return PublicCount.read(self.thread.get("quotable"))

    @property
    def counts(self) -> list[ThreadStep]:
        """The stops of its thread that count what was said and done."""
        return [stop for stop in self.stops if stop.is_count]

    @property
    def milestones(self) -> list[ThreadStep]:
        """The stops of its thread that are days: agreed, committed."""
        return [stop for stop in self.stops if not stop.is_count]

    @property
    def agreed_words(self) -> str:
        """Say how many of the group agreed, and when."""
        if not self.tally or not self.decided_on:
            return ""
        return agreed_by(self.tally, self.decided_on)


@dataclass
class Chapter:
    """One theme: why it matters, what people said, and the actions that answer it."""

    number: int
    uuid: str
    name: Words
    colour: str
    why: SafeString
    finding: Words
    comments: PublicCount
    by_question: Mapping[str, PublicCount]
    voices: list[PublishedQuote]
    # Where what we heard on it is told.
    what_we_heard_url: str = ""
    promises: list[PublishedAction] = field(default_factory=list)
    turned_down: list[PublishedAction] = field(default_factory=list)

    @property
    def agreed(self) -> int:
        """How many of its actions the group has agreed: a draft shows others beside them."""
        return sum(promise.is_agreed for promise in self.promises)

    @property
    def anchor(self) -> str:
        """Where it stands on the plan page."""
        return f"theme-{self.number}"

    @property
    def fill(self) -> str:
        """Its colour, for drawings that carry their own."""
        return palette.HEX[palette.colour_named(self.colour)]

    @property
    def shape_name(self) -> str:
        """What its colour and shape are called."""
        return str(Colour(self.colour).label) if self.colour in Colour.values else ""

    @property
    def mark(self) -> str:
        """Its shape, as a path on a field of 24 by 24."""
        return palette.PATHS[palette.shape_named(self.colour)]


@dataclass(frozen=True)
class Plan:
    """The whole plan, in the active language."""

    project: Project
    number: int | None
    title: Words
    published_on: date | None
    snapshot: Row
    figures: Row
    sections: Mapping[str, SafeString]
    chapters: Sequence[Chapter]
    promises: Sequence[PublishedAction]
    turned_down: Sequence[PublishedAction]
    corrections: Sequence[Correction]

    @property
    def is_draft(self) -> bool:
        """Whether nobody has published it."""
        return self.number is None

    @property
    def every_lead_committed(self) -> bool:
        """Whether every lead has given its word."""
        return 0 < len(self.promises) == sum(bool(one.committed_on) for one in self.promises)

    def promise(self, number: int) -> PublishedAction | None:
        """Return the action, or the idea not taken forward, of this number; or None."""
        return next(
            (one for one in [*self.promises, *self.turned_down] if one.number == number), None
        )


def present_plan(
    project: Project,
    snapshot: Row,
    *,
    quotes: Sequence[Quote],
    edition: Edition | None = None,
    corrections: Sequence[Correction] = (),
    changes: Mapping[str, str] | None = None,
) -> Plan:
    """Put a snapshot into the active language, with the quotes that may be shown now.

    ``changes`` says which actions have a newer wording by now; without it, what the snapshot says.
    """
    voices = {str(quote.uuid): _voice(quote) for quote in quotes}
    chapters = [
        _chapter(number, row, voices) for number, row in enumerate(snapshot["themes"], start=1)
    ]
    base = reverse("plan:plan", kwargs={"project": project.slug}) if edition else ""
    promises = [_promise(row, base, voices) for row in snapshot["actions"]]
    turned_down = [
        _promise(row, base, voices, is_turned_down=True) for row in snapshot["not_taken_forward"]
    ]
    if changes is not None:
        for promise in promises:
            promise.change = changes.get(promise.uuid, "")
    _join(project, chapters, promises, turned_down)
    return Plan(
        project=project,
        number=edition.number if edition else None,
        title=in_language(edition.title) if edition else in_language(project.name),
        published_on=edition.published_on if edition else None,
        snapshot=snapshot,
        figures=snapshot["figures"],
        sections={kind: prose(entries) for kind, entries in snapshot["sections"].items()},
        chapters=chapters,
        promises=promises,
        turned_down=turned_down,
        corrections=corrections,
    )


def _join(
    project: Project,
    chapters: Sequence[Chapter],
    promises: Sequence[PublishedAction],
    turned_down: Sequence[PublishedAction],
) -> None:
    """Put every action into its chapter, and lead each chapter to what was heard on it."""
    by_theme = {chapter.uuid: chapter for chapter in chapters}
    for promise in [*promises, *turned_down]:
        if chapter := by_theme.get(promise.theme):
            promise.chapter = chapter
            (chapter.turned_down if promise.is_turned_down else chapter.promises).append(promise)
    for uuid, chapter in by_theme.items():
        where = {"project": project.slug, "uuid": uuid}
        chapter.what_we_heard_url = reverse("themes:what_we_heard_theme", kwargs=where)


def event_url(plan: Plan, name: str, uuid: str) -> str:
    """Return the page of an occasion or a workshop of the published plan."""
    return reverse(f"plan:{name}", kwargs={"project": plan.project.slug, "uuid": uuid})


def words(entries: Mapping[str, Any]) -> Words:
    """Give a frozen text in the active language; one that falls back says so by its ``lang``."""
    return in_language(Translated(entries))


def prose(entries: Mapping[str, Any]) -> SafeString:
    """Give a frozen Markdown text as HTML in the active language."""
    text, language = Translated(entries).best(page_language())
    return prose_of(text, language, page_language())


@lru_cache(maxsize=512)
def prose_of(text: str, language: str, wanted: str) -> SafeString:
    """Turn Markdown into HTML once: editions are frozen, so the same texts come again and again."""
    html = markdown_to_html(text)
    if language == wanted:
        return html
    return SafeString(f'<div lang="{language}">{html}</div>')


def day(text: str | None) -> date | None:
    """Read a frozen date."""
    return date.fromisoformat(text) if text else None


def written(moment: date) -> str:
    """Write a date as people do, in the active language; with the year, for later readers."""
    return write_date(moment)


def _voice(quote: Quote) -> PublishedQuote:
    """Put a live quote's words beside what they mean in the active language."""
    here, spoken = page_language(), quote.comment.language
    return PublishedQuote(
        uuid=str(quote.uuid),
        text=quote.extract,
        language=spoken,
        speaker=with_lang(quote.descriptor, spoken) or gettext("Somebody who lives here"),
        translation=quote.translation.text(here) if spoken != here else "",
        comment=quote.comment_id,
    )


def _chapter(number: int, row: Row, voices: Mapping[str, PublishedQuote]) -> Chapter:
    """Read a theme's row."""
    return Chapter(
        number=number,
        uuid=row["uuid"],
        name=words(row["name"]),
        colour=row["colour"] or "slate",
        why=prose(row["why"]),
        finding=in_language_lines(Translated(row["finding"])),
        comments=PublicCount.read(row["comments"]),
        by_question={
            kind: PublicCount.read(row["by_question"].get(kind, 0)) for kind in Question.Kind.values
        },
        voices=[voices[uuid] for uuid in row["quotes"] if uuid in voices],
    )


def _promise(
    row: Row,
    base: str,
    voices: Mapping[str, PublishedQuote],
    *,
    is_turned_down: bool = False,
) -> PublishedAction:
    """Read an action's row, or that of an idea not taken forward."""
    commitment = row.get("commitment") or {}
    promise = PublishedAction(
        number=row["number"],
        uuid=row["uuid"],
        theme=row["theme"],
        # What is not published has no page of its own yet.
        url=f"{base}actions/{row['number']}/" if base else "",
        title=words(row["title"]),
        text=in_language_lines(Translated(row["text"])),
        lead=words(row["lead"]["name"]) if row["lead"] else "",
        supporting=[words(body["name"]) for body in row["supporting"]],
        when=words(row["timescale_note"]) or str(Timescale(row["timescale"]).label),
        reason=in_language_lines(Translated(row["reason"])),
        is_agreed=row.get("is_agreed", False),
        is_turned_down=is_turned_down,
        change="proposed" if row.get("change_proposed") else "",
        decided_on=day(row["decided_on"]),
        committed_on=day(commitment.get("on")),
        commitment=in_language_lines(Translated(commitment.get("text"))),
        tally=row.get("tally"),
        rounds=row["rounds"],
        thread=row["thread"],
        stops=[],
        voices=[voices[uuid] for uuid in row["thread"]["quotes"] if uuid in voices],
    )
    promise.stops = _stops(promise)
    return promise


def _stops(promise: PublishedAction) -> list[ThreadStep]:
    """Lay an action's thread out, from voices to promise; nothing stands for what there is none."""
    thread, url, comments = promise.thread, promise.url, promise.comments
    events, workshops = (
        PublicCount(len(thread["engagements"])),
        PublicCount(len(thread["workshops"])),
    )
    counts = [
        (comments, "said", _comments_after(comments)),
        (events, "where", ngettext("event", "events", events.grammar)),
        (workshops, "designed", ngettext("workshop", "workshops", workshops.grammar)),
    ]
    stops = [
        ThreadStep(label, anchor, str(count) if count.says_size else "", is_count=True)
        for count, anchor, label in counts
        if count
    ]
    if thread["findings"] and not comments:
        stops.insert(0, ThreadStep(gettext("What we heard"), "said", is_count=True))
    if promise.is_agreed and promise.tally and promise.decided_on:
        stops.append(ThreadStep(agreed_by(promise.tally, promise.decided_on), "decided"))
    if promise.committed_on:
        told = gettext("Committed %(day)s") % {"day": written(promise.committed_on)}
        stops.append(ThreadStep(told, "committed"))
    return [replace(stop, url=f"{url}#{stop.url}" if url else "") for stop in stops]


def _comments_after(count: PublicCount) -> str:
    """Name comments after their number; alone where it is not told."""
    if not count.says_size:
        return gettext("comments")
    return ngettext("comment", "comments", count.grammar)


def agreed_by(tally: Row, moment: date) -> str:
    """Say how many of the group agreed, and when."""
    told = {"some": tally["agreeing"], "all": tally["seats"], "day": written(moment)}
    if tally["agreeing"] == tally["seats"]:
        return gettext("Agreed by all %(all)d, %(day)s") % told
    return gettext("Agreed by %(some)d of %(all)d, %(day)s") % told
