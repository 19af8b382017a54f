"""The state of what the public reads: one key that changes exactly when the pages do."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from coproduction.projects.models import AuditHead
from plan.queries.published import PublishedPlan
from plan.queries.renderings import rendering_key

# How long a key is remembered. It can't go stale: it is remembered under the end of the audit
# chain, and every change to a project moves that.
REMEMBERED_SECONDS = 24 * 3600


def project_version(slug: str) -> str:
    """Name the present moment of a project: it moves with every change. One query.

    Read it before anything else: what is read after can only be newer than its name. Empty when
    there is no such project.
    """
    with connection.cursor() as cursor:
        cursor.execute(_moment_sql(), [slug])
        head = cursor.fetchone()
    return f"plan:state:{slug}:{head[0]}:{head[1]}" if head else ""


@lru_cache(maxsize=1)
def _moment_sql() -> str:
    """Compile the question once: putting it together takes ten times as long as answering it."""
    heads = AuditHead.objects.filter(project__slug="").values_list("number", "digest")
    sql, _parameters = heads.query.sql_with_params()
    return str(sql)


def known_key(moment: str) -> str | None:
    """Return the key of the plan at a moment, if it was worked out before."""
    key: str | None = cache.get(moment) if moment else None
    return key


def remember_key(moment: str, key: str) -> None:
    """Remember the key of the plan at a moment."""
    cache.set(moment, key, REMEMBERED_SECONDS)


def public_state_key(found: PublishedPlan) -> str:
    """Fingerprint all that may differ between two readings.

    Whatever a page of the plan may show enters: the edition, its corrections, which quotes and
    workshop notes may be shown, changes proposed, the files, the project's own texts, and the
    look of this release.
    """
    project, edition = found.project, found.edition
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
        rendering_key(edition, found.mask) if edition else None,
        [str(note.uuid) for note in found.notes],
        sorted(found.changes.items()),
        [str(file.uuid) for file in found.current_files],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def look() -> str:
    """Fingerprint the templates, styles and translations: a new release is a new page."""
    digest = hashlib.sha256()
    for folder, pattern in (
        ("templates", "**/*.html"),
        ("static", "**/*.css"),
        ("locale", "**/*.mo"),
        ("coproduction", "**/*.py"),
        ("plan", "**/*.py"),
    ):
        for path in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
