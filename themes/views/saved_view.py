"""The page of saved views: lists of comments to come back to, and keeping one more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from engagements.forms.saved_view import SavedViewForm
from engagements.models import SavedView
from engagements.services.saved_view import remove_view, save_view
from engagements.views.breadcrumbs import comment_crumbs
from themes.forms.comment_list import CodedFilterForm


@project_view(may="engagements.view")
def view_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the views to come back to, and keep that of the list which the address says."""
    narrowed = CodedFilterForm(
        request.GET, project=project, may_withhold=may(request, "comments.withhold")
    )
    narrowed.is_valid()
    form = SavedViewForm(request.POST if request.method == "POST" else None)
    filters = narrowed.filters_to_keep
    saved = apply_or_report(
        form,
        lambda: save_view(
            project=project,
            name=form.cleaned_data["name"],
            filters=filters,
            is_shared=form.cleaned_data["is_shared"],
            by=request.user,
            sending=form.cleaned_data["sending"],
        ),
        field="name",
    )
    if saved is not None:
        messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
        return redirect_to(project, "themes:view_list")
    views = SavedView.objects.of(project).for_person(request.user).select_related("by")
    return form_page(
        request,
        form,
        template="themes/view_list.html",
        title=_("Saved views"),
        submit=_("Save this view"),
        crumbs=comment_crumbs(project),
        cancel_url=url_for(project, "themes:comment_list", query=dict(request.GET.lists())),
        action=request.get_full_path(),
        views=views,
        narrowed_by=narrowed.narrowed_by if filters else [],
        has_words=bool(narrowed.cleaned_data.get("q")),
        may_remove_all=may(request, "comments.withhold"),
    )


@project_view(may="engagements.view")
@require_POST
def view_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Remove a view; what it showed stays."""
    view = get_object_or_404(
        SavedView.objects.of(project).for_person(request.user).select_related("project"), uuid=uuid
    )
    of_others = may(request, "comments.withhold")
    apply_or_warn(
        request,
        lambda: remove_view(view=view, by=request.user, of_others=of_others),
        done=_("The view is removed."),
    )
    return redirect_to(project, "themes:view_list")
