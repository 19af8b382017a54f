"""Pages on which the tree of themes and codes is drawn up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.languages.models import Translated
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
from coproduction.projects.seen import ChangedSince
from coproduction.ui.charts.kinds import Series, Stack, StackedBar
from engagements.models import Engagement, Question
from themes.forms.codebook import CodeForm, CodeMoveForm, NewCodeForm, NewThemeForm, ThemeForm
from themes.forms.coding import QueuePlaceForm
from themes.models import Finding, Theme
from themes.queries.codebook import codebook_of, standing_of_theme
from themes.queries.counts import coding_progress, count_by_theme
from themes.services import codebook
from themes.views.breadcrumbs import heading_about, theme_crumbs
from themes.views.permissions import theming_permissions
from themes.views.translation_status import languages_to_write, translation_sentences


def _found(project: Project, uuid: UUID) -> Theme:
    """Return a theme or code of this project, or 404; the service says when it was merged."""
    found: Theme = get_object_or_404(Theme.objects.of(project).select_related("parent"), uuid=uuid)
    return found


def _to_tree(project: Project, theme: Theme) -> HttpResponse:
    """Go back to the theme's line in the tree."""
    return redirect_to(project, "themes:theme_tree", place=f"t-{theme.uuid}")


def _around(project: Project, theme: Theme | None = None) -> dict[str, Any]:
    """Return what the forms of themes and codes stand among: the way back, and the way out."""
    return {
        "crumbs": theme_crumbs(project, theme),
        "cancel_url": url_for(project, "themes:theme_tree"),
    }


@project_view(may="themes.view")
def theme_tree(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the themes with their codes and how many comments each has."""
    counted = count_by_theme(project)
    written = {each.theme_id: each.text for each in Finding.objects.of(project)}
    rows = [
        {
            "theme": branch.theme,
            "finding": _finding_status(project, written.get(branch.theme.pk))
            if branch.theme
            else None,
            "total": counted[branch.theme.pk].total if branch.theme else None,
            "codes": [{"code": code, "total": counted[code.pk].total} for code in branch.codes],
        }
        for branch in codebook_of(project).branches
    ]
    context = {
        "project": project,
        "rows": rows,
        "progress": coding_progress(project),
        "can": theming_permissions(request),
    }
    return render(request, "themes/theme_tree.html", context)


def _finding_status(project: Project, text: Translated | None) -> dict[str, Any]:
    """Say whether a theme's finding is public, in which languages, and what is missing."""
    if not text:
        return {"kind": "waiting", "words": _("What we heard is not written yet.")}
    gaps = languages_to_write(text, project.languages)
    words = " ".join(translation_sentences(text, project.languages))
    return {"kind": "missing" if gaps else "complete", "words": words}


def _chart(questions: list[Question], lines: list[dict[str, Any]]) -> StackedBar | None:
    """Draw themes by question; nothing before anything is coded."""
    if not any(line["total"] for line in lines):
        return None
    return StackedBar(
        title=_("Comments by theme and question"),
        unit=_("comments"),
        series=[Series(str(q), q.colour, q.shape) for q in questions],
        stacks=[Stack(str(line["theme"]), line["counts"]) for line in lines],
    )


def _asked_engagement(project: Project, asked: str) -> Engagement | None:
    """Return the engagement that an address narrows the counts to; None for all of them."""
    try:
        uuid = UUID(asked)
    except ValueError:
        return None
    return Engagement.objects.of(project).filter(uuid=uuid).first()


@project_view(may="themes.view")
def theme_counts(request: TeamRequest, project: Project) -> HttpResponse:
    """Show how many comments each theme and code has on each question: of all, or of one event."""
    questions = list(Question.objects.of(project))
    engagement = _asked_engagement(project, request.GET.get("engagement", ""))
    counted = count_by_theme(project, engagement=engagement)

    def line(theme: Theme) -> dict[str, object]:
        counts = [counted[theme.pk].by_question.get(question.pk, 0) for question in questions]
        return {"theme": theme, "counts": counts, "total": counted[theme.pk].total}

    branches = codebook_of(project).branches
    lines = [line(b.theme) for b in branches if b.theme]
    context = {
        "project": project,
        "crumbs": theme_crumbs(project),
        "questions": questions,
        "engagement": engagement,
        "themes": lines,
        "chart": _chart(questions, lines),
        "codes": [line(code) for b in branches for code in b.codes],
    }
    return render(request, "themes/theme_counts.html", context)


@project_view(may="themes.codebook")
def theme_add(request: TeamRequest, project: Project) -> HttpResponse:
    """Add a theme to the codebook, in the colour that the fewest have unless another is chosen."""
    initial = {"colour": codebook.next_colour(project)}
    form = NewThemeForm(request.POST or None, languages=project.languages, initial=initial)
    theme = apply_or_report(
        form,
        lambda: codebook.add_theme(project=project, by=request.user, **form.cleaned_data),
        field="name",
    )
    if theme is not None:
        messages.success(request, _("The theme is added. Now give it some codes."))
        return _to_tree(project, theme)
    return form_page(
        request,
        form,
        title=_("Add a theme"),
        lead=_(
            "A theme is a group of codes that residents will read about, such as "
            "“Parks and open spaces”."
        ),
        submit=_("Add the theme"),
        **_around(project),
    )


@project_view(may="themes.codebook")
def code_add(request: TeamRequest, project: Project) -> HttpResponse:
    """Add a code, from the tree or from the coding screen."""
    form = NewCodeForm(
        request.POST or None,
        languages=project.languages,
        themes=Theme.objects.of(project).themes().order_by("position", "pk"),
        initial={"parent": request.GET.get("parent", "")},
    )
    from_screen = QueuePlaceForm(request.GET)
    from_screen.is_valid()
    comment = from_screen.cleaned_data.get("comment")
    ticked = from_screen.cleaned_data.get("code") or []
    code = apply_or_report(
        form,
        lambda: codebook.add_code(project=project, by=request.user, **form.cleaned_data),
        field="name",
    )
    if code is not None and comment:
        query = {"comment": comment, "code": [*ticked, code.uuid]}
        return redirect_to(project, "themes:coding", query=query)
    if code is not None:
        messages.success(request, _("The code is added."))
        return _to_tree(project, code)
    around, submit = _around(project), _("Add the code")
    if comment:
        submit = _("Add the code and go back to the comment")
        query = {"comment": comment, "code": ticked}
        around["cancel_url"] = url_for(project, "themes:coding", query=query)
    return form_page(
        request,
        form,
        title=_("Add a code"),
        lead=_("A code is a short label for one thing people say. A comment may carry several."),
        submit=submit,
        **around,
    )


@project_view(may="themes.codebook")
def theme_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Rename, define or recolour a theme or code."""
    theme = _found(project, uuid)
    form = _change_form(request, project, theme)
    changed = apply_or_report(
        form,
        lambda: codebook.change_theme(theme=theme, by=request.user, **form.cleaned_data),
        field="name",
    )
    if changed is not None:
        messages.success(request, _("The change is saved."))
        return _to_tree(project, theme)
    return form_page(
        request,
        form,
        title=heading_about(_("Change “%(name)s”"), theme),
        submit=_("Save the change"),
        **_around(project, theme),
    )


def _change_form(request: TeamRequest, project: Project, theme: Theme) -> ThemeForm | CodeForm:
    """Return the form of what can be changed of a theme or code."""
    initial = {"name": theme.name, "definition": theme.definition}
    said: dict[str, Any] = {"data": request.POST or None, "languages": project.languages}
    if theme.is_theme:
        return ThemeForm(**said, initial={**initial, "colour": theme.colour})
    keys = {code.key: code for code in Theme.objects.of(project).codes().exclude(key="")}
    return CodeForm(**said, themes=None, keys=keys, initial={**initial, "key": theme.key})


@project_view(may="themes.codebook")
def code_move(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put a code under another theme."""
    code = _found(project, uuid)
    themes = Theme.objects.of(project).themes().order_by("position", "pk")
    initial = {"parent": code.parent.uuid if code.parent else ""}
    form = CodeMoveForm(request.POST or None, themes=themes, initial=initial)
    moved = apply_or_report(
        form, lambda: codebook.move_code(code=code, by=request.user, **form.cleaned_data)
    )
    if moved is not None:
        messages.success(request, _("The code is moved."))
        return _to_tree(project, code)
    return form_page(
        request,
        form,
        title=heading_about(_("Move “%(name)s”"), code),
        note=_("Its comments move with it: they count for the theme it is under."),
        submit=_("Move the code"),
        **_around(project, code),
    )


@project_view(may="themes.codebook")
@require_POST
def theme_shift(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Move a theme or code one place up or down."""
    theme = _found(project, uuid)
    steps = -1 if request.POST.get("way") == "up" else 1
    # Back to the button that was pressed, so that it can be pressed again.
    place = f"{'up' if steps < 0 else 'down'}-{theme.uuid}"
    if apply_or_warn(
        request, lambda: codebook.shift_theme(theme=theme, steps=steps, by=request.user)
    ):
        number, among = standing_of_theme(theme)
        told = _("“%(name)s” is now number %(number)s of %(among)s.")
        about = {"name": theme.name, "number": number, "among": among}
        messages.success(request, told % about, extra_tags=place)
    return redirect_to(project, "themes:theme_tree", place=place)


@project_view(may="themes.codebook")
def theme_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Ask once, then remove a theme or code that nothing rests on."""
    theme, refused = _found(project, uuid), ""
    if request.method == "POST":
        try:
            version = number_sent(request, "version")
            codebook.remove_theme(theme=theme, version=version, by=request.user)
            messages.success(request, _("It is removed."))
            return redirect_to(project, "themes:theme_tree")
        except ChangedSince as refusal:
            messages.error(request, str(refusal))
            return redirect_to(project, "themes:theme_remove", uuid=uuid)
        except Refusal as refusal:
            refused = str(refusal)
    context = {
        "project": project,
        "theme": theme,
        "refused": refused,
        "crumbs": theme_crumbs(project, theme),
    }
    return render(request, "themes/theme_remove.html", context, status=409 if refused else 200)
