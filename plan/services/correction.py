"""What follows when words may no longer be shown: a dated correction, and new files."""

from django.utils import translation
from django.utils.translation import gettext

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project
from plan.models import Correction, Edition, Rendering
from plan.queries.edition import snapshot_of_edition
from plan.queries.masking import mask_of
from plan.queries.renderings import outdated_renderings
from plan.services.rendering import is_under_way, request_missing, retire


def record_corrections(*, project: Project) -> bool:
    """Bring the record in line with what may be shown; return whether anything was to be done.

    Pages read words live and show only those that are still what was published, and a file is given
    out only while a new one would say the same; so nothing is ever shown that may not be. This adds
    what makes it visible that something was: a correction with its date, the files retired that
    show it, new ones asked for. Doing it twice, or by two at once, does it once.
    """
    with recorded(project=project, by=None) as ledger:
        edition = Edition.objects.latest_of(project)
        corrected = edition is not None and _correct_all(ledger=ledger, edition=edition)
        outdated = outdated_renderings(project)
        for rendering in outdated:
            retire(rendering=rendering, ledger=ledger)
        if edition is None or not (corrected or outdated):
            return bool(outdated)
        for rendering in Rendering.objects.filter(
            edition=edition, ready_at__isnull=True, retired_at__isnull=True
        ):
            # One that could not be made is tried again; one being made looks again itself.
            if not is_under_way(rendering):
                retire(rendering=rendering, ledger=ledger)
        request_missing(ledger=ledger, edition=edition)
    return True


def _correct_all(*, ledger: Ledger, edition: Edition) -> bool:
    """Make the corrections that an edition lacks; return whether there were any."""
    mask = mask_of(edition)
    for quote in mask.quotes_to_correct:
        _correct(ledger=ledger, edition=edition, kind="quote", words=quote)
    for note in mask.notes_to_correct:
        _correct(ledger=ledger, edition=edition, kind="note", words=note)
    return not mask.is_corrected


def _sentence(kind: str) -> str:
    """Say what was taken out, in the active language, and not why.

    The reason may point at a person: that they asked, or that somebody is worried about them.
    """
    if kind == "quote":
        return gettext(
            "We have taken out a quote. To look after the people who speak to us, we do not say "
            "why. The actions are as they were. The plan keeps the numbers it was published with."
        )
    return gettext(
        "We have taken out a note from a workshop. To look after the people who speak to us, we do "
        "not say why. The actions are as they were. The plan keeps the numbers it was published "
        "with."
    )


def _correct(*, ledger: Ledger, edition: Edition, kind: str, words: str) -> None:
    """Say, with the day and in every language of the edition, that words were taken out."""
    texts = {}
    for language in snapshot_of_edition(edition).languages:
        with translation.override(language):
            texts[language] = _sentence(kind)
    correction = Correction(
        project=edition.project,
        edition=edition,
        text=Translated().changed(texts),
        words_uuid=words,
    )
    correction.full_clean(exclude=["by"])
    correction.save()
    ledger.record(
        "plan.correction_made",
        subject=correction,
        now={"edition": edition.number, kind: words},
        follow_up=False,
    )
