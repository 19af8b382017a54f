"""What an edition freezes of words it doesn't keep: a fingerprint, in which any change shows."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, QuerySet

from coproduction.fingerprints import fingerprint
from coproduction.projects.models import Project
from plan.edition.snapshot import Fingerprints, Snapshot
from themes.models import Quote
from workshops.models import Note

# What is read of them: every page of the plan reads them all.
_OF_QUOTES = (
    "uuid",
    "project",
    "comment",
    "extract",
    "translation",
    "descriptor",
    "cleared_at",
    "comment__language",
    "comment__consent_taken_back",
)
_OF_NOTES = ("uuid", "project", "kind", "text", "language", "for_all_since", "workshop__uuid")


def quotes_that_may_be_shown(project: Project, uuids: Iterable[str]) -> QuerySet[Quote]:
    """Return those of these quotes that may be published now, with all that is shown of them."""
    quotes: QuerySet[Quote] = (
        Quote.objects.of(project)
        .publishable()
        .filter(uuid__in=list(uuids))
        .select_related("comment")
        .only(*_OF_QUOTES)
        .annotate(
            times_withdrawn=Count("comment__withdrawals", distinct=True),
            times_worried_about=Count("comment__concerns", distinct=True),
        )
    )
    return quotes


def notes_that_may_be_shown(project: Project, uuids: Iterable[str]) -> QuerySet[Note]:
    """Return those of these workshop notes that everyone may read now, as they were written."""
    notes = Note.objects.of(project).for_all().filter(uuid__in=list(uuids))
    return notes.select_related("workshop").only(*_OF_NOTES).order_by("pk")


def words_fingerprints(
    snapshot: Snapshot, quotes: Iterable[Quote], notes: Mapping[str, Note]
) -> Fingerprints:
    """Take the fingerprint of every quote and note that an edition may show.

    ``quotes`` are those of the project that anyone may read, ``notes`` all that are cited.
    """
    named = set(snapshot.quotes_named)
    for_all = (notes[uuid] for uuid in snapshot.notes_named if notes[uuid].for_all_since)
    return Fingerprints(
        quotes={
            str(quote.uuid): quote_fingerprint(quote)
            for quote in quotes
            if str(quote.uuid) in named
        },
        notes={
            str(note.uuid): note_fingerprint(note)
            for note in sorted(for_all, key=lambda note: note.pk)
        },
    )


def quote_fingerprint(quote: Quote) -> str:
    """Fingerprint what is shown of a quote, and what was done to it and its comment.

    The last counts too: words that were withdrawn, or hidden by a concern, and then given back
    before anyone looked are not the words that were published undisturbed. So what an edition
    shows depends on what happened, never on when somebody happened to read it.
    """
    parts = (
        quote.uuid,
        quote.extract,
        quote.descriptor,
        sorted((language, entry["text"]) for language, entry in quote.translation.entries.items()),
        quote.comment.language,
        quote.cleared_at and quote.cleared_at.timestamp(),
        quote.times_withdrawn,  # type: ignore[attr-defined]
        quote.times_worried_about,  # type: ignore[attr-defined]
        # Left out while it is 0, so that editions published before it was known stay as they are.
        *filter(None, [quote.comment.consent_taken_back]),
    )
    return fingerprint(parts)


def note_fingerprint(note: Note) -> str:
    """Fingerprint what is shown of a workshop note, and since when everyone may read it."""
    parts = (
        note.uuid,
        note.kind,
        note.text,
        note.language,
        note.for_all_since and note.for_all_since.timestamp(),
    )
    return fingerprint(parts)
