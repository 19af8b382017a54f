"""The page of how a file is read: as it was guessed, with its first rows, and chosen otherwise."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
)
from coproduction.projects.refusals import Refusal
from engagements.forms.import_layout import LayoutForm, layout_in_words
from engagements.imports.layout import Layout
from engagements.queries.import_file import first_look
from engagements.services.import_layout import choose_layout
from engagements.views.breadcrumbs import engagement_crumbs
from engagements.views.import_batch import (
    find_import,
    redirect_to_import,
    said_already,
    start_url,
)


@project_view(may="comments.import")
def import_layout(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Show how a file is read, with its first rows; choose another way, or go on."""
    batch = find_import(project, uuid)
    if batch.is_mapped or batch.is_undone:
        return said_already(request, batch)
    if not batch.is_looked_through:
        return redirect_to_import(batch)
    try:
        look = first_look(batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to_import(batch)
    layout = Layout.from_json(batch.layout)
    data = request.POST if request.method == "POST" else None
    form = LayoutForm(data, layout=layout, sheets=look.sheets, words=look.words)
    field = "sheet" if layout.is_workbook else "first_heading"
    changed = apply_or_report(
        form,
        lambda: choose_layout(batch=batch, chosen=form.chosen, by=request.user),
        field=field,
    )
    if changed is not None:
        looked = "import_layout" if changed.is_looked_through else "import_page"
        return redirect_to_import(batch, looked)
    return form_page(
        request,
        form,
        template="engagements/import_layout.html",
        title=_("How we read it"),
        eyebrow=batch.file_name,
        submit=_("Read it this way"),
        crumbs=engagement_crumbs(project, batch.engagement),
        cancel_url=start_url(batch),
        batch=batch,
        how=layout_in_words(layout),
        look=look,
    )
