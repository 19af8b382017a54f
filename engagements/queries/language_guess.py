"""Which languages were guessed of what a file brought in."""

from django.db.models import Count, Q

from coproduction.languages.codes import UNKNOWN_LANGUAGE
from engagements.models import ImportBatch, Submission


def languages_guessed(batch: ImportBatch) -> list[tuple[str, int]]:
    """Return each language that was guessed with how many sittings, the most first.

    Those still to be guessed are among them, by a code of their own.
    """
    rows = Submission.objects.not_undone().filter(batch=batch)
    unsaid = rows.filter(Q(language_is_guess=True) | Q(language=UNKNOWN_LANGUAGE))
    counts = unsaid.order_by().values_list("language").annotate(number=Count("pk"))
    return sorted(counts, key=lambda each: (-each[1], each[0]))
