"""Changes to the plan's texts while it is being written."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from plan.models import Section
from themes.models import Theme


class NotAThemeHere(Refusal):
    """The text is for a theme that this plan doesn't have."""

    sentence = _("That theme is not in this plan. Choose one from the list.")


class ChangedMeanwhile(Refusal):
    """Somebody else has saved the text since the form was drawn: what they made is ``section``."""

    sentence = _(
        "Somebody else has saved this text while you were writing. Nothing of yours is saved yet. "
        "Read both, then choose."
    )

    def __init__(self, section: Section) -> None:
        """Keep what the text says now, for the page to show."""
        super().__init__()
        self.section = section


def write_section(
    *,
    project: Project,
    kind: str,
    body: Mapping[str, str],
    by: User,
    theme: Theme | None = None,
    drawn_from: str | None = None,
) -> Section:
    """Write one text, in any of the project's languages; an empty one is left out of the plan.

    ``theme`` is given for the kind "theme" and for no other. ``drawn_from`` is the fingerprint of
    the text that a form showed; when it is another by now, nothing is saved. Raises NotAThemeHere,
    ChangedMeanwhile and ValidationError. Writing the same again changes nothing and leaves no
    entry.
    """
    with recorded(project=project, by=by) as ledger:
        if (
            theme is not None
            and not Theme.objects.of(project).themes().filter(pk=theme.pk).exists()
        ):
            raise NotAThemeHere
        section = Section.objects.of(project).filter(kind=kind, theme=theme).first()
        section = section or Section(project=project, kind=kind, theme=theme)
        was = _facts(section) if section.pk else {}
        changed = section.body.changed(body)
        if section.pk and changed == section.body:
            return section
        if drawn_from is not None and drawn_from != section.words_fingerprint:
            raise ChangedMeanwhile(section)
        section.body, section.by = changed, by
        section.full_clean()
        section.save()
        ledger.record("plan.section_written", subject=section, was=was, now=_facts(section))
    return section


def _facts(section: Section) -> dict[str, object]:
    """What the audit trail keeps of a text: which one, and how long it is in each language."""
    return {
        "kind": section.kind,
        "theme": section.theme.uuid if section.theme else None,
        "length": {language: len(section.body.text(language)) for language in section.body.entries},
    }
