"""Clearing what later stages keep of words that were erased: place by place, until none is left.

Each place is cleared in a change of its own and then noted, so that what was cut short goes on.
See docs/decisions/0080.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any

from django.core.files.storage import default_storage

from coproduction.cache import drawn_pages
from coproduction.database import overwrite_free_room
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.models import Letter, Project, Session
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    ErasedComment,
    ImportBatch,
    Redaction,
    RefusedRow,
    Submission,
)
from engagements.services.erasure import erase_from_files, finish_erasures, note_gone
from plan.models import Edition, Rendering
from plan.queries.erasure import LAST_PLACE, is_ready_for_last, may_stand_still
from steering.models import Round
from steering.services.erasure import erase_from_rounds
from themes.models import BulkCoding, Quote
from themes.services.quote import erase_quotes

CLEAR_ROOM = "plan.clear_room"
# Work of the roof, which alone knows the files that a whole project goes into.
CLEAR_ARCHIVES = "overview.clear_archives"
# So long is waited before it is asked again whether the database may stand still.
_ASKED_AGAIN_SECONDS = 600
# The tables that words of comments stand in, or stood in.
_TABLES = (
    *(Comment, Redaction, Submission, RefusedRow, ImportBatch, Quote, Round, Edition),
    *(Letter, Session, BulkChange, BulkChangedComment, BulkCoding),
)
Report = Callable[[int, int], None]


class PagesAway(Exception):
    """The store of pages drawn before can't be reached: what is in it can't be let go yet."""


def clear_erased_words(*, project: Project) -> None:
    """Clear the places where words that were erased still stand, but for the last two.

    After the corrections: an edition says first that a quote was taken out. Files that are being
    brought in come later: their end is followed up. Raises FilesAway, PagesAway and OSError while a
    store is away.
    """
    erasures = list(ErasedComment.objects.of(project).under_way())
    if not erasures:
        return
    steps: tuple[tuple[str, Callable[[Sequence[ErasedComment]], bool | None]], ...] = (
        ("editions", lambda some: _erase_from_editions(project, _comments_of(some))),
        ("quotes", lambda some: erase_quotes(project=project, comments=_comments_of(some))),
        ("rounds", lambda some: erase_from_rounds(project=project, comments=_comments_of(some))),
        ("pages", lambda some: _forget_pages()),
        ("renderings", lambda some: _delete_old_files(project)),
        ("files", lambda some: erase_from_files(project=project, erasures=some)),
    )
    for place, clear in steps:
        missing = [each for each in erasures if place not in each.gone_from]
        if missing and clear(missing) is not False:
            note_gone(project=project, erasures=missing, place=place)
    queue_clearing_archives(project=project)
    queue_clearing()


def queue_clearing_archives(*, project: Project, wait: float = 0) -> None:
    """Have the files deleted that everything of a project stood ready in to be taken along."""
    enqueue(
        task=CLEAR_ARCHIVES,
        scope=str(project.uuid),
        arguments={"project": project.pk},
        unique=f"{CLEAR_ARCHIVES}:{project.pk}",
        tries=UNTIL_DONE,
        wait=wait,
    )


def queue_clearing(*, wait: float = 0) -> None:
    """Have the database's free room overwritten, once for all that was erased until then."""
    enqueue(task=CLEAR_ROOM, scope="", arguments={}, unique=CLEAR_ROOM, tries=UNTIL_DONE, wait=wait)


def clear_room(*, report: Report) -> bool:
    """Overwrite what the database keeps of rows of before, and finish the erasures waiting for it.

    Where that would make people wait, it is put off until nobody changes anything; then return
    False. Outside any transaction. Raises what the database raises while somebody is in its way.
    """
    rows = ErasedComment.objects.under_way().select_related("project")
    ready = [each for each in rows if is_ready_for_last(each)]
    if not ready:
        return True
    if not may_stand_still(ready, _TABLES):
        queue_clearing(wait=_ASKED_AGAIN_SECONDS)
        return False
    # Whatever was drawn while words were still there, and was kept after.
    _forget_pages()
    overwrite_free_room(_TABLES, report=report)
    for project in {each.project for each in ready}:
        own = [each for each in ready if each.project == project]
        finish_erasures(project=project, erasures=own, place=LAST_PLACE)
    return True


def _forget_pages() -> None:
    """Let go of every page that was drawn before. Raises PagesAway."""
    if not drawn_pages.clear():
        raise PagesAway


def _comments_of(erasures: Iterable[ErasedComment]) -> list[int]:
    """Return the keys of the comments that were erased."""
    return [each.comment_id for each in erasures]


def _erase_from_editions(project: Project, comments: Sequence[int]) -> None:
    """Take the quotes of erased comments out of every edition, with their fingerprints.

    The trail attests each edition anew; what it said of it before stays beside that.
    """
    quotes = Quote.objects.of(project).filter(comment__in=comments)
    gone = {str(uuid) for uuid in quotes.values_list("uuid", flat=True)}
    if not gone:
        return
    with recorded(project=project, by=None) as ledger:
        for edition in Edition.objects.of(project):
            left = _without(edition.snapshot, gone)
            if left != edition.snapshot:
                ledger.refresh(edition)
                edition.snapshot = left
                edition.save(update_fields=["snapshot"])
                ledger.record("plan.words_erased", subject=edition, follow_up=False)


def _without(value: Any, gone: Set[str]) -> Any:
    """Return what an edition froze, of whatever shape, with nothing that has one of these names."""
    if isinstance(value, dict):
        return {key: _without(inside, gone) for key, inside in value.items() if key not in gone}
    if isinstance(value, list):
        return [
            _without(inside, gone)
            for inside in value
            if not (isinstance(inside, str) and inside in gone)
        ]
    return value


def _delete_old_files(project: Project) -> None:
    """Delete the files of a project's editions that no longer are given out.

    Whoever puts one in place holds the lock meanwhile, so none is taken for old that is new.
    """
    folder = str(Rendering._meta.get_field("file").upload_to).rstrip("/")
    with recorded(project=project, by=None):
        rows = Rendering.objects.of(project).filter(retired_at__isnull=True).exclude(file="")
        current = set(rows.values_list("file", flat=True))
        editions = tuple(map(str, Edition.objects.of(project).values_list("uuid", flat=True)))
        if not default_storage.exists(folder):
            return
        for name in default_storage.listdir(folder)[1]:
            if name.startswith(editions) and f"{folder}/{name}" not in current:
                default_storage.delete(f"{folder}/{name}")
