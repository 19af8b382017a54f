"""Which comments of a list an address means, and what a page that changes them shows of them."""

from typing import Any

from coproduction.languages.searching import COUNTED
from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest
from engagements.models import Comment
from engagements.queries.bulk_change import first_of, keys_of_ticked
from engagements.services.bulk_change import MOST_AT_ONCE, CommentsShown
from themes.forms.comment_list import ChosenCommentsForm

_SHOWN = 5


def comments_shown(request: TeamRequest) -> CommentsShown:
    """Return which comments the address means."""
    project, sees_all = request.project, may(request, "comments.withhold")
    form = ChosenCommentsForm(request.GET, project=project, may_withhold=sees_all)
    form.is_valid()
    sent: dict[str, Any] = form.cleaned_data
    then: dict[str, Any] = {name: sent.get(name) or 0 for name in ("entry", "newest")}
    if not form.means_every:
        ticked = keys_of_ticked(project, sent.get("ticked") or [])
        if not sees_all:
            # A box may be named by hand: what is withheld is read by those alone who may see it.
            rows = Comment.objects.of(project).visible().filter(pk__in=ticked)
            ticked = list(rows.values_list("pk", flat=True))
        return CommentsShown(**then, ticked=ticked, number=len(ticked))
    return CommentsShown(**then, number=sent.get("number") or 0, which=form.selection)


def about_shown(project: Project, shown: CommentsShown, keys: list[int]) -> dict[str, Any]:
    """Return what a page says of the comments that are meant."""
    number = len(keys) if are_few(keys) else shown.found(project).count
    return {
        "number": min(number, COUNTED),
        "has_more": number > COUNTED,
        "some": first_of(keys, _SHOWN),
        "others": max(0, number - _SHOWN),
    }


def are_few(keys: list[int]) -> bool:
    """Whether so few are meant that they are changed at once."""
    return len(keys) <= MOST_AT_ONCE
