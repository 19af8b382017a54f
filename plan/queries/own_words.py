"""All that is kept of what one person told us at one sitting: for the holder of its code."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from engagements.models import Comment, Concern, Submission
from plan.models import CitedComment
from themes.models import Quote
from themes.queries.coding import themes_of_comments
from workshops.models import Evidence

# What is kept beside each comment.
_BESIDE = ("redactions", "withdrawals", "concerns", "hints")
# Raised when what a name in it means changes.
FORM = 1


def sitting_of_code(project: Project, code: str) -> Submission | None:
    """Return what a code stands for, what was undone since included; None for nobody's code."""
    rows = (
        Submission.objects.of(project).filter(receipt=code) if code else Submission.objects.none()
    )
    found: Submission | None = rows.select_related("engagement", "survey", "project").first()
    return found


def own_comments(sitting: Submission) -> list[Comment]:
    """Return all that was said at a sitting, in its order, whatever became of it."""
    rows = sitting.comments.select_related("question", "submission__batch", "project", "joined_row")
    return list(rows.order_by("position").prefetch_related(*_BESIDE))


def is_looked_at(comment: Comment) -> bool:
    """Whether somebody is looking at it to keep people safe: until then nobody reads it."""
    return any(each.outcome == Concern.Outcome.OPEN for each in comment.concerns.all())


def name_of_own(comment: Comment) -> str:
    """Return what to call something that somebody said, to them: how it begins.

    What somebody is looking at with care is read nowhere.
    """
    if comment.is_hidden_by_concern:
        return gettext("Something that the team looks at with care")
    return Truncator(comment.text).words(25)


def own_data(sitting: Submission) -> dict[str, Any]:
    """Return everything kept of a sitting as plain JSON; no word of anybody else.

    What somebody is looking at with care is left out, and said to be there.
    """
    comments = own_comments(sitting)
    used = _uses_of(comments)
    hold = getattr(sitting, "hold", None)
    return {
        "form": FORM,
        "code": sitting.receipt,
        "project": sitting.project.place,
        "said_at": sitting.engagement.title,
        "date": sitting.engagement.date.isoformat(),
        "received": sitting.received_at.isoformat(),
        "came_by": sitting.channel,
        "survey": _texts(sitting.survey.title) if sitting.survey else None,
        "row_of_file": sitting.row,
        "described_as": sitting.descriptor,
        "age": sitting.age_band,
        "from": sitting.area,
        "id_in_its_table": sitting.source_id,
        "language": sitting.language,
        "language_was_guessed": sitting.language_is_guess,
        "undone": sitting.undone_at.isoformat() if sitting.undone_at else None,
        "on_hold_because": hold.reason if hold else None,
        "mark_of_network_kept": bool(hold and hold.network),
        "rows_of_later_files": list(sitting.skipped_rows.values_list("row", flat=True)),
        "comments": [_comment(each, used[each.pk]) for each in comments],
    }


def _comment(comment: Comment, used: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of one comment."""
    known = {
        "number": comment.position + 1,
        "question": _texts(comment.question.wording),
        "state": _state(comment),
        "own_row_of_file": joined.row if (joined := getattr(comment, "joined_row", None)) else None,
        "withdrawn": [each.at.isoformat() for each in comment.withdrawals.all()],
    }
    if comment.erased_at is not None:
        return known | {"erased": comment.erased_at.isoformat()}
    if is_looked_at(comment):
        return known | {"being_looked_at": True}
    return known | {
        "words": comment.text,
        "language": comment.language,
        "translations": _texts(comment.translation),
        "may_be_quoted": comment.is_quotable,
        "marked_for_the_team_to_look_at": [hint.kind for hint in comment.hints.all()],
        "before_something_was_taken_out": [
            {
                "until": each.at.isoformat(),
                "words": each.original,
                "translations": _texts(each.original_translation),
                "described_as": each.original_descriptor,
            }
            for each in comment.redactions.all()
        ],
        **used,
    }


def _state(comment: Comment) -> str:
    """Say in a word what becomes of a comment now."""
    states = {
        "shown": comment.is_visible,
        "withdrawn": comment.is_withdrawn,
        "undone": comment.is_undone,
        "on hold": comment.is_on_hold,
    }
    return next((word for word, holds in states.items() if holds), "not shown")


def _uses_of(comments: list[Comment]) -> dict[int, dict[str, Any]]:
    """Return what was made of each comment: themes, quotes, actions. Some queries for all."""
    themes = themes_of_comments(comments)
    quotes = list(Quote.objects.filter(comment__in=comments).order_by("pk"))
    evidence = Evidence.objects.filter(comment__in=comments)
    now = list(evidence.values_list("comment", "action__number"))
    cited = CitedComment.objects.filter(comment__in=comments)
    published = list(cited.values_list("comment", "edition__number", "number"))
    return {
        each.pk: {
            "themes": [_texts(theme.name) for theme in themes.get(each.pk, [])],
            "quotes": [
                {
                    "words": quote.extract,
                    "translations": _texts(quote.translation),
                    "described_as": quote.descriptor,
                    "cleared": quote.cleared_at.isoformat() if quote.cleared_at else None,
                }
                for quote in quotes
                if quote.comment_id == each.pk
            ],
            "actions_that_rest_on_it": sorted(
                {number for comment, number in now if comment == each.pk}
            ),
            "published_as_behind": [
                {"edition": edition, "action": number}
                for comment, edition, number in published
                if comment == each.pk
            ],
        }
        for each in comments
    }


def _texts(text: Translated) -> dict[str, str]:
    """Return a text by language."""
    return {language: text.text(language) for language in text.entries}
