"""Surveys: the team's pages to set them up, and the public's page to answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coproduction.languages.codes import page_language
from coproduction.languages.templatetags.languages import in_language
from coproduction.projects.access import may
from coproduction.projects.arrival import received_at
from coproduction.projects.models import Project
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
from coproduction.projects.rate_limit import (
    AN_HOUR,
    ANSWERS_IN_TEN_MINUTES,
    over_limit,
    over_wrong_code_limit,
    place_of,
)
from coproduction.projects.text_templates import templates_offered
from engagements.forms.submission import SurveyAnswerForm
from engagements.forms.survey import NewSurveyForm, SurveyForm
from engagements.models import LookRules, Question, Submission, Survey
from engagements.queries.counts import with_answer_counts
from engagements.services.hold import Origin, rules_of
from engagements.services.survey import (
    AddressTaken,
    answer_survey,
    change_survey,
    close_survey,
    open_survey,
)
from engagements.views.breadcrumbs import engagement_crumbs, survey_crumbs

PER_PAGE = 50


@project_view(may="engagements.view")
def survey_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the project's surveys, with how many answered."""
    surveys = with_answer_counts(Survey.objects.of(project).select_related("engagement"))
    page = Paginator(surveys.order_by("-opens_at", "-pk"), PER_PAGE)
    context = {
        "crumbs": engagement_crumbs(project),
        "page": page.get_page(request.GET.get("page")),
        "may_log": may(request, "engagements.log"),
    }
    return render(request, "engagements/survey_list.html", context)


@project_view(may="engagements.log")
def survey_new(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Set up a public survey for an engagement."""
    offer = templates_offered(request, project, Survey)
    form = NewSurveyForm(
        request.POST if request.method == "POST" else None, project=project, initial=offer.initial
    )

    def begin() -> Survey | None:
        try:
            return open_survey(project=project, by=request.user, **form.cleaned_data)
        except AddressTaken as refusal:
            # Beside its box.
            form.add_error("slug", str(refusal))
            return None

    opened = apply_or_report(form, begin)
    if opened is not None:
        messages.success(request, _("The survey is saved."))
        return redirect_to(project, "engagements:survey_list")
    return form_page(
        request,
        form,
        template="engagements/survey_new.html",
        title=_("Set up a survey"),
        submit=_("Save the survey"),
        **_around(request, project),
        **offer.context,
    )


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
    changed = apply_or_report(
        form, lambda: change_survey(survey=found, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("The survey is saved."))
        return redirect_to(project, "engagements:survey_list")
    return form_page(
        request,
        form,
        template="engagements/survey_change.html",
        title=_("Change the survey"),
        eyebrow=in_language(found.title),
        submit=_("Save the changes"),
        survey=found,
        is_closed=found.closes_at is not None and found.closes_at <= timezone.now(),
        **_around(request, project),
    )


def _around(request: TeamRequest, project: Project) -> dict[str, Any]:
    """Return what the forms of surveys stand among."""
    return {
        "crumbs": survey_crumbs(project),
        "cancel_url": url_for(project, "engagements:survey_list"),
        "may_manage": may(request, "project.manage"),
    }


def _survey(project: Project, uuid: UUID) -> Survey:
    """Find one of this project's surveys."""
    surveys = Survey.objects.of(project).select_related("engagement", "project")
    found: Survey = get_object_or_404(surveys, uuid=uuid)
    return found


@project_view(may="engagements.log")
@require_POST
def survey_close(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Close a survey: its page says so, and takes no more answers."""
    found = _survey(project, uuid)
    apply_or_warn(
        request,
        lambda: close_survey(survey=found, by=request.user),
        done=_("The survey is closed. It takes no more answers."),
    )
    return redirect_to(project, "engagements:survey_list")


@public_view()
def survey(request: HttpRequest, project: Project, survey: str) -> HttpResponseBase:
    """Ask the questions, and keep a resident's answers."""
    surveys = Survey.objects.of(project).select_related("engagement", "project")
    found = get_object_or_404(surveys, slug=survey)
    sent = request.method == "POST"
    questions = _questions(project, request.POST)
    form = SurveyAnswerForm(request.POST if sent else None, questions=questions)
    if sent and over_limit(request, "survey", ANSWERS_IN_TEN_MINUTES):
        form.add_error(
            None,
            _("Many answers came from where you are. Wait ten minutes, then send yours again."),
        )
        status = 429
    else:
        kept = apply_or_report(
            form,
            lambda: answer_survey(
                survey=found,
                answers=form.answers,
                language=_language_of_page(project),
                quote_consent=form.cleaned_data["quote_consent"],
                descriptor=form.cleaned_data["descriptor"],
                client_id=form.cleaned_data["client_id"],
                at=received_at(request),
                origin=_origin_of(request, found),
            ),
        )
        if kept is not None:
            return redirect_to(
                project, "engagements:survey_thanks", survey=found.slug, receipt=kept.receipt
            )
        status = status_of(form)
    turn_to = LookRules.of(project).turn_to
    context = {
        "project": project,
        "survey": found,
        "form": form,
        "sent": sent,
        "turn_to": turn_to,
    }
    response = render(request, "engagements/survey.html", context, status=status)
    # It holds what one person typed, and a name for their entry.
    add_never_cache_headers(response)
    return response


def _origin_of(request: HttpRequest, found: Survey) -> Origin:
    """Say where an answer comes from, and count it as one from there."""
    most = rules_of(found.project).most_of_network
    is_crowded = over_limit(request, f"survey:{found.pk}", most, seconds=AN_HOUR)
    return Origin(place_of(request), is_crowded=is_crowded)


def _language_of_page(project: Project) -> str:
    """Return the language of the page if the project has it, else the one it writes first."""
    here = page_language()
    return here if here in project.languages else project.languages[0]


def _questions(project: Project, sent: Mapping[str, str]) -> list[Question]:
    """Return what is asked, and what was answered though it has been closed meanwhile."""
    every = Question.objects.of(project)
    return [question for question in every if question.is_asked or sent.get(question.kind)]


@public_view()
@require_safe
def survey_thanks(
    request: HttpRequest, project: Project, survey: str, receipt: str
) -> HttpResponseBase:
    """Give the code by which somebody can follow what they said."""
    answers = Submission.objects.of(project).not_undone().with_receipt(receipt)
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
