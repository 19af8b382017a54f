"""The state of what the public reads: one key that changes exactly when the page does."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from coproduction.projects.models import AuditHead, Project
from plan.models import Edition, Rendering
from plan.queries.changes import changes_since
from plan.queries.document import document_key, notes_cited, notes_shown
from plan.queries.masking import quotes_to_correct

# How long a key is remembered. It can't go stale: it is remembered under the end of the audit
# chain, and every change to a project moves that.
REMEMBERED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PlanState:
    """What state the published plan is in, and whether a correction is due."""

    key: str
    is_settled: bool


def known_key(slug: str) -> str | None:
    """Return the key of a project's plan if its state is known; one query, and no project read."""
    remembered = _remembered_under(slug)
    return cache.get(remembered) if remembered else None


def _remembered_under(slug: str) -> str:
    """Name the place in the cache of a project's state: it moves with every change to the project.

    Read before anything else, so that what is computed after can only be newer than its name.
    """
    heads = AuditHead.objects.filter(project__slug=slug).values_list("number", "digest")
    return "".join(f"plan:state:{slug}:{number}:{digest}" for number, digest in heads)


def state_of(project: Project) -> PlanState:
    """Return the state of the published plan: one query, as long as nothing in the project moves.

    Whatever a page of the plan may show enters the key: the edition, its corrections, the words of
    the quotes that may be shown, its files, the project's own texts, and the look of this release.
    """
    remembered = _remembered_under(project.slug)
    key = cache.get(remembered)
    if key is not None:
        return PlanState(key=key, is_settled=True)
    edition = Edition.objects.latest_of(project)
    is_settled = edition is None or not quotes_to_correct(edition)
    key = _key(project, edition)
    if is_settled:
        cache.set(remembered, key, REMEMBERED_SECONDS)
    return PlanState(key=key, is_settled=is_settled)


def _key(project: Project, edition: Edition | None) -> str:
    """Fingerprint all that may differ between two readings."""
    files = Rendering.objects.filter(edition=edition, retired_at__isnull=True).order_by("pk")
    said = [
        look(),
        str(project.uuid),
        project.slug,
        project.place,
        project.name.entries,
        project.scope.entries,
        project.languages,
        project.contact_email,
        project.is_invented,
        document_key(edition) if edition else None,
        _moving(project, edition) if edition else None,
        [str(uuid) for uuid in files.filter(ready_at__isnull=False).values_list("uuid", flat=True)],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _moving(project: Project, edition: Edition) -> list[object]:
    """Return what pages read live beside the edition: workshop notes, changes proposed since."""
    notes = notes_shown(project, notes_cited(edition))
    return [
        [[str(note.uuid), note.kind, note.text, note.language] for note in notes],
        sorted(changes_since(project, edition).items()),
    ]


@lru_cache(maxsize=1)
def look() -> str:
    """Fingerprint the templates, styles and translations: a new release is a new page."""
    digest = hashlib.sha256()
    for folder, pattern in (
        ("templates", "**/*.html"),
        ("static", "**/*.css"),
        ("locale", "**/*.mo"),
        ("coproduction/ui", "**/*.py"),
        ("plan", "**/*.py"),
    ):
        for path in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
