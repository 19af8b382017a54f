"""What the gate says: a sentence for each thing to know, and the page where it is put right."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.languages.codes import translated_name
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from plan.edition.snapshot import (
    FrozenCommitment,
    FrozenIdea,
    FrozenOrganisation,
    FrozenQuestion,
    FrozenTheme,
    FrozenWorkshop,
)
from plan.edition.texts import PlacedText
from plan.models import Section
from plan.queries.gate import Gate
from steering.queries.agreement import Agreement
from themes.models import Quote


@dataclass(frozen=True)
class Obstacle:
    """One thing to know before publishing: what it is, and the page where it is put right."""

    sentence: str
    url: str


def obstacles_in(gate: Gate) -> list[Obstacle]:
    """Say everything that has to be put right before the plan is published."""
    return [*_actions_in_the_way(gate), *_themes_in_the_way(gate), *_texts_in_the_way(gate)]


def notes_on(gate: Gate) -> list[Obstacle]:
    """Say what is good to know, and stops nobody."""
    return [
        *_undecided_actions(gate),
        *_changed_translations(gate),
        *_changed_evidence(gate),
        *_quotes_left_out(gate),
        *_quotes_untranslated(gate),
        *_empty_sections(gate),
        *_action_notes(gate),
    ]


def section_url(project: Project, *, kind: str = "", theme: str = "") -> str:
    """Return the page where a text is written: one of the plan's own, or why a theme matters."""
    asked = {"theme": theme} if theme else {"kind": kind}
    # Whoever puts a text right for the gate wants to see the gate next.
    return url_for(project, "plan:section_edit", query=asked | {"back": "gate"})


def _actions_in_the_way(gate: Gate) -> Iterator[Obstacle]:
    """Say that nothing is agreed, or which agreed actions nobody leads."""
    if not gate.has_agreed_action:
        yield Obstacle(
            _("No action is agreed yet. A plan needs at least one."),
            url_for(gate.project, "steering:home"),
        )
    for one in gate.actions_without_lead:
        yield Obstacle(
            _("Action %(number)d is agreed, but nobody is named to lead it.")
            % {"number": one.action.number},
            url_for(gate.project, "workshops:action", uuid=one.action.uuid),
        )


def _themes_in_the_way(gate: Gate) -> Iterator[Obstacle]:
    """Name themes that nothing was written of, and what stands under no theme of the plan."""
    for theme in gate.themes_without_finding:
        yield Obstacle(
            _("Theme “%(theme)s” has no “what we heard”. Write it for readers to open.")
            % {"theme": theme.name},
            url_for(gate.project, "themes:finding_write", uuid=theme.uuid),
        )
    for idea in gate.ideas_without_theme:
        yield Obstacle(
            _("Action %(number)d is under no theme of the plan.") % {"number": idea.number},
            url_for(gate.project, "workshops:action", uuid=idea.uuid),
        )


def _texts_in_the_way(gate: Gate) -> Iterator[Obstacle]:
    """Name every text that a language lacks, or has only of an older wording; by thing."""
    parts: dict[tuple[str, str], dict[tuple[str, bool], list[str]]]
    parts = defaultdict(lambda: defaultdict(list))
    for text, language, is_missing in gate.incomplete_texts:
        thing, part, url = _place_of(gate.project, text)
        parts[thing, url][language, not is_missing].append(part)
    order = {language: at for at, language in enumerate(gate.project.languages)}
    for (thing, url), faults in parts.items():
        for language, is_old in sorted(faults, key=lambda fault: (order[fault[0]], fault[1])):
            sentence = (
                _("%(name)s: the %(language)s is older than the text for %(parts)s.")
                if is_old
                else _("%(name)s: no %(language)s for %(parts)s.")
            )
            listed = get_text_list(list(dict.fromkeys(faults[language, is_old])), _("and"))
            words = {"name": thing, "language": translated_name(language), "parts": listed}
            yield Obstacle(sentence % words, url)


def _place_of(project: Project, text: PlacedText) -> tuple[str, str, str]:
    """Say of a text what it is part of, which part it is, and the page where it is written.

    One in no known place is put right from the editor's page.
    """
    records = text.records
    if not records:
        kind = Section.Kind(text.part)
        return str(kind.label), _("the text"), section_url(project, kind=kind.value)
    outer = records[0]
    place = _("The plan"), _("the text"), url_for(project, "plan:editor")
    if isinstance(outer, FrozenQuestion):
        part = _("their wording") if text.part == "wording" else _("their short names")
        place = _("The questions"), part, url_for(project, "engagements:questions")
    elif isinstance(outer, FrozenTheme):
        place = _place_in_theme(project, outer, text.part)
    elif isinstance(outer, FrozenWorkshop):
        name = _("Workshop “%(workshop)s”") % {"workshop": outer.title}
        place = name, _("the title"), url_for(project, "workshops:workshop", uuid=outer.uuid)
    elif isinstance(outer, FrozenIdea):
        place = _place_in_action(project, outer, text)
    return place


def _place_in_theme(project: Project, theme: FrozenTheme, part: str) -> tuple[str, str, str]:
    """Say which text it is of a theme: its name, what was heard on it, or why it matters."""
    name = {"theme": theme.name}
    if part == "why":
        url = section_url(project, theme=theme.uuid)
        return _("Why “%(theme)s” matters") % name, _("the text"), url
    called = _("its name") if part == "name" else _("what we heard")
    return _("Theme “%(theme)s”") % name, called, url_for(project, "themes:theme", uuid=theme.uuid)


def _place_in_action(project: Project, idea: FrozenIdea, text: PlacedText) -> tuple[str, str, str]:
    """Say which text it is of an action: what it says, what the group or the lead said of it."""
    inner = text.records[-1]
    if isinstance(inner, FrozenOrganisation):
        url = url_for(project, "projects:organisation_change", uuid=inner.uuid)
        return str(inner.name), _("its name"), url
    worded = url_for(project, "workshops:action", uuid=idea.uuid)
    decided = url_for(project, "steering:action_status", uuid=idea.uuid)
    name = _("Action %(number)d") % {"number": idea.number}
    if isinstance(inner, FrozenCommitment):
        return name, _("the lead’s own words"), decided
    part, url = {
        "title": (_("the title"), worded),
        "text": (_("what will happen"), worded),
        "timescale_note": (_("by when"), worded),
        "reason": (_("the reason of the decision"), decided),
    }.get(text.part, (_("the text"), worded))
    return name, part, url


def _undecided_actions(gate: Gate) -> Iterator[Obstacle]:
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
    for one in gate.undecided_actions:
        sentence = sentences[one.state] % {"number": one.action.number}
        yield Obstacle(
            sentence, url_for(gate.project, "steering:action_status", uuid=one.action.uuid)
        )


def _changed_translations(gate: Gate) -> Iterator[Obstacle]:
    """Name agreed actions that say something else in a language than what the group read."""
    for one, language in gate.changed_translations:
        words = {"language": translated_name(language), "number": one.action.number}
        sentence = _("The %(language)s of action %(number)d was changed after it was agreed.")
        url = url_for(gate.project, "steering:action_status", uuid=one.action.uuid)
        yield Obstacle(sentence % words, url)


def _changed_evidence(gate: Gate) -> Iterator[Obstacle]:
    """Name decided actions whose evidence is not what the group had before it."""
    for one, since in gate.changed_evidence:
        sentence = _(
            "The evidence of action %(number)d is not what the group decided it on. %(changes)s "
            "The plan shows what the group had before it; the rest comes in when the group decides "
            "again."
        )
        words = {"number": one.action.number, "changes": since.in_words}
        url = url_for(gate.project, "steering:action_status", uuid=one.action.uuid)
        yield Obstacle(sentence % words, url)


def _quotes_left_out(gate: Gate) -> Iterator[Obstacle]:
    """Name chosen quotes that the plan leaves out: they may not be shown."""
    for quote in gate.quotes_left_out:
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
        yield Obstacle(sentence % {"theme": str(quote.theme)}, _quote_url(gate.project, quote))


def _quotes_untranslated(gate: Gate) -> Iterator[Obstacle]:
    """Count the quotes that some readers will not understand."""
    for language, quotes in gate.quotes_untranslated:
        sentence = ngettext(
            "%(number)d quote has no %(language)s beside it.",
            "%(number)d quotes have no %(language)s beside them.",
            len(quotes),
        )
        words = {"number": len(quotes), "language": translated_name(language)}
        yield Obstacle(sentence % words, _quote_url(gate.project, quotes[0]))


def _quote_url(project: Project, quote: Quote) -> str:
    """Return the page of a quote's theme, where its quotes are put right."""
    return url_for(project, "themes:theme", uuid=quote.theme.uuid)


def _empty_sections(gate: Gate) -> Iterator[Obstacle]:
    """Name the texts nobody has written: they would be left out."""
    for kind in gate.empty_sections:
        yield Obstacle(
            _("“%(section)s” is empty, and would be left out.") % {"section": kind.label},
            section_url(gate.project, kind=kind.value),
        )


def _action_notes(gate: Gate) -> Iterator[Obstacle]:
    """Say what readers will see about actions that an editor may want to know first."""
    for one in gate.actions:
        number, uuid = {"number": one.action.number}, one.action.uuid
        if one.change_proposed:
            sentence = _(
                "A change to action %(number)d is proposed. The plan would show the wording agreed "
                "before, and say so."
            )
            yield Obstacle(sentence % number, url_for(gate.project, "workshops:action", uuid=uuid))
        if one.agreed is not None and one.commitment is None:
            sentence = _(
                "The lead of action %(number)d has not committed. The plan would say so. "
                "The page names who can record it."
            )
            if one.earlier_commitment is not None:
                sentence = _(
                    "The lead of action %(number)d gave its word to earlier words, and is asked "
                    "again. The plan would say so. The page names who can record it."
                )
            url = url_for(gate.project, "steering:action_status", uuid=uuid)
            yield Obstacle(sentence % number, url)
