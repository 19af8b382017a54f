"""Saving a view of the comments under a name, and removing it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from engagements.models import SavedView

_MOST = 50


class TooManyViews(Refusal):
    """Nobody finds anything again among so many."""

    sentence = _("You have saved 50 views. Remove one that you no longer use first.")


class SomebodyElsesView(Refusal):
    """What somebody shares stays until they, or a co-ordinator, take it away."""

    sentence = _("Somebody else saved this view. They, or a co-ordinator, can remove it.")


def save_view(
    *,
    project: Project,
    name: str,
    filters: Mapping[str, str],
    is_shared: bool,
    by: User,
    sending: SentForm | None = None,
) -> SavedView:
    """Keep by what the comments are narrowed; under a name that she has already, put in its place.

    By one ``sending`` of a form, once. Raises TooManyViews and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, SavedView)) is not None:
            return made
        own = SavedView.objects.of(project).filter(by=by)
        view = own.filter(name=name).first()
        if view is None:
            if own.count() >= _MOST:
                raise TooManyViews
            view = SavedView(project=project, name=name, by=by)
        view.filters, view.is_shared = dict(filters), is_shared
        view.full_clean(exclude=["project", "by", "filters"])
        view.save()
        ledger.record(
            "engagements.view_saved",
            subject=view,
            now={"filters": sorted(view.filters), "shared": is_shared},
            sending=sending,
            follow_up=False,
        )
    return view


def remove_view(*, view: SavedView, by: User, of_others: bool = False) -> None:
    """Forget a view; the comments stay as they are. ``of_others`` is for who looks after the list.

    Raises SomebodyElsesView and Removed.
    """
    with recorded(project=view.project, by=by) as ledger:
        ledger.refresh(view)
        if view.by_id != by.pk and not of_others:
            raise SomebodyElsesView
        ledger.record(
            "engagements.view_removed",
            subject=view,
            was={"shared": view.is_shared},
            follow_up=False,
        )
        view.delete()
