"""Surveys: the team's pages to set them up, and the public's page to answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, public_view
from coproduction.projects.refusals import Refusal
from engagements.forms.submission import SurveyAnswerForm
from engagements.forms.survey import NewSurveyForm, SurveyForm
from engagements.models import Question, Submission, Survey, Withheld
from engagements.services.survey import (
    ASKED,
    answer_survey,
    change_survey,
    close_survey,
    open_survey,
)
from engagements.views.breadcrumbs import Crumb, address, engagement_crumbs
from engagements.views.rate_limit import over_limit, over_wrong_code_limit

PER_PAGE = 50


def _crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the list of surveys."""
    surveys = {"label": _("Surveys"), "url": address("survey_list", project)}
    return [*engagement_crumbs(project), surveys]


@project_view(may="engagements.view")
def survey_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the project's surveys, with how many answered."""
    standing = Count(
        "submissions",
        filter=Q(submissions__comments__withheld=Withheld.NOTHING),
        distinct=True,
    )
    surveys = Survey.objects.of(project).select_related("engagement").annotate(answers=standing)
    page = Paginator(surveys.order_by("-opens_at", "-pk"), PER_PAGE)
    context = {
        "crumbs": engagement_crumbs(project),
        "page": page.get_page(request.GET.get("page")),
        "may_log": may(request, "engagements.log"),
    }
    return render(request, "engagements/survey_list.html", context)


@project_view(may="engagements.log")
def survey_new(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Put a public survey up."""
    form = NewSurveyForm(request.POST if request.method == "POST" else None, project=project)
    if form.is_valid():
        try:
            open_survey(project=project, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The survey is saved."))
            return redirect("engagements:survey_list", project=project.slug)
    may_manage = may(request, "project.manage")
    context = {"form": form, "crumbs": _crumbs(project), "may_manage": may_manage}
    return render(request, "engagements/survey_new.html", context)


@project_view(may="engagements.log")
def survey_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Change what a survey says and when it is open."""
    found = _survey(project, uuid)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        project=project,
        initial={
            "title": found.title,
            "introduction": found.introduction,
            "engagement": found.engagement.uuid,
            "opens_at": found.opens_at,
            "closes_at": found.closes_at,
        },
    )
    if form.is_valid():
        try:
            change_survey(survey=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The survey is saved."))
            return redirect("engagements:survey_list", project=project.slug)
    closed = found.closes_at is not None and found.closes_at <= timezone.now()
    context = {
        "form": form,
        "survey": found,
        "is_closed": closed,
        "crumbs": _crumbs(project),
        "may_manage": may(request, "project.manage"),
    }
    return render(request, "engagements/survey_change.html", context)


def _survey(project: Project, uuid: UUID) -> Survey:
    """Find one of this project's surveys."""
    surveys = Survey.objects.of(project).select_related("engagement", "project")
    found: Survey = get_object_or_404(surveys, uuid=uuid)
    return found


@project_view(may="engagements.log")
@require_POST
def survey_close(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take no more answers."""
    try:
        close_survey(survey=_survey(project, uuid), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The survey is closed. It takes no more answers."))
    return redirect("engagements:survey_list", project=project.slug)


@public_view()
def survey(request: HttpRequest, project: Project, survey: str) -> HttpResponseBase:
    """Ask the questions, and keep a resident's answers."""
    surveys = Survey.objects.of(project).select_related("engagement", "project")
    found = get_object_or_404(surveys, slug=survey)
    sent = request.method == "POST"
    form = SurveyAnswerForm(request.POST if sent else None, questions=_questions(project))
    status = 200
    if sent and over_limit(request, "survey"):
        form.add_error(
            None,
            _("Many answers came from where you are. Wait ten minutes, then send yours again."),
        )
        status = 429
    elif sent and form.is_valid():
        try:
            kept = answer_survey(
                survey=found,
                answers=form.answers,
                language=get_language() or project.languages[0],
                quote_consent=form.cleaned_data["quote_consent"],
                descriptor=form.cleaned_data["descriptor"],
                client_id=form.cleaned_data["client_id"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            return redirect(
                "engagements:survey_thanks",
                project=project.slug,
                survey=found.slug,
                receipt=kept.receipt,
            )
    context = {"project": project, "survey": found, "form": form, "sent": sent}
    response = render(request, "engagements/survey.html", context, status=status)
    # It holds what one person typed, and a name for their entry.
    add_never_cache_headers(response)
    return response


def _questions(project: Project) -> dict[str, str]:
    """Return how the three questions are put, in the page's language, by kind."""
    language = get_language() or project.languages[0]
    wordings = {each.kind: each.wording for each in Question.objects.of(project)}
    return {kind: wordings[kind].best(language)[0] for kind in ASKED if kind in wordings}


@public_view()
@require_safe
def survey_thanks(
    request: HttpRequest, project: Project, survey: str, receipt: str
) -> HttpResponseBase:
    """Give the code by which somebody can follow what they said."""
    answers = Submission.objects.of(project).standing().with_receipt(receipt)
    kept = answers.filter(survey__slug=survey).select_related("survey").first()
    if kept is None:
        if not over_wrong_code_limit(request):
            raise Http404
        return render(request, "engagements/survey_wait.html", {"project": project}, status=429)
    context = {"project": project, "survey": kept.survey, "receipt": kept.receipt}
    response = render(request, "engagements/survey_thanks.html", context)
    # The code opens somebody's own words: it is for them alone.
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
