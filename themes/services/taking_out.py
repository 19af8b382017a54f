"""Taking comments out as a file: what is to stand in the trail before anybody gets it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Engagement

# What an entry names, or says of itself; of anything else it says only that it narrowed the list.
_NAMED = frozenset({"q", "theme", "question", "engagement", "sort"})


class NothingToTakeOut(Refusal):
    """No comment that may be taken out fits what was asked for."""

    sentence = _(
        "There is no comment here that can be taken out. What was withdrawn, undone or put on hold "
        "stays here."
    )


def note_comments_taken_out(
    *, project: Project, rows: int, file: str, chosen: Mapping[str, Any], by: User | None
) -> None:
    """Note who takes so many comments out, in which kind of file, and how they were narrowed.

    ``chosen`` is what a ``CodedFilterForm`` says. The words searched for may be somebody's own:
    it is noted only that there were some. The entry is about the theme, the one engagement or the
    question, or else the project. ``by`` is None for the command. Raises NothingToTakeOut.
    """
    if not rows:
        raise NothingToTakeOut
    named = [each.pk for each in chosen.get("engagement") or []]
    engagements = list(Engagement.objects.of(project).filter(pk__in=named))
    theme, question = chosen.get("theme"), chosen.get("question")
    only = engagements[0] if len(engagements) == 1 else None
    with recorded(project=project, by=by) as ledger:
        ledger.record(
            "engagements.comments_taken_out",
            subject=theme or only or question or project,
            now={
                "rows": rows,
                "file": file,
                "search": bool(chosen.get("q")),
                "theme": theme and theme.uuid,
                "question": question and question.uuid,
                "engagements": [each.uuid for each in engagements],
                "filters": sorted(name for name in chosen if chosen[name] and name not in _NAMED),
            },
            follow_up=False,
        )
