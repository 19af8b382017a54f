"""Counting comments by theme, engagement and question, for each filter a reader may choose."""

from typing import Any

from django.apps import apps
from django.db.models import Count, Sum

from bench.measures.people import sample_project
from bench.timing import paired
from coproduction.projects.models import Project
from engagements.models import Engagement, Question
from themes.models import Coding
from themes.queries import counts

# Where the app keeps the whole cross counted: its model and the column of comments in sight.
_KEPT, _COLUMN = "ThemeCount", "visible"


def turns(times: int) -> dict[str, dict[str, list[float]]]:
    """Count by each filter so often, turn about with one plain join over codings; milliseconds.

    Where the app keeps no such counts, it has to join as well, and says so by taking as long.
    """
    project = sample_project()
    engagements = Engagement.objects.of(project).order_by("pk").values_list("pk", flat=True)[:20]
    question = Question.objects.of(project).filter(is_asked=True)[0].pk
    filters: dict[str, dict[str, Any]] = {
        "of twenty engagements": {"engagement__in": list(engagements)},
        "of one question": {"question": question},
        "of all": {},
    }
    found = {}
    for name, chosen in filters.items():

        def ours(chosen: dict[str, Any] = chosen) -> None:
            if chosen:
                _ours(project, chosen)
            else:
                counts.count_by_theme(project)

        def bare(chosen: dict[str, Any] = chosen) -> None:
            _joined(project, chosen)

        found[name] = paired(ours, bare, times=times, warm=1)
    return found


def _ours(project: Project, chosen: dict[str, Any]) -> None:
    """Add up what the app keeps counted."""
    if _KEPT not in {model.__name__ for model in apps.get_app_config("themes").get_models()}:
        _joined(project, chosen)
        return
    kept = apps.get_model("themes", _KEPT)._default_manager.filter(project=project, **chosen)
    list(kept.order_by().values_list("theme", "question").annotate(number=Sum(_COLUMN)))


def _joined(project: Project, chosen: dict[str, Any]) -> None:
    """Count comments from their codings, each once for each theme, by one plain join."""
    rows = Coding.objects.filter(
        project=project,
        comment__withheld="",
        theme__merged_into__isnull=True,
        **{f"comment__{name}": value for name, value in chosen.items()},
    )
    by = rows.order_by().values_list("theme__parent_id", "comment__question_id")
    list(by.annotate(number=Count("comment", distinct=True)))
