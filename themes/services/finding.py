"""Writing the finding of a theme, and taking it down."""

from collections.abc import Mapping

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from themes.models import Finding, Theme


class FindingNeedsTheme(Refusal):
    """A finding is written for a theme that is not merged into another."""

    sentence = _("Write what you heard for a theme of this project, not for a code.")


class FindingCited(Refusal):
    """An action rests on this finding."""

    sentence = _("An action rests on this, so it can't be taken away. Change its words instead.")


def write_finding(
    *, theme: Theme, text: Mapping[str, str], by: User, seen: Seen | None = None
) -> Finding:
    """Write a theme's finding, or change it; from then on residents can read it.

    Raises FindingNeedsTheme, ChangedMeanwhile, and ValidationError when there are no words.
    """
    with recorded(project=theme.project, by=by) as ledger:
        current = Theme.objects.of(theme.project).themes().filter(pk=theme.pk).first()
        if current is None:
            raise FindingNeedsTheme
        found = Finding.objects.filter(theme=current).first()
        finding = found or Finding(project=theme.project, theme=current)
        was = sorted(finding.text.entries)
        ledger.change(finding, seen=seen, text=text)
        finding.by = by
        finding.full_clean()
        finding.save()
        ledger.record(
            "themes.finding_written",
            subject=finding,
            was={"languages": was},
            now={"languages": sorted(finding.text.entries), "theme": current.uuid},
        )
    return finding


def take_down_finding(*, finding: Finding, by: User, version: int | None = None) -> None:
    """Take away a theme's finding, and with it its public page.

    ``version`` is the one that the page showed: what was written since is not taken away unread.
    Raises FindingCited and ChangedSince.
    """
    with recorded(project=finding.project, by=by) as ledger:
        ledger.refresh(finding, version=version)
        ledger.record(
            "themes.finding_taken_down", subject=finding, was={"theme": finding.theme.uuid}
        )
        try:
            finding.delete()
        except ProtectedError as error:
            raise FindingCited from error
