"""Changes to the plan's texts while it is being written."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from plan.models import Section
from themes.models import Theme

# The texts that tell how one works. The others tell of one place alone: its people by name
# (foreword, thanks) and what they said (what people value, why a theme matters).
ABOUT_THE_WAY: Final = (
    Section.Kind.HOW_WE_LISTENED,
    Section.Kind.HOW_WE_DECIDED,
    Section.Kind.WHAT_HAPPENS_NEXT,
)


class NotAThemeHere(Refusal):
    """The text is for a theme that this plan doesn't have."""

    sentence = _("That theme is not in this plan. Choose one from the list.")


def write_section(
    *,
    project: Project,
    kind: str,
    body: Mapping[str, str],
    by: User,
    theme: Theme | None = None,
    seen: Seen | None = None,
) -> Section:
    """Write one text, in any of the project's languages; an empty one is left out of the plan.

    ``theme`` is given for the kind "theme" and for no other. Raises NotAThemeHere, ChangedMeanwhile
    and ValidationError. Writing the same again changes nothing and leaves no entry.
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
        if not ledger.change(section, seen=seen, body=body) and section.pk:
            return section
        section.by = by
        section.full_clean()
        section.save()
        ledger.record("plan.section_written", subject=section, was=was, now=_facts(section))
    return section


def take_sections(*, project: Project, origin: Project, by: User) -> int:
    """Begin a new plan with another's texts ABOUT_THE_WAY; return how many. Nothing is published.

    A text comes in every language it has, and a translation that is out of date stays so. The new
    project has no texts yet. Part of the caller's ``recorded`` of both projects.
    """
    with recorded(project=project, by=by) as ledger:
        found = Section.objects.of(origin).filter(kind__in=ABOUT_THE_WAY, theme=None)
        taken = Section.objects.bulk_create(
            Section(project=project, kind=each.kind, body=each.body, by=by)
            for each in found.order_by("pk")
            if each.body
        )
        for section in taken:
            ledger.record("plan.section_written", subject=section, now=_facts(section))
    return len(taken)


def _facts(section: Section) -> dict[str, object]:
    """What the audit trail keeps of a text: which one, and how long it is in each language."""
    return {
        "kind": section.kind,
        "theme": section.theme.uuid if section.theme else None,
        "length": {language: len(section.body.text(language)) for language in section.body.entries},
    }
