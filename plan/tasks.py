"""Work of the plan that is done later, elsewhere: its files, corrections, clearing up."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import JobRefused, Progress, background
from coproduction.projects.models import Project
from plan.models import Rendering
from plan.paper.document import NoPdfHere
from plan.paper.fit import DoesNotFit
from plan.paper.pdf import write_pdf
from plan.queries.edition import snapshot_of_edition
from plan.queries.masking import mask_of
from plan.queries.project_version import project_version
from plan.queries.renderings import rendering_key
from plan.services.correction import record_corrections
from plan.services.erasure import CLEAR_ROOM, clear_erased_words, clear_room
from plan.services.rendering import TASK, html_of_edition, put_in_place

# How often to begin again when what the file shows changes while it is being made.
MOST_TRIES = 5
# About how many pages a plan has, until it is known.
PAGES_BEFORE, PAGES_A_THEME, CARDS_A_PAGE = 8, 2, 6


@background(TASK, refusals=(NoPdfHere, DoesNotFit))
def render(progress: Progress, *, rendering: int) -> dict[str, Any]:
    """Make one file of an edition, and put it in place unless what it shows has changed since.

    Raises JobRefused for a file that nobody wants any more, or that changes too often."""
    found = Rendering.objects.select_related("edition__project").filter(pk=rendering).first()
    if found is None:
        raise JobRefused(_("This file is no longer wanted."))
    if found.ready_at is not None or found.retired_at is not None:
        return {"pages": found.pages}
    bar = PageProgress(progress, _pages_expected(found))
    for _try in range(MOST_TRIES):
        bar.show(0, str(_("Reading the plan")))
        version, mask = project_version(found.edition.project.slug), mask_of(found.edition)
        html = html_of_edition(found.edition, found.language, mask)
        document = write_pdf(html, report=bar.report_page)
        if put_in_place(
            rendering=found,
            content=document.content,
            pages=document.pages,
            key=rendering_key(found.edition, mask),
            version=version,
            confirm=progress.confirm,
        ):
            return {"pages": document.pages, "size": len(document.content)}
    raise JobRefused(_("The plan kept changing while this file was being made. Make it again."))


@background(settings.FOLLOW_UP_TASK)
def follow_up(progress: Progress, *, project: int) -> None:
    """Do what the changes to a project mean for its plan: corrections, and files made again.

    Then clear what stands anywhere of words that were erased.
    """
    found = Project.objects.get(pk=project)
    record_corrections(project=found)
    clear_erased_words(project=found)


@background(CLEAR_ROOM)
def clear_free_room(progress: Progress) -> dict[str, bool]:
    """Overwrite what the database still holds of erased words, once it may stand still."""

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Overwriting what stood there before"))

    return {"is_done": clear_room(report=report)}


class PageProgress:
    """Turns the pages being set into a bar that only moves forward."""

    def __init__(self, progress: Progress, pages: int) -> None:
        """Know about how many pages there will be; writing takes a third as long as setting."""
        self.progress = progress
        self.pages = pages
        self.total = pages + pages // 3 + 1
        self.done = 0

    def show(self, done: int, label: str) -> None:
        """Move the bar, never back."""
        self.done = max(self.done, min(done, self.total - 1))
        self.progress.report(self.done, self.total, label)

    def report_page(self, page: int, doing: str) -> None:
        """Move the bar to the page that WeasyPrint is at."""
        if doing == "writing":
            self.show(max(page, self.pages) + 1, str(_("Writing the file")))
        else:
            self.show(min(page, self.pages), str(_("Setting the pages")))


def _pages_expected(rendering: Rendering) -> int:
    """Guess how many pages a file will have: as many as the last one, or by what is in it."""
    last = Rendering.objects.of(rendering.project).filter(pages__gt=0).order_by("-pk").first()
    if last is not None:
        return int(last.pages)
    figures = snapshot_of_edition(rendering.edition).figures
    return PAGES_BEFORE + PAGES_A_THEME * figures.themes + figures.actions // CARDS_A_PAGE
