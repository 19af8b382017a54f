"""What stands in the way of publishing, and what an editor may want to know; each with its mend."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from plan.models import Section
from plan.queries.promises import PUBLISHED, UNDECIDED
from steering.models import Decision
from steering.queries.standing import Standing, State, standing
from themes.models import Finding, Quote, Theme


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

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


@dataclass(frozen=True)
class _Texts:
    """The public texts of one thing: what to call it, its parts, and where they are written."""

    name: str
    parts: Sequence[tuple[str | Promise, Translated]]
    url: str


def gate_of(project: Project) -> Gate:
    """Look at everything that would be published. A constant number of queries."""
    known = sorted(standing(project).values(), key=lambda one: one.action.number)
    obstacles = [
        *_actions_in_the_way(project, known),
        *_quotes_in_the_way(project),
        *_texts_in_the_way(project, [*_section_texts(project), *_theme_texts(project)]),
        *_texts_in_the_way(project, _action_texts(project, known)),
    ]
    return Gate(obstacles=obstacles, notes=[*_empty_texts(project), *_action_notes(project, known)])


def _actions_in_the_way(project: Project, known: Sequence[Standing]) -> Iterator[Obstacle]:
    """Name actions that the group has not decided on, or that nobody leads."""
    if not any(one.state in PUBLISHED for one in known):
        yield Obstacle(
            _("No action is agreed yet. A plan needs at least one."),
            reverse("steering:home", kwargs={"project": project.slug}),
        )
    for one in known:
        number = {"number": one.action.number}
        if one.state in UNDECIDED:
            sentence = {
                State.PROPOSED: _("Action %(number)d has not been put to the steering group."),
                State.WITH_THE_GROUP: _("Action %(number)d is with the steering group, undecided."),
                State.SENT_BACK: _("Action %(number)d was sent back to be reworded."),
            }[one.state]
            yield Obstacle(sentence % number, _action_url(project, one))
        elif one.agreed is not None and one.agreed.lead is None:
            yield Obstacle(
                _("Action %(number)d is agreed, but nobody is named to lead it.") % number,
                _action_url(project, one),
            )


def _quotes_in_the_way(project: Project) -> Iterator[Obstacle]:
    """Name chosen quotes whose speaker didn't agree, or whose comment is withheld."""
    cleared = Quote.objects.of(project).filter(cleared_at__isnull=False)
    shown = Quote.objects.of(project).publishable()
    for quote in cleared.exclude(pk__in=shown.values("pk")).select_related("theme", "comment"):
        theme = {"theme": str(quote.theme)}
        if quote.comment.withheld:
            sentence = _("A quote chosen for “%(theme)s” is from a comment held back since.")
        else:
            sentence = _("A quote chosen for “%(theme)s” is from someone who did not agree to it.")
        yield Obstacle(sentence % theme, _theme_url(project, quote.theme))


def _texts_in_the_way(project: Project, texts: Iterable[_Texts]) -> Iterator[Obstacle]:
    """Name texts that a language lacks, or has only of an older wording."""
    for thing in texts:
        for language in project.languages:
            told = {
                "name": thing.name,
                "language": dict(settings.LANGUAGES).get(language, language),
            }
            missing = [part for part, text in thing.parts if text and text.missing([language])]
            if missing:
                told["parts"] = get_text_list([str(part) for part in missing], _("and"))
                yield Obstacle(_("%(name)s: no %(language)s for %(parts)s.") % told, thing.url)
            old = [part for part, text in thing.parts if text.out_of_date([language])]
            if old:
                told["parts"] = get_text_list([str(part) for part in old], _("and"))
                sentence = _("%(name)s: the %(language)s is older than the text for %(parts)s.")
                yield Obstacle(sentence % told, thing.url)


def _section_texts(project: Project) -> Iterator[_Texts]:
    """The editor's own texts."""
    for section in Section.objects.of(project).select_related("theme").order_by("pk"):
        if section.theme is None:
            name = section.get_kind_display()
        elif section.theme.merged_into_id is None:
            name = _("Why “%(theme)s” matters") % {"theme": section.theme}
        else:
            continue  # The theme was merged into another: its text is not in the plan.
        yield _Texts(
            name,
            [(gettext_lazy("the text"), section.body)],
            section_url(project, section.kind, section.theme),
        )


def _theme_texts(project: Project) -> Iterator[_Texts]:
    """The themes' names and what was heard on each."""
    findings = {row.theme_id: row.text for row in Finding.objects.of(project)}
    for theme in Theme.objects.of(project).themes():
        parts = [
            (gettext_lazy("its name"), theme.name),
            (gettext_lazy("what we heard"), findings.get(theme.pk, Translated())),
        ]
        name = _("Theme “%(theme)s”") % {"theme": theme}
        yield _Texts(name, parts, _theme_url(project, theme))


def _action_texts(project: Project, known: Sequence[Standing]) -> Iterator[_Texts]:
    """The wordings that would be published, with the group's reason and the lead's word."""
    for one in known:
        wording = one.agreed or (one.latest if one.state == State.NOT_TAKEN_FORWARD else None)
        if wording is None:
            continue
        parts = [
            (gettext_lazy("the title"), wording.title),
            (gettext_lazy("what will happen"), wording.text),
            (gettext_lazy("by when"), wording.timescale_note),
        ]
        name = _("Action %(number)d") % {"number": one.action.number}
        yield _Texts(name, parts, _action_url(project, one))
        decided = [(gettext_lazy("the reason of the decision"), _reason(one))]
        if one.commitment:
            decided.append((gettext_lazy("the lead’s own words"), one.commitment.text))
        yield _Texts(name, decided, _decision_url(project, one))


def _empty_texts(project: Project) -> Iterator[Obstacle]:
    """Name the texts nobody has written: they would be left out."""
    written = {row.kind for row in Section.objects.of(project) if row.body and row.theme_id is None}
    for kind in Section.Kind:
        if kind != Section.Kind.THEME and kind not in written:
            yield Obstacle(
                _("“%(section)s” is empty, and would be left out.") % {"section": kind.label},
                section_url(project, kind),
            )


def _action_notes(project: Project, known: Sequence[Standing]) -> Iterator[Obstacle]:
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


def _reason(one: Standing) -> Translated:
    """Return the reason that would be published with an action."""
    decision: Decision | None = one.decision or one.last_decision
    return decision.reason if decision else Translated()


def section_url(project: Project, kind: str, theme: Theme | None = None) -> str:
    """Return the page where a text is written."""
    page = reverse("plan:section_edit", kwargs={"project": project.slug})
    return f"{page}?theme={theme.uuid}" if theme else f"{page}?kind={kind}"


def _theme_url(project: Project, theme: Theme) -> str:
    """Return the page where a theme's name, finding and quotes are mended."""
    return reverse("themes:theme", kwargs={"project": project.slug, "uuid": theme.uuid})


def _action_url(project: Project, one: Standing) -> str:
    """Return the page where an action's wording is mended and put to the group."""
    return reverse("workshops:action", kwargs={"project": project.slug, "uuid": one.action.uuid})


def _decision_url(project: Project, one: Standing) -> str:
    """Return the page where a decision's reason and a commitment are mended."""
    return reverse(
        "steering:action_standing", kwargs={"project": project.slug, "uuid": one.action.uuid}
    )
