"""The page of one theme or code: its comments, codes, quotes and finding."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
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
from coproduction.projects.queries.counted_rows import CountedRows
from engagements.models import Comment, Question
from themes.forms.fields import read_back_path, read_key
from themes.models import Finding, Theme
from themes.queries.codebook import codebook_of
from themes.queries.coding import codes_of_comments, keys_of_theme
from themes.queries.counts import CommentCounts, count_by_theme
from themes.queries.quote import team_quotes
from themes.services.coding import CommentWithheld, code_comment, uncode_comment
from themes.views.breadcrumbs import theme_crumbs
from themes.views.permissions import theming_permissions
from themes.views.translation_status import gap_sentences

PAGE = 50


def _tabs(
    request: TeamRequest, questions: list[Question], counts: CommentCounts, chosen: Question | None
) -> list[dict[str, object]]:
    """Return the ways to narrow the comments: all, or one question's."""
    everything = {
        "label": _("All"),
        "url": request.path,
        "current": chosen is None,
        "number": counts.total,
    }
    return [
        everything,
        *(
            {
                "label": str(question),
                "url": f"{request.path}?question={question.uuid}",
                "current": question == chosen,
                "number": counts.by_question.get(question.pk, 0),
            }
            for question in questions
        ),
    ]


@project_view(may="themes.view")
def theme(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what a theme or code gathers, and what was made of it."""
    codebook = codebook_of(project)
    found = codebook.find(uuid)
    if found is None:
        raise Http404
    if found.merged_into_id:
        final = codebook.by_id[codebook.merges.final(found.pk)]
        return redirect_to(project, "themes:theme", uuid=final.uuid)
    counted = count_by_theme(project)
    counts = counted[found.pk]
    questions = list(Question.objects.of(project))
    asked = request.GET.get("question", "")
    chosen = next((each for each in questions if str(each.uuid) == asked), None)
    total = counts.by_question.get(chosen.pk, 0) if chosen else counts.total
    rows = CountedRows(
        keys_of_theme(found, question=chosen),
        Comment.objects.select_related("submission", "engagement", "question"),
        total=total,
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    codes = codes_of_comments(page)
    finding = Finding.objects.filter(theme=found).first() if found.is_theme else None
    context = {
        "project": project,
        "theme": found,
        "crumbs": theme_crumbs(project, found.parent),
        "total": counts.total,
        "codes": [
            {"code": code, "total": counted[code.pk].total} for code in codebook.codes_under(found)
        ]
        if found.is_theme
        else [],
        "merged": codebook.merged_into(found),
        "tabs": _tabs(request, questions, counts, chosen),
        "chosen": chosen,
        "page": page,
        "rows": [{"comment": each, "codes": codes[each.pk]} for each in page],
        "quotes": team_quotes(found, codebook),
        "finding": finding,
        "gaps": gap_sentences(finding.text, project.languages) if finding else [],
        "taken_off": read_key(request.GET, "taken"),
        "can": theming_permissions(request),
        "may_take_out": may(request, "comments.take_out"),
    }
    return render(request, "themes/theme.html", context)


def _list_path(request: TeamRequest, project: Project, code: Theme) -> str:
    """Return the page of the list that somebody came from."""
    return read_back_path(request.POST) or url_for(project, "themes:theme", uuid=code.uuid)


def _sent_comment(request: TeamRequest, project: Project) -> Comment:
    """Return the comment that a form names. Raises CommentWithheld."""
    key = read_key(request.POST, "comment")
    comments = Comment.objects.of(project).select_related("project")
    found: Comment | None = comments.filter(pk=key).first() if key else None
    if found is None:
        raise CommentWithheld
    return found


@project_view(may="themes.code")
@require_POST
def comment_uncode(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take a code off one comment."""
    code = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    back = _list_path(request, project, code)

    def uncode() -> None:
        nonlocal back
        comment = _sent_comment(request, project)
        uncode_comment(comment=comment, codes=[code], by=request.user)
        back += f"{'&' if '?' in back else '?'}taken={comment.pk}"

    apply_or_warn(request, uncode)
    return redirect(back)


@project_view(may="themes.code")
@require_POST
def comment_code(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put a code back on one comment."""
    code = get_object_or_404(Theme.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: code_comment(
            comment=_sent_comment(request, project), codes=[code], by=request.user
        ),
        done=_("The comment carries the code again."),
    )
    return redirect(_list_path(request, project, code))
