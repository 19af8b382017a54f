"""The coding screen: one comment, the codes, and what comes next."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.refusals import Refusal
from coproduction.projects.unsent import GO_ON
from engagements.models import Comment, Question
from engagements.services.concern_notice import concern_notice
from engagements.services.withholding import raise_concern
from themes.forms.coding import CodingForm, CodingUndoForm, QueuePlaceForm, QueueQuestionForm
from themes.forms.fields import read_key
from themes.models import Theme
from themes.queries import queue
from themes.queries.codebook import branches
from themes.queries.coding import codes_of_comments
from themes.queries.counts import coding_progress
from themes.services.claim import claim, comments_to_code, forget_run_out
from themes.services.coding import (
    CodingResult,
    CommentWithheld,
    NoCodeChosen,
    change_codes,
    undo_coding,
)
from themes.views.breadcrumbs import theme_crumbs


def _wants_json(request: TeamRequest) -> bool:
    """Say whether the page's own script asks."""
    return request.headers.get("Accept") == "application/json"


def _coding_url(project: Project, **place: Any) -> str:
    """Return the coding screen's address at a place; what is empty is left out."""
    query = {key: value for key, value in place.items() if value}
    return url_for(project, "themes:coding", query=query)


def _saved_sentence(result: CodingResult) -> str:
    """Say in a sentence what was saved."""
    names = ", ".join(str(code) for code in [*result.added, *result.already])
    if result.already and not result.added:
        return _("Already coded by somebody else: %(codes)s.") % {"codes": names}
    if names:
        return _("Saved: %(codes)s.") % {"codes": names}
    return _("Saved. The comment is back in the queue if it carries no code now.")


def _uuids(codes: Iterable[Theme]) -> list[str]:
    """Return how codes are named in addresses and forms."""
    return [str(code.uuid) for code in codes]


def _render_comments(comments: Iterable[Comment]) -> list[str]:
    """Return comments as the page shows them."""
    return [
        render_to_string("themes/_coding_comment.html", {"comment": comment})
        for comment in comments
    ]


@project_view(may="themes.code")
def coding(request: TeamRequest, project: Project) -> HttpResponse:
    """Show a comment with the codes to choose from; a POST saves and goes on to the next."""
    if request.method == "POST":
        return _save(request, project)
    form = QueuePlaceForm(request.GET)
    form.is_valid()
    place = form.cleaned_data
    question = place.get("question")
    if _wants_json(request):
        after, have = place.get("after") or 0, place.get("have", [])
        return JsonResponse(_what_follows(request, after=after, have=have, question=question))
    comments, carried = _comments(request, project, place)
    forget_run_out(project=project)
    return render(
        request, "themes/coding.html", _context(request, project, place, comments, carried)
    )


def _what_follows(
    request: TeamRequest, *, after: int, have: Iterable[int], question: UUID | None
) -> dict[str, Any]:
    """Return the keys of what comes after a comment, and those drawn that the page has not yet."""
    following = comments_to_code(
        project=request.project, coder=request.user, after=after, question=question
    )
    there = set(have)
    drawn = _render_comments(comment for comment in following if comment.pk not in there)
    return {"next": [comment.pk for comment in following], "comments": drawn}


def _comments(
    request: TeamRequest, project: Project, place: dict[str, Any]
) -> tuple[list[Comment], list[Theme]]:
    """Return the comment to show and those to follow, and the codes the first carries."""
    question, asked = place.get("question"), place.get("comment")
    if asked:
        visible = Comment.objects.of(project).visible().select_related("question", "engagement")
        if (comment := visible.filter(pk=asked).first()) is not None:
            claim(project=project, coder=request.user, keys=[comment.pk])
            if place.get("back"):
                # Only its codes are changed: nothing of the queue is kept from others for that.
                return [comment], codes_of_comments([comment])[comment.pk]
            ahead = comments_to_code(
                project=project, coder=request.user, after=comment.pk, question=question
            )
            others = [each for each in ahead if each != comment]
            return [comment, *others], codes_of_comments([comment])[comment.pk]
        messages.error(request, str(CommentWithheld.sentence))
    after = place.get("after")
    if after is None:
        after = asked or queue.queue_position(project, request.user)
    found = comments_to_code(project=project, coder=request.user, after=after, question=question)
    return found, []


def _context(
    request: TeamRequest,
    project: Project,
    place: dict[str, Any],
    comments: list[Comment],
    carried: list[Theme],
) -> dict[str, Any]:
    """Return all that the screen shows."""
    ticked = {code.uuid for code in carried} - set(place.get("off", []))
    ticked |= set(place.get("code", []))
    groups = [
        {
            "theme": branch.theme,
            "codes": [{"code": code, "ticked": code.uuid in ticked} for code in branch.codes],
        }
        for branch in branches(project)
        if branch.codes
    ]
    question, asked = place.get("question"), comments and place.get("comment")
    questions = list(Question.objects.of(project))
    return {
        "project": project,
        "comment": comments[0] if comments else None,
        "also_before": queue.who_else_has(comments[0], request.user) if asked else None,
        "following": comments[1:],
        "groups": groups,
        "carried": carried,
        "back": place.get("back", ""),
        "question": question,
        "questions": QueueQuestionForm({"question": str(question or "")}, questions=questions),
        "progress": coding_progress(project, question=question),
        "undo": _last_change(place, groups),
        # Coming from a save or a skip, the reader begins at the comment.
        "landed": bool(place.get("after") or place.get("comment")),
    }


def _last_change(place: dict[str, Any], groups: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what was just done, as the address says it, to say so and offer to undo it."""
    changed = [*place.get("added", []), *place.get("removed", [])]
    if not place.get("done") or not changed:
        return None
    known = {each["code"].uuid: str(each["code"]) for group in groups for each in group["codes"]}
    names = [known[uuid] for uuid in place.get("added", []) if uuid in known]
    return {
        "comment": place["done"],
        "added": place.get("added", []),
        "removed": place.get("removed", []),
        "sentence": _("Saved: %(codes)s.") % {"codes": ", ".join(names)} if names else _("Saved."),
    }


def _save(request: TeamRequest, project: Project) -> HttpResponse:
    """Save the codes of one comment; answer with the next."""
    form = CodingForm(request.POST)
    if not form.is_valid():
        return _refused(request, project, CommentWithheld(), {})
    sent = form.cleaned_data
    chosen, was = set(sent["codes"]), set(sent["was"])
    if GO_ON in request.POST:
        return _shown_again(project, sent)
    try:
        if not chosen and not was:
            raise NoCodeChosen
        done = change_codes(
            project=project,
            comment=sent["comment"],
            add=chosen - was,
            remove=was - chosen,
            by=request.user,
        )
    except Refusal as refusal:
        return _refused(request, project, refusal, sent)
    changed = {"added": _uuids(done.added), "removed": _uuids(done.removed)}
    if _wants_json(request):
        undo = {"comment": sent["comment"], **changed}
        newly = int(bool(done.added) and not was and not done.already)
        answer = {"message": _saved_sentence(done), "undo": undo, "newly": newly}
        place = {"after": sent["comment"], "have": sent["have"], "question": sent["question"]}
        return JsonResponse(answer | _what_follows(request, **place))
    if back := sent["back"]:
        messages.success(request, _saved_sentence(done))
        return redirect(back)
    place = {"after": sent["comment"], "done": sent["comment"], "question": sent["question"]}
    return redirect(_coding_url(project, **place, **changed))


def _refused(
    request: TeamRequest, project: Project, refusal: Refusal, sent: dict[str, Any]
) -> HttpResponse:
    """Say why nothing was saved, with the comment and what was ticked still there."""
    if _wants_json(request):
        # A comment that is gone must not be visible again.
        gone = isinstance(refusal, CommentWithheld)
        return JsonResponse({"refused": str(refusal), "gone": gone}, status=409)
    messages.error(request, str(refusal))
    return _shown_again(project, sent)


def _shown_again(project: Project, sent: dict[str, Any]) -> HttpResponse:
    """Show a comment with what was ticked and unticked, none of it saved."""
    codes, was = sent.get("codes", []), sent.get("was", [])
    place = {name: sent.get(name) for name in ("comment", "question", "back")}
    off = [uuid for uuid in was if uuid not in codes]
    return redirect(_coding_url(project, code=codes, off=off, **place))


@project_view(may="themes.code")
@require_POST
def coding_undo(request: TeamRequest, project: Project) -> HttpResponse:
    """Take back what was done to a comment a moment ago, and show it again."""
    form = CodingUndoForm(request.POST)
    if not form.is_valid():
        return _refused(request, project, CommentWithheld(), {})
    sent = form.cleaned_data
    try:
        done = undo_coding(
            project=project,
            comment=sent["comment"],
            added=sent["added"],
            removed=sent["removed"],
            by=request.user,
        )
    except Refusal as refusal:
        return _refused(request, project, refusal, {})
    remaining, sentence = len(done.already), _undone_sentence(done)
    if _wants_json(request):
        visible = Comment.objects.of(project).visible().filter(pk=sent["comment"])
        drawn = _render_comments(visible.select_related("question", "engagement"))
        newly = -1 if done.removed and not remaining else 0
        answer = {"comments": drawn, "message": sentence, "newly": newly}
        return JsonResponse(answer | {"codes": _uuids(done.removed)})
    messages.success(request, sentence)
    codes = _uuids(done.removed)
    place = {"comment": sent["comment"], "question": sent["question"]}
    return redirect(_coding_url(project, **place, code=codes))


def _undone_sentence(done: CodingResult) -> str:
    """Say in a sentence what an undo did, and what of it others had done otherwise since."""
    if remaining := len(done.already):
        return ngettext(
            "Undone, but for %(count)d code that somebody else has given it since.",
            "Undone, but for %(count)d codes that somebody else has given it since.",
            remaining,
        ) % {"count": remaining}
    if not (done.removed or done.added):
        return _("That was undone already. Choose its codes again, or skip it.")
    if missing := len(done.missing):
        return ngettext(
            "Undone. Somebody else had taken %(count)d code off it since.",
            "Undone. Somebody else had taken %(count)d codes off it since.",
            missing,
        ) % {"count": missing}
    return _("Undone. Its codes are still ticked: change them and save, or skip it.")


def _onward(request: TeamRequest, project: Project, **place: Any) -> HttpResponse:
    """Go on coding, or to the comments: more people may raise a concern than may code."""
    if may(request, "themes.code"):
        return redirect(_coding_url(project, **place))
    return redirect_to(project, "themes:comment_list")


@project_view(may="concerns.raise")
def coding_concern(request: TeamRequest, project: Project) -> HttpResponse:
    """Ask once, then hide a comment that somebody is worried about, and go on to the next."""
    key = read_key(request.POST if request.method == "POST" else request.GET, "comment")
    visible = Comment.objects.of(project).visible().select_related("question", "engagement")
    comment = visible.filter(pk=key).first() if key else None
    if comment is None:
        messages.error(request, str(CommentWithheld.sentence))
        return _onward(request, project)
    if request.method == "POST":
        comment.project = project
        apply_or_warn(
            request,
            lambda: raise_concern(comment=comment, by=request.user),
            done=concern_notice(project),
        )
        return _onward(request, project, after=comment.pk)
    back = url_for(project, "themes:comment_list")
    if may(request, "themes.code"):
        back = _coding_url(project, comment=comment.pk)
    context = {
        "project": project,
        "comment": comment,
        "crumbs": theme_crumbs(project),
        "back": back,
        "has_lead": bool(project.safeguarding_lead),
    }
    return render(request, "themes/coding_concern.html", context)
