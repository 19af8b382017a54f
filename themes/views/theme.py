"""The page of one theme or code: its comments, codes, quotes and finding."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from engagements.models import Comment, Question
from themes.forms.fields import read_back_path, read_key
from themes.models import Finding, Theme
from themes.queries.codebook import codebook_of
from themes.queries.coding import codes_of_comments, comments_of_theme
from themes.queries.counts import CommentCounts, count_under
from themes.queries.quote import team_quotes
from themes.services import coding
from themes.views.permissions import theming_permissions

PAGE = 50


class _Counted(Paginator):
    """Pages of a list whose length is known from the counts beside it."""

    def __init__(self, rows: Any, per_page: int, *, total: int) -> None:
        """Take the length instead of asking for it."""
        super().__init__(rows, per_page)
        self.total = total

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self.total


def _tabs(
    request: TeamRequest, questions: list[Question], tally: CommentCounts, chosen: Question | None
) -> list[dict[str, object]]:
    """Return the ways to narrow the comments: all, or one question's."""
    everything = {
        "label": _("All"),
        "url": request.path,
        "current": chosen is None,
        "number": tally.total,
    }
    return [
        everything,
        *(
            {
                "label": str(question),
                "url": f"{request.path}?question={question.uuid}",
                "current": question == chosen,
                "number": tally.by_question.get(question.pk, 0),
            }
            for question in questions
        ),
    ]


def _owed(finding: Finding | None, project: Project) -> list[str]:
    """Say which languages a finding is still owed in."""
    if finding is None:
        return []
    names = dict(settings.LANGUAGES)
    missing = finding.text.missing(project.languages)
    stale = finding.text.out_of_date(project.languages)
    return [
        *(_("%(language)s is missing") % {"language": names.get(each, each)} for each in missing),
        *(_("%(language)s is out of date") % {"language": names.get(each, each)} for each in stale),
    ]


@project_view(may="themes.view")
def theme(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what a theme or code gathers, and what was made of it."""
    whole = codebook_of(project)
    shown = whole.find(uuid)
    if shown is None:
        raise Http404
    if shown.merged_into_id:
        final = whole.by_id[whole.merges.final(shown.pk)]
        return redirect("themes:theme", project=project.slug, uuid=final.uuid)
    tally, of_codes = count_under(shown)
    questions = list(Question.objects.of(project))
    # What was just taken off is said once: links to other pages of the list don't repeat it.
    address = request.GET.copy()
    request.GET = address  # type: ignore[assignment]
    taken = read_key({"taken": address.pop("taken", [""])[-1]}, "taken")
    asked = address.get("question", "")
    chosen = next((each for each in questions if str(each.uuid) == asked), None)
    comments = comments_of_theme(shown).select_related("submission", "engagement", "question")
    total = tally.total
    if chosen is not None:
        comments, total = comments.filter(question=chosen), tally.by_question.get(chosen.pk, 0)
    page = _Counted(comments, PAGE, total=total).get_page(address.get("page"))
    codes = codes_of_comments(page.object_list)
    finding = Finding.objects.filter(theme=shown).first() if shown.is_theme else None
    context = {
        "project": project,
        "theme": shown,
        "total": tally.total,
        "codes": [
            {"code": code, "total": of_codes[code.pk].total} for code in whole.codes_under(shown)
        ]
        if shown.is_theme
        else [],
        "merged": whole.merged_into(shown),
        "tabs": _tabs(request, questions, tally, chosen),
        "page": page,
        "rows": [{"comment": each, "codes": codes[each.pk]} for each in page.object_list],
        "quotes": team_quotes(shown, whole),
        "finding": finding,
        "owed": _owed(finding, project),
        "taken": taken,
        "can": theming_permissions(request),
    }
    return render(request, "themes/theme.html", context)


def _back(request: TeamRequest, project: Project, shown: Theme) -> str:
    """Return the page of the list that somebody came from."""
    return read_back_path(request.POST) or reverse("themes:theme", args=[project.slug, shown.uuid])


def _sent(request: TeamRequest, project: Project) -> Comment:
    """Return the comment that a form names. Raises CommentNotShown."""
    number = read_key(request.POST, "comment")
    comments = Comment.objects.of(project).select_related("project")
    found: Comment | None = comments.filter(pk=number).first() if number else None
    if found is None:
        raise coding.CommentWithheld
    return found


@project_view(may="themes.code")
@require_POST
def comment_uncode(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take a code off one comment."""
    code = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    back = _back(request, project, code)
    try:
        comment = _sent(request, project)
        coding.uncode_comment(comment=comment, codes=[code], by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return redirect(f"{back}{'&' if '?' in back else '?'}taken={comment.pk}")


@project_view(may="themes.code")
@require_POST
def comment_code(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put a code back on one comment."""
    code = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    try:
        comment = _sent(request, project)
        coding.code_comment(comment=comment, codes=[code], by=request.user)
        messages.success(request, _("The comment carries the code again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request, project, code))
