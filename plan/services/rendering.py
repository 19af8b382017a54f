"""Changes to the files made of an edition: asking for one, putting it in place, retiring it."""

from collections.abc import Callable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.jobs.models import Job
from coproduction.jobs.services import enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from plan.models import Edition, Rendering
from plan.paper.document import html_of_plan
from plan.queries.edition import snapshot_of_edition
from plan.queries.masking import Mask, mask_of
from plan.queries.project_version import project_version
from plan.queries.published import present_edition
from plan.queries.renderings import rendering_key

TASK = "plan.render"


class StillRendering(Refusal):
    """The file is being made already."""

    sentence = _("This file is being made already. Wait until it is done.")


def html_of_edition(edition: Edition, language: str, mask: Mask | None = None) -> str:
    """Return an edition as HTML for paper, with the quotes that may be shown now."""
    with translation.override(language):
        return html_of_plan(present_edition(edition, mask or mask_of(edition)))


def request_missing(*, ledger: Ledger, edition: Edition) -> list[Rendering]:
    """Ask for the plan in each language that has no file and waits for none; in their change."""
    live = Rendering.objects.filter(edition=edition, retired_at__isnull=True)
    there = set(live.values_list("language", flat=True))
    return [
        _request(ledger=ledger, edition=edition, language=language)
        for language in snapshot_of_edition(edition).languages
        if language not in there
    ]


def render_again(*, edition: Edition, language: str, by: User) -> Rendering:
    """Ask for one file again; what there was stays until the new one is ready.

    Raises StillRendering.
    """
    with recorded(project=edition.project, by=by) as ledger:
        newest = newest_rendering(edition, language)
        if newest is not None and is_under_way(newest):
            raise StillRendering
        return _request(ledger=ledger, edition=edition, language=language)


def newest_rendering(edition: Edition, language: str) -> Rendering | None:
    """Return the file asked for last, whatever became of it."""
    return Rendering.objects.filter(edition=edition, language=language).order_by("-pk").first()


def is_under_way(rendering: Rendering) -> bool:
    """Whether a file is waited for: its job is neither done nor failed."""
    if rendering.ready_at or rendering.retired_at or rendering.job is None:
        return False
    job = Job.objects.filter(uuid=rendering.job).first()
    return job is not None and not job.is_over


def _request(*, ledger: Ledger, edition: Edition, language: str) -> Rendering:
    """Keep a row for the file and queue the job that makes it."""
    rendering = Rendering(project=edition.project, edition=edition, language=language)
    rendering.full_clean(exclude=["job"])
    rendering.save()
    job = enqueue(task=TASK, scope=str(edition.project.uuid), arguments={"rendering": rendering.pk})
    rendering.job = job.uuid
    rendering.save(update_fields=["job"])
    ledger.record(
        "plan.rendering_requested",
        subject=rendering,
        now={"edition": edition.number, "language": language, "job": job.uuid},
        follow_up=False,
    )
    return rendering


def put_in_place(
    *,
    rendering: Rendering,
    content: bytes,
    pages: int,
    key: str,
    confirm: Callable[[], None],
    version: str = "",
) -> bool:
    """Store a finished file and let it be served; retire what it replaces.

    ``key`` says what state of the edition it was made from. Return False, changing nothing, when
    that state has changed meanwhile: a quote was withdrawn, say. The file must then be made again.
    The key stays with the file, which is given out only as long as a new one would have the same.
    ``version`` is the project's as that state was read: where it is the same, nothing has changed.
    ``confirm`` makes sure, inside the change, that its job is still ours; it raises when it isn't.
    """
    with recorded(project=rendering.project, by=None) as ledger:
        ledger.refresh(rendering)
        if project_version(rendering.project.slug) != version and (
            rendering_key(rendering.edition, mask_of(rendering.edition)) != key
        ):
            return False
        confirm()
        now = timezone.now()
        earlier = Rendering.objects.filter(
            edition=rendering.edition,
            kind=rendering.kind,
            language=rendering.language,
            retired_at__isnull=True,
        ).exclude(pk=rendering.pk)
        for old in earlier:
            retire(rendering=old, ledger=ledger)
        name = f"{rendering.edition.uuid}-{rendering.language}-{rendering.uuid}.pdf"
        rendering.file.save(name, ContentFile(content), save=False)
        rendering.file_hash = fingerprint(content)
        rendering.size, rendering.pages = len(content), pages
        rendering.key, rendering.ready_at = key, now
        rendering.full_clean()
        rendering.save()
        ledger.record(
            "plan.rendering_made",
            subject=rendering,
            now={"pages": pages, "size": len(content), "language": rendering.language},
            follow_up=False,
        )
    return True


def retire(*, rendering: Rendering, ledger: Ledger) -> None:
    """Stop serving a file and delete it, inside the caller's change."""
    rendering.retired_at = timezone.now()
    rendering.save(update_fields=["retired_at"])
    if rendering.file:
        transaction.on_commit(partial(default_storage.delete, rendering.file.name))
    ledger.record(
        "plan.rendering_retired",
        subject=rendering,
        was={"language": rendering.language},
        follow_up=False,
    )
