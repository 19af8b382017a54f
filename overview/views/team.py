"""The team's overview: where each stage stands and the next thing to do, in words."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from coproduction.projects.access import allowed
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, url_for
from coproduction.projects.queries.complaint import complaints_waiting
from coproduction.projects.queries.letter import letters_to_decide
from coproduction.ui.numbers import format_number
from engagements.queries.hint import ToLookAt, count_to_look_at
from engagements.queries.hold import holds_waiting
from overview.context import STAGES
from overview.queries.next_steps import Step, next_step, stages
from overview.queries.retention import notice_waiting

# Each figure of a stage, as it follows its number.
FIGURES = {
    "engagements_held": ngettext_lazy("engagement held", "engagements held"),
    "people_heard": ngettext_lazy("person heard", "people heard"),
    "comments": ngettext_lazy("comment", "comments"),
    "themes": ngettext_lazy("theme", "themes"),
    "codes": ngettext_lazy("code", "codes"),
    "comments_to_code": ngettext_lazy("comment to code", "comments to code"),
    "workshops": ngettext_lazy("workshop", "workshops"),
    "actions_written": ngettext_lazy("action written", "actions written"),
    "seats": ngettext_lazy("seat", "seats"),
    "meetings": ngettext_lazy("meeting", "meetings"),
    "actions_agreed": ngettext_lazy("action agreed", "actions agreed"),
    "editions": ngettext_lazy("edition published", "editions published"),
}


@dataclass(frozen=True)
class StageWords:
    """A next step as it is said: the sentence, the words of its link, and the page it opens."""

    sentence: Any
    link: Any
    page: str


STEPS = {
    "read_texts": StageWords(
        _("Read the texts that came along: they were written for another project."),
        _("Read them"),
        "overview:begun_from",
    ),
    "say_scope": StageWords(
        _("Say what this project can change, and what it can’t."),
        _("Open the settings"),
        "projects:settings_page",
    ),
    "write_questions": StageWords(
        _("Write the questions you will ask."),
        _("Write the questions"),
        "engagements:questions",
    ),
    "log_engagements": StageWords(
        ngettext_lazy(
            "%(number)s engagement has taken place and is not logged yet.",
            "%(number)s engagements have taken place and are not logged yet.",
            "count",
        ),
        _("Log what happened"),
        "engagements:engagement_list",
    ),
    "plan_engagement": StageWords(
        _("Plan the next place to listen."),
        _("Plan an engagement"),
        "engagements:engagement_plan",
    ),
    "make_codes": StageWords(
        _("Make the first codes."), _("Open the codebook"), "themes:theme_tree"
    ),
    "code_comments": StageWords(
        ngettext_lazy(
            "%(number)s comment waits to be coded.",
            "%(number)s comments wait to be coded.",
            "count",
        ),
        _("Code comments"),
        "themes:coding",
    ),
    "write_findings": StageWords(
        _("Write what you heard on each theme."), _("Open themes"), "themes:theme_tree"
    ),
    "check_findings": StageWords(
        _("Check quotes and findings."), _("Open themes"), "themes:theme_tree"
    ),
    "plan_workshop": StageWords(
        _("Plan the first workshop."), _("Plan a workshop"), "workshops:workshop_plan"
    ),
    "write_actions": StageWords(
        _("Write what the tables proposed as actions."),
        _("Open actions"),
        "workshops:action_list",
    ),
    "seat_group": StageWords(_("Seat the steering group."), _("Add a seat"), "steering:seat_list"),
    "decide": StageWords(
        ngettext_lazy(
            "%(number)s wording waits for a decision.",
            "%(number)s wordings wait for a decision.",
            "count",
        ),
        _("See what waits"),
        "steering:home",
    ),
    "open_rounds": StageWords(
        _("Put the next wordings to the group."), _("Choose wordings"), "steering:rounds_open"
    ),
    "pass_gate": StageWords(
        _("See what stands in the way of publishing."), _("Open the gate"), "plan:gate"
    ),
    "read_plan": StageWords(
        _("Read the plan as the public sees it."), _("Open the plan"), "plan:plan"
    ),
}


def _in_words(step: Step, project: Project) -> dict[str, object]:
    """Say a step: its text, its action and the address of it."""
    wording = STEPS[step.name]
    numbers = {"count": step.count, "number": format_number(step.count)}
    return {
        "text": str(wording.sentence % numbers),
        "action": wording.link,
        "url": url_for(project, wording.page),
    }


def _letters_lost(project: Project, roles: frozenset[str]) -> str:
    """Say how many letters wait for somebody with these roles to decide; nothing for none."""
    lost = letters_to_decide(project).count() if allowed(roles, "project.manage") else 0
    sentence = ngettext(
        "%(number)s letter did not arrive, or may not have.",
        "%(number)s letters did not arrive, or may not have.",
        lost,
    )
    return sentence % {"number": format_number(lost)} if lost else ""


def _answers_on_hold(project: Project, roles: frozenset[str]) -> str:
    """Say how many answers wait for somebody with these roles to look; nothing for none."""
    waiting = holds_waiting(project) if allowed(roles, "comments.withhold") else 0
    sentence = ngettext(
        "%(number)s answer to a survey is on hold. It counts nowhere until you let it in.",
        "%(number)s answers to surveys are on hold. They count nowhere until you let them in.",
        waiting,
    )
    return sentence % {"number": format_number(waiting)} if waiting else ""


def _hints(project: Project, roles: frozenset[str]) -> dict[str, str]:
    """Say how many comments wait for somebody with these roles to look, and which first."""
    if not (allowed(roles, "concerns.resolve") or allowed(roles, "comments.withhold")):
        return {}
    found = count_to_look_at(project)
    return {"at_risk": _at_risk(found, roles), "to_look_at": _to_look_at(found, roles)}


def _at_risk(to_look_at: ToLookAt, roles: frozenset[str]) -> str:
    """Say in how many comments somebody may be at risk, to those who can see to it."""
    found = to_look_at.at_risk if allowed(roles, "concerns.resolve") else 0
    sentence = ngettext(
        "In %(number)s comment somebody may be at risk. Read it now.",
        "In %(number)s comments somebody may be at risk. Read them now.",
        found,
    )
    return sentence % {"number": format_number(found)} if found else ""


def _to_look_at(to_look_at: ToLookAt, roles: frozenset[str]) -> str:
    """Say how many comments wait for somebody with these roles to look; nothing for none."""
    marked = to_look_at.marked if allowed(roles, "comments.withhold") else 0
    sentence = ngettext(
        "%(number)s comment may tell who somebody is. It can't be quoted until you have looked.",
        "%(number)s comments may tell who somebody is. They can't be quoted until you have looked.",
        marked,
    )
    return sentence % {"number": format_number(marked)} if marked else ""


def _due(project: Project, roles: frozenset[str]) -> dict[str, Any]:
    """Return what is due by a day, of what somebody with these roles may see to."""
    due: dict[str, Any] = {"complaints": None, "notice": None, "goes": 0}
    if allowed(roles, "complaints.answer"):
        due["complaints"] = complaints_waiting(project)
    if allowed(roles, "project.manage") and (notice := notice_waiting(project)):
        due |= {"notice": notice, "goes": sum(notice.counts.values())}
    return due


@project_view(may="team.view")
def team(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the team where each stage stands, and the next thing to do."""
    labels = {app: (label, page) for app, label, page in STAGES}
    found = stages(project, request.roles)
    step = next_step(found, request.roles)
    cards = []
    for stage in found:
        label, page = labels[stage.app]
        cards.append(
            {
                "label": label,
                "url": url_for(project, page),
                "has_begun": stage.has_begun,
                "figures": [
                    {"name": name, "number": number, "words": FIGURES[name] % number}
                    for name, number in stage.figures.items()
                ],
                "step": _in_words(stage.step, project),
                "may": allowed(request.roles, stage.step.capability),
            }
        )
    context = {
        "project": project,
        "cards": cards,
        "next_step": _in_words(step, project) if step else None,
        "answers_on_hold": _answers_on_hold(project, request.roles),
        **_hints(project, request.roles),
        "letters_lost": _letters_lost(project, request.roles),
        **_due(project, request.roles),
    }
    return render(request, "overview/team.html", context)
