"""What an action answers, and what else it could cite."""

import uuid
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from coproduction.languages.searching import Found, find_words
from engagements.models import Comment, is_visible
from themes.models import Finding, Theme
from themes.queries.coding import comments_of_theme
from workshops.models import Action, Evidence, EvidenceQuerySet, Note, Workshop


@dataclass(frozen=True)
class CitedEvidence:
    """What an action rests on, as far as it is visible; and how much is withheld."""

    comments: EvidenceQuerySet
    notes: list[Evidence]
    findings: list[Evidence]
    withheld: int


def evidence_of(action: Action) -> CitedEvidence:
    """Return an action's evidence, in the order it was cited; comments not yet fetched."""
    cited = action.evidence.order_by("pk")
    comments = cited.visible().filter(comment__isnull=False)
    return CitedEvidence(
        comments=comments.select_related(
            "comment__engagement", "comment__question", "comment__submission"
        ),
        notes=list(
            cited.filter(note__isnull=False).select_related("note__workshop", "note__table")
        ),
        findings=list(cited.filter(finding__isnull=False).select_related("finding__theme")),
        withheld=cited.filter(comment__isnull=False).exclude(is_visible("comment__")).count(),
    )


def evidence_of_step(action: Action, step: uuid.UUID) -> list[Evidence]:
    """Return what was cited in one step: to say how much it was, and to undo it."""
    return list(action.evidence.filter(step=step))


def comments_to_cite(
    action: Action, *, theme: Theme | None = None, question: str = "", words: str = ""
) -> Found[Comment]:
    """Return the visible comments an action does not cite yet, narrowed as asked."""
    project = action.project
    rows = comments_of_theme(theme) if theme else Comment.objects.of(project).visible()
    if question:
        rows = rows.filter(question__kind=question)
    cited = action.evidence.filter(comment__isnull=False).values("comment")
    return Found(rows.exclude(pk__in=cited), words)


def notes_to_cite(
    action: Action, *, workshop: Workshop | None = None, words: str = ""
) -> QuerySet[Note]:
    """Return the notes an action does not cite yet, narrowed as asked: its own workshop's first."""
    found = Note.objects.of(action.project).not_undone()
    if workshop is not None:
        found = found.filter(workshop=workshop)
    found = find_words(found, words)
    cited = action.evidence.filter(note__isnull=False).values("note")
    elsewhere = Case(When(workshop=action.workshop_id, then=0), default=1)
    rows: QuerySet[Note] = (
        found.exclude(pk__in=cited)
        .select_related("workshop", "table")
        .order_by(elsewhere, "workshop", "pk")
    )
    return rows


def findings_to_cite(action: Action) -> list[Finding]:
    """Return the findings an action does not cite yet: its own theme's first."""
    cited = action.evidence.filter(finding__isnull=False).values("finding")
    rows = Finding.objects.of(action.project).exclude(pk__in=cited).select_related("theme")
    return sorted(
        rows,
        key=lambda found: (
            found.theme_id != action.theme_id,
            found.theme.position,
            found.pk,
        ),
    )
