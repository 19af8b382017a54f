"""Pages of complaints about data: the public's form, and the team's list and answers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coproduction.languages.codes import page_language
from coproduction.projects.forms.complaint import ComplaintAnswerForm, ComplaintForm
from coproduction.projects.models import DataComplaint, Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    public_view,
    redirect_to,
    status_of,
    url_for,
)
from coproduction.projects.rate_limit import over_limit
from coproduction.projects.services.complaint import (
    acknowledge_complaint,
    answer_complaint,
    make_complaint,
)

PER_PAGE = 50
# Nobody complains so often; whoever does is a machine.
COMPLAINTS_IN_TEN_MINUTES = 10


@public_view()
def complaint(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Take in a complaint about how somebody's data is looked after."""
    sent = request.method == "POST"
    form = ComplaintForm(request.POST if sent else None)
    if sent and over_limit(request, "complaint", COMPLAINTS_IN_TEN_MINUTES):
        form.add_error(
            None, _("Many came from where you are. Wait ten minutes, then send it again.")
        )
        status = 429
    else:
        made = apply_or_report(
            form,
            lambda: make_complaint(project=project, language=page_language(), **form.cleaned_data),
        )
        if made is not None:
            return redirect_to(project, "projects:complaint_sent")
        status = status_of(form)
    context = {"project": project, "form": form}
    response = render(request, "projects/complaint.html", context, status=status)
    # It holds what one person typed, and a name for their sending.
    add_never_cache_headers(response)
    return response


@public_view()
@require_safe
def complaint_sent(request: HttpRequest, project: Project) -> HttpResponse:
    """Say that a complaint came, and what happens next."""
    return render(request, "projects/complaint_sent.html", {"project": project})


@project_view(may="complaints.answer")
@require_safe
def complaint_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the complaints, those that wait first, with the days that are left."""
    rows = DataComplaint.objects.of(project).open_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/complaint_list.html", {"project": project, "page": page})


@project_view(may="complaints.answer")
def complaint_answer(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show one complaint, and answer it."""
    found = _complaint(project, uuid)
    form = ComplaintAnswerForm(
        request.POST if request.method == "POST" else None, initial={"reply": found.reply}
    )
    answered = apply_or_report(
        form, lambda: answer_complaint(complaint=found, by=request.user, **form.cleaned_data)
    )
    if answered is not None:
        messages.success(request, _("Your answer is on its way to them."))
        return redirect_to(project, "projects:complaint_list")
    return form_page(
        request,
        form,
        template="projects/complaint_answer.html",
        title=_("A complaint about data"),
        submit=_("Send the answer"),
        complaint=found,
        crumbs=_crumbs(project),
        cancel_url=url_for(project, "projects:complaint_list"),
    )


@project_view(may="complaints.answer")
@require_POST
def complaint_acknowledge(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write to somebody that their complaint came."""
    found = _complaint(project, uuid)
    apply_or_warn(
        request,
        lambda: acknowledge_complaint(complaint=found, by=request.user),
        done=_("A letter tells them that their complaint came."),
    )
    return redirect_to(project, "projects:complaint_answer", uuid=uuid)


def _complaint(project: Project, uuid: UUID) -> DataComplaint:
    """Find one of this project's complaints."""
    rows = DataComplaint.objects.of(project).select_related("project", "by")
    found: DataComplaint = get_object_or_404(rows, uuid=uuid)
    return found


def _crumbs(project: Project) -> list[dict[str, str]]:
    """Return the way back to the list."""
    return [
        {"label": _("Settings"), "url": url_for(project, "projects:settings_page")},
        {"label": _("Complaints"), "url": url_for(project, "projects:complaint_list")},
    ]
