"""Pages on which what people said is typed and pasted in, and undone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.refusals import Refusal
from coproduction.ui.numbers import format_number
from engagements.forms.paste import PastedLine, PasteForm
from engagements.forms.submission import TypeForm
from engagements.models import Comment, Engagement, Submission
from engagements.services.idempotency import submission_keys
from engagements.services.submission import (
    CommentDraft,
    RunUndone,
    add_submission,
    paste_lines,
    undo_run,
)
from engagements.views.entry import (
    around_entry,
    entries_within_reach,
    find_engagement,
    shown_of,
    typed_before,
    undo_button,
    undo_named,
    way_back,
)

# What a paste brought in, so that the page after it can offer to undo it: the first and last key
# of each unbroken run, since a session is read with every request.
_PASTED = "engagements.pasted_runs"


@project_view(may="comments.enter")
def submission_type(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Type comments, one after another; each page shows the one just kept."""
    found = find_engagement(project, uuid)
    before = typed_before(request, found)
    said = list(before.comments.select_related("question")) if before else []
    data = request.POST if request.method == "POST" else None
    form = TypeForm(data, project=project, initial=_initial_after(said))
    form.fields["text"].widget.attrs["data-focus"] = "true"
    kept = apply_or_report(form, lambda: _save_typed(form.cleaned_data, found, request))
    if kept is not None:
        return redirect_to(
            project, "engagements:submission_type", uuid=uuid, query={"kept": kept.uuid}
        )
    if form.errors:
        # The summary of what is wrong takes the focus instead.
        del form.fields["text"].widget.attrs["data-focus"]
    return _typing_page(request, found, form, before)


def _typing_page(
    request: TeamRequest, found: Engagement, form: TypeForm, before: Submission | None = None
) -> HttpResponse:
    """Show the box to type in, and the entry kept before."""
    context = {
        "form": form,
        "just_kept": shown_of(before),
        "undo": undo_button(found, [before] if before else []),
        "receipt": before.receipt if before else "",
        "here": url_for(found.project, "engagements:submission_type", uuid=found.uuid),
        **around_entry(request, found),
    }
    return render(request, "engagements/submission_type.html", context)


def _save_typed(given: Mapping[str, Any], found: Engagement, request: TeamRequest) -> Submission:
    """Keep one comment, once however often it is sent."""
    return add_submission(
        engagement=found,
        comments=[CommentDraft(given["question"], given["text"], weight=given["weight"] or 0)],
        descriptor=given["descriptor"],
        quote_consent=given["quote_consent"],
        language=given["language"],
        client_id=_keys_of(given, [given["text"]])[0],
        by=request.user,
    )


def _keys_of(given: Mapping[str, Any], texts: Sequence[str]) -> list[UUID]:
    """Name each text by the page it was sent from, what it says and what goes with it."""
    said = [given["question"].kind, given["descriptor"], given["quote_consent"], given["language"]]
    if given.get("weight"):
        said.append(given["weight"])
    return submission_keys(given["client_id"], answers=said, texts=texts)


def _initial_after(said: Sequence[Comment]) -> dict[str, Any]:
    """Start the next comment as the last one was: people type several of a kind in a row.

    But not with who spoke and whether they may be quoted: the next person is asked for themselves.
    One that was undone stands in the boxes again, to be put right.
    """
    if not said or not (said[0].is_visible or said[0].is_undone):
        return {}
    comment = said[0]
    initial = {"question": comment.question.uuid, "language": comment.submission.language}
    if comment.is_undone:
        initial |= {
            "text": comment.text,
            "descriptor": comment.submission.descriptor,
            "quote_consent": comment.quote_consent,
            "weight": comment.weight or None,
        }
    return initial


@project_view(may="comments.enter")
def submission_paste(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Paste many comments: first they are shown as they would be kept, then they are kept."""
    found = find_engagement(project, uuid)
    data = request.POST.copy() if request.method == "POST" else None
    form = PasteForm(data, project=project)
    if form.is_valid():
        if form.was_previewed:
            kept = apply_or_report(form, lambda: _save_pasted(form, found, request))
            if kept is not None:
                request.session[_PASTED] = _runs(each.pk for each in kept)
                return redirect_to(
                    project, "engagements:submission_paste", uuid=uuid, query={"kept": len(kept)}
                )
        elif data is not None:
            # The bound form is shown again: what is looked at now is what it says.
            data["previewed"] = form.preview_key
    if data is not None and form.shown:
        data["drawn"] = form.lines_key
    pasted = _pasted(request, found) if data is None and "kept" in request.GET else []
    return _pasting_page(request, found, form, pasted)


def _pasting_page(
    request: TeamRequest,
    found: Engagement,
    form: PasteForm,
    pasted: Sequence[Submission] = (),
) -> HttpResponse:
    """Show the box to paste in, how its lines would be kept, and what was kept before."""
    project = found.project
    context = {
        "form": form,
        "kept": form.kept,
        "sheets": _sheets(form.shown),
        "undo": undo_button(found, pasted),
        "here": url_for(project, "engagements:submission_paste", uuid=found.uuid),
        **around_entry(request, found),
    }
    return render(request, "engagements/submission_paste.html", context)


def _sheets(shown: Iterable[PastedLine]) -> list[tuple[PastedLine | None, list[PastedLine]]]:
    """Return pasted lines by the headings they stand under; what stands under none comes first."""
    sheets: list[tuple[PastedLine | None, list[PastedLine]]] = []
    for line in shown:
        if line.is_asked:
            sheets.append((line, [line] if line.is_comment else []))
        elif sheets:
            sheets[-1][1].append(line)
        else:
            sheets.append((None, [line]))
    return sheets


def _save_pasted(form: PasteForm, found: Engagement, request: TeamRequest) -> list[Submission]:
    """Keep a paste's lines, once however often it is sent."""
    given, comments = form.cleaned_data, form.comments
    beside = [given["descriptor"], given["quote_consent"]]
    texts = [
        repr([each.question and each.question.kind, each.language, each.weight, each.text])
        for each in comments
    ]
    return paste_lines(
        engagement=found,
        question=given["question"],
        lines=comments,
        descriptor=given["descriptor"],
        quote_consent=given["quote_consent"],
        language=given["language"],
        client_ids=submission_keys(given["client_id"], answers=beside, texts=texts),
        by=request.user,
    )


def _pasted(request: TeamRequest, found: Engagement) -> list[Submission]:
    """Return what this person's last paste brought into this engagement."""
    runs = request.session.get(_PASTED, [])
    keys = [key for first, last in runs for key in range(first, last + 1)]
    return list(found.submissions.filter(pk__in=keys))


def _runs(keys: Iterable[int]) -> list[list[int]]:
    """Return keys as [first, last] of each unbroken run of them."""
    runs: list[list[int]] = []
    for key in sorted(keys):
        if runs and runs[-1][1] == key - 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    return runs


@project_view(may="comments.enter")
@require_POST
def submissions_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take back the entries that the form names; what is being typed meanwhile stays there."""
    found = find_engagement(project, uuid)
    submissions = undo_named(request, found)
    if not submissions:
        return redirect(way_back(request, found))
    typed = submissions[0].channel == Submission.Channel.TYPED
    box = "text" if typed else "lines"
    if request.POST.get(box, "").strip():
        standing = {name: words for name, words in request.POST.items() if words}
        if typed:
            return _typing_page(request, found, TypeForm(project=project, initial=standing))
        return _pasting_page(request, found, PasteForm(project=project, initial=standing))
    if typed:
        query = {"kept": submissions[0].uuid}
        return redirect_to(project, "engagements:submission_type", uuid=uuid, query=query)
    said = Comment.objects.filter(submission__in=submissions).order_by("pk")
    initial = PasteForm.initial_of(said.select_related("question", "submission"))
    return _pasting_page(request, found, PasteForm(project=project, initial=initial))


@project_view(may="comments.enter")
def run_undo(request: TeamRequest, project: Project, uuid: UUID, run: UUID) -> HttpResponse:
    """Ask, then take a whole paste or typing run back, days later too."""
    found = find_engagement(project, uuid)
    own = Submission.objects.of(project).filter(run=run)
    if not own.exists():
        raise Http404
    if not entries_within_reach(request, own).exists():
        messages.error(request, _("You can undo what you typed or pasted yourself."))
        return redirect(way_back(request, found))
    standing = own.not_undone().count()
    if request.method != "POST":
        if not standing:
            messages.info(request, str(RunUndone.sentence))
            return redirect(way_back(request, found))
        context = {"standing": standing, **around_entry(request, found)}
        return render(request, "engagements/run_undo.html", context)
    try:
        undone = undo_run(engagement=found, run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "%(number)s entry was undone. It is kept, and counts nowhere.",
            "%(number)s entries were undone. They are kept, and count nowhere.",
            undone,
        )
        messages.success(request, text % {"number": format_number(undone)})
    return redirect(f"{way_back(request, found)}#entered")
