"""What an action answers, and what else it could cite."""

import uuid
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from coproduction.languages.searching import Found, find_words
from coproduction.projects.models import Project
from coproduction.projects.queries.counted_rows import CountedKeys
from engagements.models import Comment, Question, is_visible
from engagements.queries.counts import count_comments
from themes.models import Finding, Theme
from themes.queries.coding import comments_of_theme, listed_of_theme
from themes.queries.counts import count_by_theme
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
    action: Action, *, theme: Theme | None = None, question: Question | None = None, words: str = ""
) -> Found[Comment] | CountedKeys[Comment]:
    """Return the visible comments an action does not cite yet, narrowed as asked.

    Only where words are looked for are comments counted: else the database keeps it counted.
    """
    cited = action.evidence.filter(comment__isnull=False).values("comment")
    rows = comments_of_theme(theme) if theme else Comment.objects.of(action.project).visible()
    if question is not None:
        rows = rows.filter(question=question)
    if words:
        return Found(rows.exclude(pk__in=cited), words)
    listed, key = (
        (listed_of_theme(theme, question=question), "comment_id") if theme else (rows, "pk")
    )

    def count() -> int:
        counted = _count_visible(action.project, theme, question)
        return counted - listed.filter(**{f"{key}__in": cited}).count()

    return CountedKeys(
        listed.exclude(**{f"{key}__in": cited}), key, Comment.objects.visible(), count
    )


def _count_visible(project: Project, theme: Theme | None, question: Question | None) -> int:
    """Count the comments in sight, of a theme or code and a question, or of all."""
    if theme is None:
        return count_comments(project, question=question.uuid if question else None)
    counts = count_by_theme(project)[theme.pk]
    return counts.by_question.get(question.pk, 0) if question else counts.total


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
