"""What follows when a quote may no longer be shown: a dated correction, and fresh files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project
from plan.models import Correction, Edition, Rendering
from plan.queries.masking import mask_of, showing, withdrawn_since
from plan.services.rendering import is_under_way, request_missing, retire

logger = logging.getLogger(__name__)

# A page never waits longer than this for other writers: it masks the quote whether or not the
# correction is on record yet, and the next reader tries again.
PATIENCE_MS = 500


def settle(*, project: Project) -> bool:
    """Bring the record in line with what may be shown; return whether anything was to be done.

    Pages read quotes live, so nothing withdrawn is ever shown; this adds what makes it visible
    that something was: a correction with its date, the files retired that show the quote, new ones
    asked for. Doing it twice, or by two at once, does it once.
    """
    with recorded(project=project, by=None) as ledger:
        withdrawn = withdrawn_since(project)
        for rendering in showing(project, withdrawn):
            retire(rendering=rendering, ledger=ledger)
        edition = Edition.objects.latest_of(project)
        missing = mask_of(edition).to_correct if edition else []
        if edition is None or not missing:
            return bool(withdrawn)
        for quote in missing:
            _correct(ledger=ledger, edition=edition, quote=quote)
        for rendering in Rendering.objects.filter(edition=edition, retired_at__isnull=True):
            # The rest of its files lack the correction. One still being made looks again itself.
            if not is_under_way(rendering):
                retire(rendering=rendering, ledger=ledger)
        request_missing(ledger=ledger, edition=edition)
    return True


def settle_if_possible(*, project: Project) -> bool:
    """Settle, unless somebody else is writing for long; return whether it is settled."""
    try:
        with _patience(), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            settle(project=project)
    except OperationalError:
        logger.warning("A correction is due on %s; the database is busy.", project.slug)
        return False
    return True


def _correct(*, ledger: Ledger, edition: Edition, quote: str) -> Correction:
    """Say, with the day and in every language of the edition, that a quote was taken out."""
    texts = {}
    for language in edition.snapshot["languages"]:
        with translation.override(language):
            texts[language] = gettext(
                "We have taken out a quote. Either the person asked us to, or we are checking "
                "something about it. Nothing else has changed."
            )
    correction = Correction(
        project=edition.project,
        edition=edition,
        text=Translated().changed(texts),
        quote_uuid=quote,
    )
    correction.full_clean(exclude=["by"])
    correction.save()
    ledger.record(
        "plan.correction_made",
        subject=correction,
        now={"edition": edition.number, "quote": quote},
    )
    return correction


@contextmanager
def _patience() -> Iterator[None]:
    """Wait a short while for SQLite's one writer, and no longer."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
