"""Every text that an edition would publish: what to call it, and the page where it is mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from plan.models import Section

Row = dict[str, Any]
Path = tuple[str | int, ...]

# Who mends a text for the gate wants to see the gate next.
BACK_TO_THE_GATE = "back=gate"


@dataclass(frozen=True)
class PublishedText:
    """One published text: the thing it is part of, which part, and where it is written."""

    thing: str
    part: str
    body: Translated
    url: str


def texts_in(project: Project, snapshot: Row) -> list[PublishedText]:
    """List every text of a snapshot, in its order.

    They are found by what they look like, not by where they are expected, so that whatever an
    edition comes to hold is seen without being named here first.
    """
    desk = _Desk(project, snapshot)
    return [desk.text(path, Translated(entries)) for path, entries in _walk(snapshot, ())]


def _walk(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Find the texts in what is frozen, each with its place."""
    if isinstance(value, dict):
        if _is_text(value):
            yield path, value
            return
        for key, inside in value.items():
            yield from _walk(inside, (*path, key))
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            yield from _walk(inside, (*path, at))


def _is_text(value: Row) -> bool:
    """Whether this is one text in several languages."""
    return bool(value) and all(
        isinstance(entry, dict) and entry.keys() == {"text", "of"} for entry in value.values()
    )


class _Desk:
    """Knows, for each place in a snapshot, what stands there and which page mends it."""

    def __init__(self, project: Project, snapshot: Row) -> None:
        """Look at one snapshot of a project."""
        self.project, self.snapshot = project, snapshot
        self.places = {
            "sections": self._section,
            "questions": self._question,
            "themes": self._theme,
            "workshops": self._workshop,
            "actions": self._action,
            "not_taken_forward": self._action,
        }

    def text(self, path: Path, body: Translated) -> PublishedText:
        """Name a text; one in no known place is mended from the editor's page."""
        if name := self.places.get(str(path[0])):
            thing, part, url = name(path)
        else:
            thing, part, url = _("The plan"), _("the text"), self._page("plan:editor")
        return PublishedText(thing, part, body, url)

    def _section(self, path: Path) -> tuple[str, str, str]:
        """One of the editor's own texts."""
        kind = Section.Kind(str(path[1]))
        url = f"{self._page('plan:section_edit')}?kind={kind.value}&{BACK_TO_THE_GATE}"
        return str(kind.label), _("the text"), url

    def _question(self, path: Path) -> tuple[str, str, str]:
        """How a question was put."""
        return _("The questions"), _("their wording"), self._page("engagements:questions")

    def _theme(self, path: Path) -> tuple[str, str, str]:
        """A theme's name, what was heard on it, or why it matters."""
        row = self._row(path)
        name = {"theme": str(Translated(row["name"]))}
        if path[2] == "why":
            url = f"{self._page('plan:section_edit')}?theme={row['uuid']}&{BACK_TO_THE_GATE}"
            return _("Why “%(theme)s” matters") % name, _("the text"), url
        part = _("its name") if path[2] == "name" else _("what we heard")
        url = self._page("themes:theme", uuid=row["uuid"])
        return _("Theme “%(theme)s”") % name, part, url

    def _workshop(self, path: Path) -> tuple[str, str, str]:
        """A workshop's title."""
        row = self._row(path)
        name = _("Workshop “%(workshop)s”") % {"workshop": Translated(row["title"])}
        return name, _("the title"), self._page("workshops:workshop", uuid=row["uuid"])

    def _action(self, path: Path) -> tuple[str, str, str]:
        """What an action says, who does it, what the group said of it and what the lead said."""
        row = self._row(path)
        if path[2] in {"lead", "supporting"}:
            body = row["lead"] if path[2] == "lead" else row["supporting"][path[3]]
            url = self._page("projects:organisation_change", uuid=body["uuid"])
            return str(Translated(body["name"])), _("its name"), url
        name = _("Action %(number)d") % {"number": row["number"]}
        worded = self._page("workshops:action", uuid=row["uuid"])
        decided = self._page("steering:action_status", uuid=row["uuid"])
        part, url = {
            "title": (_("the title"), worded),
            "text": (_("what will happen"), worded),
            "timescale_note": (_("by when"), worded),
            "reason": (_("the reason of the decision"), decided),
        }.get(str(path[-1]), (_("the text"), worded))
        if path[2] == "commitment":
            part, url = _("the lead’s own words"), decided
        return name, part, url

    def _row(self, path: Path) -> Row:
        """Return the theme, workshop or action that a text is part of."""
        row: Row = self.snapshot[str(path[0])][path[1]]
        return row

    def _page(self, name: str, **kwargs: str) -> str:
        """Return the address of one of the project's pages."""
        return reverse(name, kwargs={"project": self.project.slug, **kwargs})
