"""The group's own page: what waits for whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, url_for
from steering.queries.decision import decisions_for_member, decisions_sent_back
from steering.queries.group import group_of
from steering.queries.meeting import next_meeting
from steering.queries.round import (
    UndecidedRound,
    count_candidates,
    rounds_for_member,
    undecided_rounds,
)


@project_view(may="steering.view")
def home(request: TeamRequest, project: Project) -> HttpResponse:
    """Show a member what waits for their answer, and the chair what waits for a decision."""
    convenes = may(request, "steering.convene")
    answers = may(request, "rounds.respond")
    opens = may(request, "rounds.open")
    open_rounds = undecided_rounds(project) if convenes or not answers else []
    ready = [each for each in open_rounds if each.can_be_decided]
    never_asked, due = count_candidates(project) if opens else (0, 0)
    return render(
        request,
        "steering/home.html",
        {
            "project": project,
            "answers": answers,
            "convenes": convenes,
            "opens": opens,
            "own_rounds": rounds_for_member(project, request.user),
            "decided": decisions_for_member(project, request.user) if answers else [],
            "sent_back": decisions_sent_back(project) if may(request, "actions.write") else [],
            "ready": ready,
            "still_open": [each for each in open_rounds if not each.can_be_decided],
            "meeting": next_meeting(project),
            "never_asked": never_asked,
            "due": due,
            "group": group_of(project) if convenes else None,
            "next_step": _next_step(project, ready, never_asked, due) if opens else None,
        },
    )


def _next_step(
    project: Project, ready: list[UndecidedRound], never_asked: int, due: int
) -> dict[str, str] | None:
    """Return the chair's next thing to do here: decide, then ask, then look again."""
    number = len(ready) or never_asked or due
    if not number:
        return None
    url, action = url_for(project, "steering:rounds_open"), _("Choose what to ask")
    if ready:
        url = url_for(project, "steering:round", uuid=ready[0].round.uuid)
        action = _("Look at the first one")
        text = ngettext(
            "%(number)d action is ready for a decision",
            "%(number)d actions are ready for a decision",
            number,
        )
    elif never_asked:
        text = ngettext(
            "%(number)d action has not been put to the group",
            "%(number)d actions have not been put to the group",
            number,
        )
    else:
        text = ngettext(
            "%(number)d agreed action is to be looked at again",
            "%(number)d agreed actions are to be looked at again",
            number,
        )
    return {"text": text % {"number": number}, "url": url, "action": action}
