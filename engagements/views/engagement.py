"""Pages of engagements: the list, one of them, planning, changing and logging it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
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
from coproduction.projects.text_templates import templates_offered
from coproduction.ui.numbers import format_number
from engagements.forms.bulk_change import EngagementCallOffForm
from engagements.forms.engagement import EngagementForm, EngagementLogForm, NewEngagementForm
from engagements.forms.engagement_filter import EngagementFilterForm
from engagements.models import Engagement
from engagements.models.choices import Level
from engagements.queries.bulk_change import state_of_list
from engagements.queries.counts import listening_totals, with_comment_counts
from engagements.queries.engagement import narrow_engagements
from engagements.queries.entry_run import entry_runs
from engagements.queries.people_heard import (
    count_people_who_answered,
    is_absurd,
    with_takes_answers,
)
from engagements.services.calling_off import call_off_with_comments
from engagements.services.engagement import (
    HasComments,
    cancel_engagement,
    change_engagement,
    comments_in_the_way,
    log_engagement,
    plan_engagement,
    revive_engagement,
)
from engagements.views.breadcrumbs import engagement_crumbs
from engagements.views.comment_lookup import tick_every_url

PER_PAGE = 50
# Each takes two lines on a phone.
ENGAGEMENTS_PER_PAGE = 25
MOST_IMPORTS = 50
MOST_RUNS = 20
_FACTS = ("title", "method", "date", "place", "area", "level", "purpose")


@project_view(may="engagements.view")
def engagement_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the engagements that fit: those waiting for a log first, then to come, then held."""
    form = EngagementFilterForm(request.GET, project=project)
    form.is_valid()
    diary = with_comment_counts(narrow_engagements(project, form.cleaned_data))
    diary = with_takes_answers(diary)
    counted = listening_totals(project)
    context = {
        "form": form,
        "narrowed_by": form.narrowed_by,
        "page": Paginator(diary, ENGAGEMENTS_PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "tiles": [
            {
                "label": ngettext("engagement held", "engagements held", counted.engagements),
                "number": counted.engagements,
            },
            {
                "label": ngettext("person heard", "people heard", counted.people_heard),
                "number": counted.people_heard,
            },
            {
                "label": ngettext("comment", "comments", counted.comments),
                "number": counted.comments,
                "url": url_for(project, "themes:comment_list"),
            },
        ],
        "may_log": may(request, "engagements.log"),
        "may_import": may(request, "comments.import"),
        "may_manage": may(request, "project.manage"),
    }
    return render(request, "engagements/engagement_list.html", context)


@project_view(may="engagements.log")
def engagement_plan(request: TeamRequest, project: Project) -> HttpResponse:
    """Put an engagement in the diary, or log one that was held."""
    offer = templates_offered(request, project, Engagement)
    like = _named(project, request.GET.get("like", ""))
    form = NewEngagementForm(
        request.POST if request.method == "POST" else None,
        initial=_copied(like) if like else offer.initial,
    )
    planned = apply_or_report(
        form,
        lambda: plan_engagement(project=project, by=request.user, **form.cleaned_data),
        field="date",
    )
    if planned is not None:
        if "another" in request.POST:
            messages.success(request, _("“%(title)s” is saved.") % {"title": planned.title})
            return redirect_to(project, "engagements:engagement_plan")
        return redirect_to(project, "engagements:engagement", uuid=planned.uuid)
    return form_page(
        request,
        form,
        title=_("Plan an engagement"),
        submit=_("Save the engagement"),
        second=_("Save and add another"),
        second_name="another",
        note=_("Begun as a copy. Say when it is.") if like else "",
        crumbs=engagement_crumbs(project),
        cancel_url=url_for(project, "engagements:engagement_list"),
        **offer.context,
    )


def _named(project: Project, uuid: str) -> Engagement | None:
    """Return the engagement that an address names to be copied; None where there is none."""
    try:
        found: Engagement | None = Engagement.objects.of(project).filter(uuid=UUID(uuid)).first()
    except ValueError:
        return None
    return found


def _copied(found: Engagement) -> dict[str, Any]:
    """Return what a copy of an engagement begins with: all but its day and what came of it."""
    return {name: getattr(found, name) for name in _FACTS if name != "date"}


@project_view(may="engagements.view")
def engagement(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show an engagement: what is known of it, what comes next, and what was said."""
    found = _found(project, uuid)
    comments = found.comments.visible().select_related("question", "submission")
    page = Paginator(comments, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "engagement": found,
        "crumbs": engagement_crumbs(project),
        "page": page,
        "today": timezone.localdate(),
        "figures": _figures(found, page.paginator.count),
        "may_log": may(request, "engagements.log"),
        "may_import": may(request, "comments.import"),
        "may_take_out": may(request, "comments.take_out"),
        "imports": found.imports.all()[:MOST_IMPORTS] if may(request, "comments.import") else [],
        "runs": entry_runs(found, MOST_RUNS) if may(request, "engagements.log") else [],
        "next_step": _next_step(request, found, page.paginator.count),
    }
    if may(request, "comments.withhold"):
        context |= _ticks(request, found, page.paginator.count)
    return render(request, "engagements/engagement.html", context)


def _ticks(request: TeamRequest, found: Engagement, number: int) -> dict[str, Any]:
    """Return what a list with boxes to tick carries of an engagement's comments."""
    own = {"engagement": found.uuid, "number": number}
    return {
        "ticks": state_of_list(request.project) | own,
        "every_ticked": request.GET.get("ticked") == "page",
        "tick_every_url": tick_every_url(request),
        "may_withhold": True,
    }


def _figures(found: Engagement, heard: int) -> list[dict[str, Any]]:
    """Return the facts beside an engagement's comments."""
    level = Level(found.level)
    facts: list[dict[str, Any]] = [
        {"label": _("Method"), "value": found.get_method_display()},
        {"label": _("Area"), "value": found.area},
        {"label": _("How much say people have"), "value": f"{level.label}: {level.means}"},
        {"label": _("People heard"), "value": found.people_heard if found.is_held else ""},
        {"label": _("Helpers"), "value": _number(found.helpers)},
        {"label": _("Hours they gave"), "value": _number(found.hours)},
        {"label": _("Costs"), "value": "" if found.costs is None else f"£{found.costs:.2f}"},
        {"label": _("Comments"), "value": heard},
    ]
    return [fact for fact in facts if fact["value"] != ""]


def _number(value: int | Decimal | None) -> str:
    """Return a number as pages show it; nothing where nobody said."""
    return "" if value is None else format_number(float(value))


def _next_step(request: TeamRequest, found: Any, heard: int) -> dict[str, str] | None:
    """Say the one next thing to do; nothing for those who may not do it."""
    if not may(request, "engagements.log"):
        return None
    project = request.project
    if found.is_planned and found.date <= timezone.localdate() and not found.takes_answers:
        url = url_for(project, "engagements:engagement_log", uuid=found.uuid)
        text = _("Say how many people were heard.")
        return {"text": text, "url": url, "action": _("Log the engagement")}
    if found.is_held and is_absurd(people=found.people_heard, comments=heard):
        url = url_for(project, "engagements:engagement_log", uuid=found.uuid)
        text = _("%(comments)s comments, and people heard: %(people)s. Is that right?") % {
            "comments": format_number(heard),
            "people": format_number(found.people_heard),
        }
        return {"text": text, "url": url, "action": _("Put the number right")}
    if found.is_held and not heard:
        url = url_for(project, "engagements:submission_type", uuid=found.uuid)
        return {"text": _("Type what people said."), "url": url, "action": _("Type comments")}
    return None


@project_view(may="engagements.log")
def engagement_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right the facts of an engagement, held or still to come."""
    found = _found(project, uuid)
    data = request.POST if request.method == "POST" else None
    form = EngagementForm(data, initial={name: getattr(found, name) for name in _FACTS})
    words = {"title": _("Change the engagement"), "submit": _("Save the changes")}
    return _change(request, found, form, change_engagement, **words)


@project_view(may="engagements.log")
def engagement_log(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say that an engagement was held, when, and how many people were heard."""
    found = _found(project, uuid)
    data = request.POST if request.method == "POST" else None
    known = {"people_heard": found.people_heard} if found.is_held else {}
    answered = count_people_who_answered(found)
    took = {name: getattr(found, name) for name in ("helpers", "hours", "costs")}
    begun = {"date": found.date, **known, **took}
    form = EngagementLogForm(data, answered=answered, initial=begun)
    words = {"title": _("Log the engagement"), "submit": _("Save the log")}
    return _change(request, found, form, log_engagement, **words)


def _change(
    request: TeamRequest,
    found: Engagement,
    form: Form,
    change: Callable[..., object],
    **words: str,
) -> HttpResponse:
    """Change an engagement as its form says and go back to it; show the form until that is done."""
    if apply_or_report(
        form,
        lambda: change(engagement=found, by=request.user, **form.cleaned_data),
        field="date",
    ):
        return redirect_to(request.project, "engagements:engagement", uuid=found.uuid)
    # Read again: a refused change has left its mark on the row that was to be changed.
    crumbs = engagement_crumbs(request.project, _found(request.project, found.uuid))
    cancel_url = url_for(request.project, "engagements:engagement", uuid=found.uuid)
    return form_page(request, form, crumbs=crumbs, cancel_url=cancel_url, **words)


@project_view(may="engagements.log")
@require_POST
def engagement_cancel(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Call off an engagement that was planned; it stays in the list."""
    found = _found(project, uuid)
    version = number_sent(request, "version")
    try:
        cancel_engagement(engagement=found, version=version, by=request.user)
    except HasComments as refusal:
        if may(request, "comments.withhold"):
            return redirect_to(project, "engagements:engagement_call_off", uuid=uuid)
        messages.error(request, str(refusal))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect_to(project, "engagements:engagement", uuid=uuid)


@project_view(may="comments.withhold")
def engagement_call_off(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Ask what becomes of what people said, then call the engagement off with it."""
    found = _found(project, uuid)
    number = comments_in_the_way(found).count()
    data = request.POST if request.method == "POST" else None
    form = EngagementCallOffForm(data, engagement=found, number=number)
    done = apply_or_report(
        form,
        lambda: call_off_with_comments(
            engagement=found,
            to=form.to,
            number=form.cleaned_data["number"] or 0,
            by=request.user,
        ),
    )
    if done is not None:
        messages.success(
            request,
            _(
                "It is called off. To take that back, put it back in the diary, then undo the "
                "change in “Changes to many comments”."
            ),
        )
        return redirect_to(project, "engagements:engagement", uuid=uuid)
    text = ngettext(
        "People said %(number)s thing here that counts. Leave it as it is with Cancel.",
        "People said %(number)s things here that count. Leave it as it is with Cancel.",
        number,
    )
    return form_page(
        request,
        form,
        title=_("Call it off"),
        eyebrow=found.title,
        id="call-off",
        note=text % {"number": format_number(number)},
        submit=_("Call it off"),
        crumbs=engagement_crumbs(project, found),
        cancel_url=url_for(project, "engagements:engagement", uuid=uuid),
    )


@project_view(may="engagements.log")
@require_POST
def engagement_revive(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put an engagement that was called off back in the diary."""
    found, version = _found(project, uuid), number_sent(request, "version")
    apply_or_warn(
        request, lambda: revive_engagement(engagement=found, version=version, by=request.user)
    )
    return redirect_to(project, "engagements:engagement", uuid=uuid)


def _found(project: Project, uuid: UUID) -> Engagement:
    """Return one of the project's engagements, or 404."""
    there = with_takes_answers(Engagement.objects.of(project).select_related("project"))
    found: Engagement = get_object_or_404(there, uuid=uuid)
    return found
