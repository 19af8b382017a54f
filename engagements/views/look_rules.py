"""The page of words that may mean that somebody is at risk, and of where there is help."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from engagements.forms.look_rules import LookRulesForm
from engagements.models import LookRules
from engagements.services.look_rules import change_look_rules
from engagements.views.breadcrumbs import comment_crumbs


@project_view(may="comments.withhold")
def look_rules(request: TeamRequest, project: Project) -> HttpResponse:
    """Say which words are looked out for, and what a survey says of whom to turn to."""
    rules = LookRules.of(project)
    rules.project = project
    form = LookRulesForm(request.POST if request.method == "POST" else None, rules=rules)
    changed = apply_or_report(
        form, lambda: change_look_rules(project=project, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("Saved. It holds for what is said from now on."))
        return redirect_to(project, "engagements:look_rules")
    back = url_for(project, "engagements:hint_list")
    return form_page(
        request,
        form,
        title=_("Words to look out for"),
        lead=_what_happens(project),
        note=_("A list misses much, and finds what is harmless. Read what comes in."),
        submit=_("Save"),
        crumbs=[*comment_crumbs(project), {"label": _("To look at"), "url": back}],
        cancel_url=back,
    )


def _what_happens(project: Project) -> str:
    """Say what happens when one of the words is said; never that somebody is told who is not."""
    if project.safeguarding_lead:
        return _(
            "When somebody says one of these, the safeguarding lead is told at once by e-mail, "
            "without the words. It can't be quoted until somebody has looked."
        )
    return _(
        "When somebody says one of these, it stands first on the overview, and can't be quoted "
        "until somebody has looked. Nobody is told by e-mail: no safeguarding lead is named."
    )
