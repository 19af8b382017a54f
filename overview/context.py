"""What every page of a project shows around its own content: the ways to go, and the place."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduction.projects.access import allowed
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for

# Each stage's app, its name, and the page it opens on; in the order of the work.
STAGES = (
    ("engagements", gettext_lazy("Listening"), "engagements:engagement_list"),
    ("themes", gettext_lazy("Themes"), "themes:theme_tree"),
    ("workshops", gettext_lazy("Workshops"), "workshops:workshop_list"),
    ("steering", gettext_lazy("Steering group"), "steering:home"),
    ("plan", gettext_lazy("Plan"), "plan:editor"),
)

# Where somebody begins, by what they may; whoever only types begins there.
_BEGINS = (("team.view", "overview:team"), ("steering.view", "steering:home"))

# The pages that stand under a way of the menu, by how their names begin.
_UNDER = {
    "projects:people": ("projects:member_",),
    "projects:settings_page": (
        *("projects:letter", "projects:periods", "projects:complaint_", "overview:retention"),
        *("overview:kept_record", "overview:project_archive"),
    ),
}


def _link(label: str, name: str, project: Project, at: str) -> dict[str, object]:
    """Return a way to go: its words, its address, and whether it is where we are."""
    return {"label": label, "url": url_for(project, name), "current": _is_under(name, at)}


def _is_under(way: str, at: str) -> bool:
    """Say whether a page is the one that a way leads to, or stands under it."""
    return at == way or at.startswith(_UNDER.get(way, ()))


def _team(project: Project, roles: frozenset[str], here: str, at: str) -> dict[str, object]:
    """Return the frame of a team page: only ways this person may go."""
    stages = [
        {"label": label, "url": url_for(project, page), "current": here == stage}
        for stage, label, page in STAGES
        if allowed(roles, f"{stage}.view")
    ]
    nav = []
    if allowed(roles, "team.view"):
        nav.append(_link(_("Overview"), "overview:team", project, at))
    if allowed(roles, "project.manage"):
        nav.append(_link(_("People"), "projects:people", project, at))
        nav.append(_link(_("Settings"), "projects:settings_page", project, at))
    if allowed(roles, "passes.manage"):
        nav.append(_link(_("Passes"), "projects:pass_list", project, at))
    if allowed(roles, "audit.view"):
        nav.append(_link(_("History"), "overview:audit_trail", project, at))
    nav.append(_link(_("Public pages"), "overview:project_home", project, at))
    # Somebody with one stage only needs no way between them.
    around: dict[str, object] = {"stages": stages if len(stages) > 1 else [], "nav": nav}
    settings_page = "projects:settings_page"
    if allowed(roles, "project.manage") and at != settings_page and _is_under(settings_page, at):
        # A page with a longer way back says its own.
        around["crumbs"] = [{"label": _("Settings"), "url": url_for(project, settings_page)}]
    return around


def _public(project: Project, at: str) -> dict[str, object]:
    """Return the frame of a public page: the same for everyone."""
    return {
        "nav": [
            _link(_("What we heard"), "themes:what_we_heard", project, at),
            _link(_("The plan"), "plan:plan", project, at),
            _link(_("My comment"), "plan:follow", project, at),
        ],
        "footer_text": _("Made with the people of %(place)s.") % {"place": project.place},
        "footer_links": [
            _link(_("Figures and their sources"), "plan:figures", project, at),
            _link(_("Check the record"), "projects:trail", project, at),
            _link(_("Accessibility"), "overview:accessibility", project, at),
            _link(_("Privacy"), "overview:privacy", project, at),
            {"label": _("For the team"), "url": reverse("account_login"), "current": False},
        ],
    }


def landing_page(roles: frozenset[str]) -> str:
    """Name the page on which somebody with these roles begins."""
    for capability, page in _BEGINS:
        if allowed(roles, capability):
            return page
    return "engagements:entry_home"


def frame(request: HttpRequest) -> dict[str, object]:
    """Give a project's page its frame; any page knows where a person keeps their name."""
    project: Project | None = getattr(request, "project", None)
    person_url = reverse("projects:person")
    if project is None:
        return {"person_url": person_url}
    match = request.resolver_match
    at = match.view_name if match else ""
    roles: frozenset[str] | None = getattr(request, "roles", None)
    home = "overview:project_home" if roles is None else landing_page(roles)
    around: dict[str, object] = {
        "place": project.place,
        "home_url": url_for(project, home),
        "page_languages": project.languages,
        "person_url": person_url,
    }
    if project.is_invented:
        around["invented"] = _(
            "%(place)s is an invented place. Every voice here was written for this sample."
        ) % {"place": project.place}
    if roles is None:
        return around | _public(project, at)
    return around | _team(project, roles, _stage_of(at), at)


# Pages of an earlier stage than the app that has them, by what their names begin with:
# organisations are named when actions are designed, and what was said is listened to.
_EARLIER = {
    "projects:organisation_": "workshops",
    "themes:comment_list": "engagements",
    "themes:comment_filters": "engagements",
    "themes:comments_change": "engagements",
    "themes:view_": "engagements",
}


def _stage_of(page: str) -> str:
    """Return the stage of a page: its app's, or an earlier one."""
    earlier = (stage for begins, stage in _EARLIER.items() if page.startswith(begins))
    return next(earlier, page.partition(":")[0])
