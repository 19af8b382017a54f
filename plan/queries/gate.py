"""What stands in the way of publishing, and what an editor may want to know; each with its mend."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from plan.models import Edition, Section
from plan.queries.action import PUBLISHED, UNDECIDED
from plan.queries.snapshot import quotes_in, snapshot_of
from plan.queries.texts import BACK_TO_THE_GATE, PublishedText, Row, texts_in
from steering.queries.agreement import ActionStatus, Agreement, statuses_of_actions
from steering.queries.translation import changed_translations_of
from themes.models import Quote, Theme


@dataclass(frozen=True)
class Obstacle:
    """One thing to know before publishing: what it is, and the page where it is mended."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Gate:
    """What must be mended before publishing, and what may be left as it is."""

    obstacles: Sequence[Obstacle]
    notes: Sequence[Obstacle]
    # What was looked at: the plan as it would be published.
    snapshot: dict[str, Any] = field(default_factory=dict)

    @property
    def frozen(self) -> dict[str, Any]:
        """What would be published, as it is kept."""
        kept: dict[str, Any] = json.loads(json.dumps(self.snapshot))
        return kept

    def brings_nothing_new(self, edition: Edition | None) -> bool:
        """Whether an edition says all this already."""
        return edition is not None and edition.snapshot == self.frozen

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


def gate_of(project: Project) -> Gate:
    """Look at everything that would be published. A constant number of queries."""
    known = sorted(statuses_of_actions(project).values(), key=lambda one: one.action.number)
    snapshot = snapshot_of(project, known=known)
    obstacles = [
        *_actions_in_the_way(project, known),
        *_themes_in_the_way(project, snapshot),
        *_texts_in_the_way(project, snapshot),
    ]
    notes = [
        *_left_for_later(project, known),
        *_changed_translations(project, known),
        *_quotes_left_out(project),
        *_quotes_not_translated(project, snapshot),
        *_empty_texts(project, snapshot),
        *_action_notes(project, known),
    ]
    return Gate(obstacles=obstacles, notes=notes, snapshot=snapshot)


def _actions_in_the_way(project: Project, known: Sequence[ActionStatus]) -> Iterator[Obstacle]:
    """Name agreed actions that nobody leads. What is not in the edition holds nothing up."""
    if not any(one.state in PUBLISHED for one in known):
        yield Obstacle(
            _("No action is agreed yet. A plan needs at least one."),
            reverse("steering:home", kwargs={"project": project.slug}),
        )
    for one in known:
        if one.agreed is not None and one.agreed.lead is None:
            yield Obstacle(
                _("Action %(number)d is agreed, but nobody is named to lead it.")
                % {"number": one.action.number},
                _action_url(project, one),
            )


def _left_for_later(project: Project, known: Sequence[ActionStatus]) -> Iterator[Obstacle]:
    """Name actions without a decision: the edition leaves them out, and who can take them on."""
    sentences = {
        Agreement.PROPOSED: _(
            "Action %(number)d will not be in this edition: it has not been put to the steering "
            "group. The chair can put it."
        ),
        Agreement.WITH_THE_GROUP: _(
            "Action %(number)d will not be in this edition: the steering group has it and has not "
            "decided. The chair records what it decides."
        ),
        Agreement.SENT_BACK: _(
            "Action %(number)d will not be in this edition: the steering group sent it back. "
            "A facilitator can reword it."
        ),
    }
    for one in known:
        if one.state in UNDECIDED:
            sentence = sentences[one.state] % {"number": one.action.number}
            yield Obstacle(sentence, _decision_url(project, one))


def _changed_translations(project: Project, known: Sequence[ActionStatus]) -> Iterator[Obstacle]:
    """Name agreed actions that say something else in a language than what the group read."""
    known = [one for one in known if one.agreed is not None]
    changed = {(each.wording.action_id, each.language) for each in changed_translations_of(known)}
    for one in known:
        for language in project.languages:
            if (one.action.pk, language) in changed:
                told = {
                    "language": dict(settings.LANGUAGES).get(language, language),
                    "number": one.action.number,
                }
                sentence = _(
                    "The %(language)s of action %(number)d was changed after it was agreed."
                )
                yield Obstacle(sentence % told, _decision_url(project, one))


def _themes_in_the_way(project: Project, snapshot: Row) -> Iterator[Obstacle]:
    """Name themes that nothing was written of, and what stands under no theme of the plan."""
    for theme in snapshot["themes"]:
        if not theme["finding"]:
            name = {"theme": Translated(theme["name"])}
            where = {"project": project.slug, "uuid": theme["uuid"]}
            yield Obstacle(
                _("Theme “%(theme)s” has no “what we heard”. Write it for readers to open.") % name,
                reverse("themes:finding_write", kwargs=where),
            )
    there = {theme["uuid"] for theme in snapshot["themes"]}
    for row in [*snapshot["actions"], *snapshot["not_taken_forward"]]:
        if row["theme"] not in there:
            where = {"project": project.slug, "uuid": row["uuid"]}
            yield Obstacle(
                _("Action %(number)d is under no theme of the plan.") % {"number": row["number"]},
                reverse("workshops:action", kwargs=where),
            )


def _quotes_left_out(project: Project) -> Iterator[Obstacle]:
    """Name chosen quotes that the plan leaves out: they may not be shown."""
    cleared = Quote.objects.of(project).filter(cleared_at__isnull=False)
    shown = Quote.objects.of(project).publishable()
    left_out = cleared.exclude(pk__in=shown.values("pk"))
    for quote in left_out.select_related("theme", "comment__submission"):
        theme = {"theme": str(quote.theme)}
        if not quote.comment.is_visible:
            sentence = _("A quote chosen for “%(theme)s” is left out: its comment is held back.")
        elif not quote.comment.is_quotable:
            sentence = _(
                "A quote chosen for “%(theme)s” is left out: the person did not agree to be quoted."
            )
        else:
            sentence = _(
                "A quote chosen for “%(theme)s” is left out: personal details were taken out of "
                "its comment since. An analyst can choose its words again."
            )
        yield Obstacle(sentence % theme, _theme_url(project, quote.theme))


def _quotes_not_translated(project: Project, snapshot: Row) -> Iterator[Obstacle]:
    """Count the quotes that some readers will not understand: a translation stands beside them.

    People's own words are never replaced, so this is for the editor to weigh.
    """
    shown = (
        Quote.objects.of(project)
        .filter(uuid__in=quotes_in(snapshot))
        .select_related("comment", "theme")
    )
    for language in project.languages:
        bare = [
            quote
            for quote in shown
            if quote.comment.language != language and not quote.translation.text(language)
        ]
        if bare:
            told = {"number": len(bare), "language": dict(settings.LANGUAGES)[language]}
            sentence = ngettext(
                "%(number)d quote has no %(language)s beside it.",
                "%(number)d quotes have no %(language)s beside them.",
                len(bare),
            )
            yield Obstacle(sentence % told, _theme_url(project, bare[0].theme))


def _texts_in_the_way(project: Project, snapshot: Row) -> Iterator[Obstacle]:
    """Name every text that a language lacks, or has only of an older wording."""
    things: dict[tuple[str, str], list[PublishedText]] = defaultdict(list)
    for text in texts_in(project, snapshot):
        things[text.thing, text.url].append(text)
    for (name, url), texts in things.items():
        for language in project.languages:
            told = {"name": name, "language": dict(settings.LANGUAGES).get(language, language)}
            missing = [text.part for text in texts if text.body.missing([language])]
            if missing:
                told["parts"] = _listed(missing)
                yield Obstacle(_("%(name)s: no %(language)s for %(parts)s.") % told, url)
            old = [text.part for text in texts if text.body.out_of_date([language])]
            if old:
                told["parts"] = _listed(old)
                sentence = _("%(name)s: the %(language)s is older than the text for %(parts)s.")
                yield Obstacle(sentence % told, url)


def _listed(parts: Sequence[str]) -> str:
    """List parts of a thing in words, each once."""
    return get_text_list(list(dict.fromkeys(parts)), _("and"))


def _empty_texts(project: Project, snapshot: Row) -> Iterator[Obstacle]:
    """Name the texts nobody has written: they would be left out."""
    for kind in Section.Kind:
        if kind != Section.Kind.THEME and kind not in snapshot["sections"]:
            yield Obstacle(
                _("“%(section)s” is empty, and would be left out.") % {"section": kind.label},
                f"{section_url(project, kind)}&{BACK_TO_THE_GATE}",
            )


def _action_notes(project: Project, known: Sequence[ActionStatus]) -> Iterator[Obstacle]:
    """Say what readers will see about actions that an editor may want to know first."""
    for one in known:
        number = {"number": one.action.number}
        if one.change_proposed:
            sentence = _(
                "A change to action %(number)d is proposed. The plan would show the wording agreed "
                "before, and say so."
            )
            yield Obstacle(sentence % number, _action_url(project, one))
        if one.agreed is not None and one.commitment is None:
            sentence = _("The lead of action %(number)d has not committed. The plan would say so.")
            yield Obstacle(sentence % number, _decision_url(project, one))


def section_url(project: Project, kind: str, theme: Theme | None = None) -> str:
    """Return the page where a text is written."""
    page = reverse("plan:section_edit", kwargs={"project": project.slug})
    return f"{page}?theme={theme.uuid}" if theme else f"{page}?kind={kind}"


def _theme_url(project: Project, theme: Theme) -> str:
    """Return the page where a theme's name, finding and quotes are mended."""
    return reverse("themes:theme", kwargs={"project": project.slug, "uuid": theme.uuid})


def _action_url(project: Project, one: ActionStatus) -> str:
    """Return the page where an action's wording is mended and put to the group."""
    return reverse("workshops:action", kwargs={"project": project.slug, "uuid": one.action.uuid})


def _decision_url(project: Project, one: ActionStatus) -> str:
    """Return the page where a decision's reason and a commitment are mended."""
    return reverse(
        "steering:action_status", kwargs={"project": project.slug, "uuid": one.action.uuid}
    )
