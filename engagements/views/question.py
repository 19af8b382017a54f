"""The pages of the questions a project asks."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coproduction.languages.templatetags.languages import in_language
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    number_sent,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.refusals import Refusal
from engagements.forms.question import NewQuestionForm, QuestionForm
from engagements.models import Question
from engagements.queries.counts import comments_by_question
from engagements.services.question import (
    add_question,
    change_question,
    check_removal,
    close_question,
    ensure_questions,
    free_symbols,
    move_question,
    remove_question,
    reopen_question,
)
from engagements.views.breadcrumbs import engagement_crumbs, question_crumbs


@project_view(may="project.manage")
@require_safe
def questions(request: TeamRequest, project: Project) -> HttpResponse:
    """List what the project asks, in its order, with how much was said to each."""
    answered = comments_by_question(project)
    every = [question for question, _number in answered]
    movable = [question for question in every if question.can_be_asked]
    context = {
        "crumbs": engagement_crumbs(project),
        "answered": answered,
        "first": movable[0] if movable else None,
        "last": movable[-1] if movable else None,
        "has_room": bool(free_symbols(every)),
        "up": {"to": "up"},
        "down": {"to": "down"},
    }
    return render(request, "engagements/questions.html", context)


@project_view(may="project.manage")
@require_POST
def questions_begin(request: TeamRequest, project: Project) -> HttpResponse:
    """Ask the given questions, in their usual words."""
    ensure_questions(project=project, by=request.user)
    messages.success(request, _("The questions are saved."))
    return redirect_to(project, "engagements:questions")


@project_view(may="project.manage")
def question_add(request: TeamRequest, project: Project) -> HttpResponse:
    """Add a question of the project's own, beside the given three."""
    form = NewQuestionForm(request.POST if request.method == "POST" else None, project=project)
    added = apply_or_report(
        form, lambda: add_question(project=project, by=request.user, **form.cleaned_data)
    )
    if added is not None:
        messages.success(request, _("The question is added. It is asked from now on."))
        return _back_to(added)
    return form_page(
        request,
        form,
        title=_("Add a question"),
        submit=_("Add the question"),
        lead=_("It is asked after the others, at every engagement and in every survey."),
        **_around(project),
    )


@project_view(may="project.manage")
def question_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Call a question something else, put it differently or draw it differently."""
    found = _question(project, uuid)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        project=project,
        question=found,
        initial={"name": found.name, "wording": found.wording},
    )
    changed = apply_or_report(
        form,
        lambda: change_question(
            question=found, by=request.user, **{"symbol": found.symbol, **form.cleaned_data}
        ),
    )
    if changed is not None:
        messages.success(request, _("The question is saved."))
        return _back_to(changed)
    return form_page(
        request,
        form,
        title=_("Change the question"),
        eyebrow=in_language(found.label),
        submit=_("Save the question"),
        lead=_("It stays the same question: what people said to it stays with it."),
        **_around(project),
    )


@project_view(may="project.manage")
@require_POST
def question_move(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Ask a question one place earlier or later."""
    found = _question(project, uuid)
    move_question(question=found, up=request.POST.get("to") == "up", by=request.user)
    return _back_to(found)


@project_view(may="project.manage")
@require_POST
def question_close(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Stop asking a question; its answers stay."""
    done = _("The question is not asked any more. What people said to it stays.")
    return _after(close_question, request, _question(project, uuid), done)


@project_view(may="project.manage")
@require_POST
def question_reopen(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put a question that was closed into the forms again."""
    done = _("The question is asked again.")
    reopen = partial(reopen_question, version=number_sent(request, "version"))
    return _after(reopen, request, _question(project, uuid), done)


@project_view(may="project.manage")
def question_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take away a question, once it is confirmed; one that stays says why before it is asked."""
    found = _question(project, uuid)
    form = forms.Form(request.POST if request.method == "POST" else None)
    removed = apply_or_report(form, lambda: remove_question(question=found, by=request.user))
    if removed is not None:
        messages.success(request, _("The question is removed."))
        return redirect_to(project, "engagements:questions")
    return form_page(
        request,
        form,
        title=_("Remove the question"),
        eyebrow=in_language(found.label),
        template="engagements/question_remove.html",
        submit=_("Remove it"),
        lead=_("Nobody has answered it. Once it is removed, it can only be added again."),
        kept=_why_kept(found),
        **_around(project),
    )


def _why_kept(question: Question) -> str:
    """Say what stands against removing a question; nothing where it may go."""
    try:
        check_removal(question=question)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _after(
    change: Callable[..., None], request: TeamRequest, question: Question, done: str
) -> HttpResponseRedirect:
    """Go back to the question after a change that a button asked for, made or refused."""
    apply_or_warn(request, lambda: change(question=question, by=request.user), done=done)
    return _back_to(question)


def _around(project: Project) -> dict[str, Any]:
    """Return what the forms of questions stand among."""
    return {
        "crumbs": question_crumbs(project),
        "cancel_url": url_for(project, "engagements:questions"),
    }


def _question(project: Project, uuid: UUID) -> Question:
    """Find one of this project's questions."""
    questions = Question.objects.of(project).select_related("project")
    found: Question = get_object_or_404(questions, uuid=uuid)
    return found


def _back_to(question: Question) -> HttpResponseRedirect:
    """Go back to the place of this question on the page of questions."""
    url = url_for(question.project, "engagements:questions")
    return HttpResponseRedirect(f"{url}#{question.kind}")
