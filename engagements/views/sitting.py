"""Pages on which a paper survey is typed in: one person's answers to every question at once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from engagements.forms.sitting import SittingForm
from engagements.models import Engagement, Submission
from engagements.services.idempotency import submission_keys
from engagements.services.submission import add_submission
from engagements.views.entry import (
    around_entry,
    find_engagement,
    shown_of,
    typed_before,
    undo_button,
    undo_named,
    way_back,
)


@project_view(may="comments.enter")
def sitting_type(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Type a paper survey, one person after another; what was just kept is shown."""
    found = find_engagement(project, uuid)
    before = typed_before(request, found)
    data = request.POST if request.method == "POST" else None
    form = SittingForm(data, project=project, initial=_initial_after(before))
    kept = apply_or_report(form, lambda: _save(form, found, request))
    if kept is not None:
        return redirect_to(
            project, "engagements:sitting_type", uuid=uuid, query={"kept": kept.uuid}
        )
    return _sitting_page(request, found, form, before)


@project_view(may="comments.enter")
@require_POST
def sitting_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take a person's answers back, into the boxes; what is being typed meanwhile stays there."""
    found = find_engagement(project, uuid)
    undone = undo_named(request, found)
    if not undone:
        return redirect(way_back(request, found))
    form = SittingForm(project=project)
    if any(request.POST.get(box, "").strip() for box in form.boxes):
        standing = {name: words for name, words in request.POST.items() if words}
        return _sitting_page(request, found, SittingForm(project=project, initial=standing))
    query = {"kept": undone[0].uuid}
    return redirect_to(project, "engagements:sitting_type", uuid=uuid, query=query)


def _save(form: SittingForm, found: Engagement, request: TeamRequest) -> Submission:
    """Keep what one person said, once however often it is sent."""
    given, drafts = form.cleaned_data, form.drafts
    whose = {name: given[name] for name in ("descriptor", "age_band", "area", "quote_consent")}
    answers = [
        *whose.values(),
        given["language"],
        *((draft.question.kind, draft.text, draft.quote_consent) for draft in drafts),
    ]
    return add_submission(
        engagement=found,
        comments=drafts,
        language=given["language"],
        client_id=submission_keys(given["client_id"], answers=answers, texts=[""])[0],
        by=request.user,
        **whose,
    )


def _initial_after(before: Submission | None) -> dict[str, Any]:
    """Begin the next sheet empty, in the same language; one that was undone stands there again."""
    if before is None:
        return {}
    if before.undone_at is not None:
        return SittingForm.initial_of(before)
    return {"language": before.language}


def _sitting_page(
    request: TeamRequest, found: Engagement, form: SittingForm, before: Submission | None = None
) -> HttpResponse:
    """Show the boxes to type in, and what was kept before."""
    if not form.errors:
        # Else the summary of what is wrong takes the focus.
        form.fields[form.boxes[0]].widget.attrs["data-focus"] = "true"
    context = {
        "form": form,
        "just_kept": shown_of(before),
        "undo": undo_button(found, [before] if before else [], "sitting_undo"),
        "receipt": before.receipt if before else "",
        "here": url_for(found.project, "engagements:sitting_type", uuid=found.uuid),
        **around_entry(request, found),
    }
    status = status_of(form) if form.is_bound else 200
    return render(request, "engagements/sitting_type.html", context, status=status)
