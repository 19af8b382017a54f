"""The chapters of an edition as a reader meets them: a theme, what was said on it, its actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from coproduction.languages.codes import page_language
from coproduction.languages.formats import write_date
from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import in_language, in_language_lines, with_lang
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from coproduction.ui import palette
from engagements.disclosure.small_numbers import PublicCount
from plan.edition.snapshot import (
    FrozenAction,
    FrozenIdea,
    FrozenOrganisation,
    FrozenTally,
    FrozenTheme,
)
from plan.presentation.text import Words, prose
from themes.models import Colour, Quote
from workshops.models import Timescale


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
    """A step of the golden thread: what it counts, in words, and the page that shows it."""

    label: str
    url: str
    number: str = ""
    is_count: bool = False


@dataclass
class PublishedAction:
    """One action, or idea not taken forward: what, who, by when, and the thread behind it."""

    frozen: FrozenIdea
    # Empty in a preview: what is not published has no page of its own yet.
    url: str
    title: Words
    text: Words
    lead: Words
    supporting: list[Words]
    when: Words
    reason: Words
    commitment: Words
    earlier_commitment: Words
    # What became of it since it was published: one of those of plan/queries/changes.py.
    change: str
    quotes: list[PublishedQuote]
    chapter: "Chapter | None" = field(default=None, repr=False)
    # What the lead and each of the supporting are called now, where that is another name.
    lead_now: Words = ""
    supporting_now: list[Words] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number that it keeps in every edition."""
        return self.frozen.number

    @property
    def is_taken_forward(self) -> bool:
        """Whether it is an action of the plan, and not an idea that was not taken forward."""
        return isinstance(self.frozen, FrozenAction)

    @property
    def is_agreed(self) -> bool:
        """Whether the group agreed it."""
        return isinstance(self.frozen, FrozenAction) and self.frozen.is_agreed

    @property
    def decided_on(self) -> date | None:
        """The day of the group's last decision on the wording shown."""
        return self.frozen.decided_on

    @property
    def committed_on(self) -> date | None:
        """When its lead gave its word."""
        commitment = self.frozen.commitment if isinstance(self.frozen, FrozenAction) else None
        return commitment.on if commitment else None

    @property
    def committed_earlier_on(self) -> date | None:
        """When its lead gave its word on an earlier wording, and not yet on this one."""
        earlier = self.frozen.earlier_commitment if isinstance(self.frozen, FrozenAction) else None
        return earlier.on if earlier else None

    @property
    def partners(self) -> SafeString:
        """The supporting partners, one after another."""
        return format_html_join(", ", "{}", ((body,) for body in self.supporting))

    @property
    def lead_today(self) -> Words:
        """The lead, and what it is called now."""
        return _with_name_now(self.lead, self.lead_now)

    @property
    def partners_today(self) -> SafeString:
        """The supporting partners, one after another, and what each is called now."""
        both = zip(self.supporting, self.supporting_now, strict=True)
        return format_html_join(", ", "{}", ((_with_name_now(*each),) for each in both))

    @cached_property
    def link_suffix(self) -> SafeString:
        """What tells the links of its thread from those of the next, for who hears them alone.

        Markup, made once: a plan has hundreds of such links.
        """
        words = gettext("for action %(number)d") % {"number": self.number}
        return format_html('<span class="visually-hidden"> {}</span>', words)

    @property
    def comments(self) -> PublicCount:
        """How many comments it rests on."""
        return self.frozen.thread.comments

    @property
    def counts(self) -> list[ThreadStep]:
        """The steps of its thread that count what was said and done."""
        return [step for step in self.steps if step.is_count]

    @property
    def milestones(self) -> list[ThreadStep]:
        """The steps of its thread that are days: agreed, committed."""
        return [step for step in self.steps if not step.is_count]

    @property
    def agreed_words(self) -> str:
        """Say that the group agreed, when, and how many of it where that is told."""
        tally = self.frozen.tally if isinstance(self.frozen, FrozenAction) else None
        return _agreed_words(tally, self.decided_on) if tally and self.decided_on else ""

    @cached_property
    def steps(self) -> list[ThreadStep]:
        """Its thread, from what was said to the promise; nothing stands for what there is none."""
        thread, comments = self.frozen.thread, self.comments
        events, workshops = len(thread.engagements), len(thread.workshops)
        counts = [
            (comments, "said", _comments_after(comments)),
            (PublicCount(events), "where", ngettext("event", "events", events)),
            (PublicCount(workshops), "designed", ngettext("workshop", "workshops", workshops)),
        ]
        steps = [
            self._step(label, anchor, str(count) if count.says_size else "", is_count=True)
            for count, anchor, label in counts
            if count
        ]
        if thread.findings and not comments:
            steps.insert(0, self._step(gettext("What we heard"), "said", is_count=True))
        if self.is_agreed and (agreed := self.agreed_words):
            steps.append(self._step(agreed, "decided"))
        if self.committed_on:
            words = gettext("Committed %(day)s") % {"day": write_date(self.committed_on)}
            steps.append(self._step(words, "committed"))
        return steps

    def _step(
        self, label: str, anchor: str, number: str = "", *, is_count: bool = False
    ) -> ThreadStep:
        """Make a step that leads to its part of the action's own page, where there is one."""
        return ThreadStep(label, f"{self.url}#{anchor}" if self.url else "", number, is_count)


@dataclass
class Chapter:
    """One theme: why it matters, what people said, and the actions that answer it."""

    number: int
    uuid: str
    name: Words
    # The same for a drawing, in which there is no markup.
    drawn_name: str
    colour: str
    why: SafeString
    finding: Words
    comments: PublicCount
    by_question: Mapping[str, PublicCount]
    quotes: list[PublishedQuote]
    what_we_heard_url: str
    actions: list[PublishedAction] = field(default_factory=list)
    not_taken_forward: list[PublishedAction] = field(default_factory=list)

    @property
    def agreed(self) -> int:
        """How many of its actions the group has agreed: a draft shows others beside them."""
        return sum(action.is_agreed for action in self.actions)

    @property
    def anchor(self) -> str:
        """Where it stands on the plan page."""
        return f"theme-{self.number}"

    @property
    def fill(self) -> str:
        """Its colour, for drawings that carry their own."""
        return palette.HEX[palette.colour_named(self.colour)]

    @property
    def mark(self) -> str:
        """The path of the shape that goes with its colour."""
        return palette.PATHS[palette.shape_named(palette.colour_named(self.colour))]

    @property
    def shape_name(self) -> str:
        """What its colour and shape are called."""
        return str(Colour(self.colour).label) if self.colour in Colour.values else ""


def present_action(
    frozen: FrozenIdea,
    plan_url: str,
    quotes: Mapping[str, PublishedQuote],
    changes: Mapping[str, str] | None,
    names: Mapping[str, Translated],
) -> PublishedAction:
    """Put an action, or an idea not taken forward, into the active language.

    ``plan_url`` is empty in a preview. ``changes`` says which actions have a newer wording by now;
    without it, what was known when it was frozen. ``names`` are those of organisations now.
    """
    action = frozen if isinstance(frozen, FrozenAction) else None
    commitment = action.commitment if action else None
    earlier = action.earlier_commitment if action else None
    change = "proposed" if action and action.change_proposed else ""
    if action and changes is not None:
        change = changes.get(action.uuid, "")
    return PublishedAction(
        frozen=frozen,
        url=f"{plan_url}actions/{frozen.number}/" if plan_url else "",
        title=in_language(frozen.title),
        text=in_language_lines(frozen.text),
        lead=in_language(frozen.lead.name) if frozen.lead else "",
        supporting=[in_language(body.name) for body in frozen.supporting],
        when=in_language(frozen.timescale_note) or str(Timescale(frozen.timescale).label),
        reason=in_language_lines(frozen.reason),
        commitment=in_language_lines(commitment.text) if commitment else "",
        earlier_commitment=in_language_lines(earlier.text) if earlier else "",
        change=change,
        quotes=[quotes[uuid] for uuid in frozen.thread.quotes if uuid in quotes],
        lead_now=_now_called(frozen.lead, names) if frozen.lead else "",
        supporting_now=[_now_called(body, names) for body in frozen.supporting],
    )


def _now_called(body: FrozenOrganisation, names: Mapping[str, Translated]) -> Words:
    """Return an organisation's name of now, where a reader knew it by another; else nothing."""
    known, language = body.name.best(page_language())
    now = names.get(body.uuid)
    if now is None or now.text(language) in {"", known}:
        return ""
    return in_language(now)


def _with_name_now(known: Words, now: Words) -> Words:
    """Write what a partner is called now after its name of then, where that is another."""
    if not now:
        return known
    sentence = gettext("now called %(name)s").replace("%(name)s", "{}")
    return format_html('{} <span class="small soft">({})</span>', known, format_html(sentence, now))


def present_quote(quote: Quote) -> PublishedQuote:
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


def present_chapter(
    project: Project, number: int, theme: FrozenTheme, quotes: Mapping[str, PublishedQuote]
) -> Chapter:
    """Put a theme into the active language."""
    return Chapter(
        number=number,
        uuid=theme.uuid,
        name=in_language(theme.name),
        drawn_name=str(theme.name),
        colour=theme.colour or Colour.SLATE,
        why=prose(theme.why),
        finding=in_language_lines(theme.finding),
        comments=theme.comments,
        by_question=theme.by_question,
        quotes=[quotes[uuid] for uuid in theme.quotes if uuid in quotes],
        what_we_heard_url=url_for(project, "themes:what_we_heard_theme", uuid=theme.uuid),
    )


def _comments_after(count: PublicCount) -> str:
    """Name comments after their number; alone where it is not told."""
    if not count.says_size:
        return gettext("comments")
    return ngettext("comment", "comments", count.grammar)


def _agreed_words(tally: FrozenTally, day: date) -> str:
    """Say that the group agreed, when, and how many of it where that is told."""
    words = {"some": tally.agreeing, "all": tally.seats, "day": write_date(day)}
    if not tally.is_told:
        return gettext("Agreed by the steering group, %(day)s") % words
    if tally.is_unanimous:
        return gettext("Agreed by all %(all)d, %(day)s") % words
    return gettext("Agreed by %(some)s of %(all)d, %(day)s") % words
