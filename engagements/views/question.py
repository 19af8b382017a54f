"""The page of the questions a project asks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, redirect_to, url_for
from coproduction.projects.refusals import Refusal
from engagements.forms.engagement import QuestionsForm
from engagements.models import Question
from engagements.services.question import set_questions, usual_wordings
from engagements.views.breadcrumbs import engagement_crumbs


@project_view(may="project.manage")
def questions(request: TeamRequest, project: Project) -> HttpResponse:
    """Say how the three questions are put, in each of the project's languages."""
    data = request.POST if request.method == "POST" else None
    usual = usual_wordings(project).items()
    initial = {kind: Translated().changed(texts) for kind, texts in usual}
    initial |= {question.kind: question.wording for question in Question.objects.of(project)}
    form = QuestionsForm(data, project=project, initial=initial)
    if form.is_valid():
        try:
            set_questions(project=project, wordings=form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The questions are saved."))
            return redirect_to(project, "engagements:questions")
    context = {
        "form": form,
        "crumbs": engagement_crumbs(project),
        "back": url_for(project, "engagements:engagement_list"),
    }
    return render(request, "engagements/questions.html", context)
