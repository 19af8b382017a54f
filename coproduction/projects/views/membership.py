"""Pages of who is on the team, and of joining and leaving it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.languages.sorting import by_name
from coproduction.projects.access import allowed, roles_of
from coproduction.projects.forms.membership import FromElsewhereForm, InvitationForm
from coproduction.projects.models import Membership, Project, User
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from coproduction.projects.queries.letter import letter_states
from coproduction.projects.services.account import (
    close_members_account,
    invite_from_elsewhere,
    reopen_members_account,
)
from coproduction.projects.services.membership import (
    invite_member,
    remove_member,
    resend_invitation,
    sign_out_member,
)


@project_view(may="project.manage")
def people(request: TeamRequest, project: Project) -> HttpResponse:
    """Show who is on the team, and invite people."""
    form = InvitationForm(request.POST or None, initial={"language": project.languages[0]})
    given = apply_or_report(
        form,
        lambda: _invite(project, form.cleaned_data, by=request.user),
        field="email",
    )
    if given is not None:
        messages.success(request, _invited(given, form.cleaned_data["roles"]))
        return redirect_to(project, "projects:people")
    members = User.objects.filter(memberships__project=project).distinct()
    team = members.prefetch_related(_roles_in(project)).order_by("email")
    paginator = Paginator(by_name(team, _name_here), 50)
    page = paginator.get_page(request.GET.get("page"))
    letters = letter_states(each.letter for user in page for each in user.roles_here)  # type: ignore[attr-defined]
    context = {
        "project": project,
        "form": form,
        "page": page,
        "team": [
            (user, _name_here(user), [(each, letters[each.letter]) for each in user.roles_here])  # type: ignore[attr-defined]
            for user in page
        ],
    }
    return render(request, "projects/people.html", context, status=status_of(form))


def _name_here(user: User) -> str:
    """Return what to call somebody on the team, of whom the roles in it were fetched."""
    roles = user.roles_here  # type: ignore[attr-defined]
    return min(roles, key=lambda each: each.joined_at is None).name_shown


def _roles_in(project: Project) -> "Prefetch[str]":
    """Return how to fetch people's roles in one project along with them, as ``roles_here``."""
    roles = Membership.objects.filter(project=project).select_related("user").order_by("role")
    return Prefetch("memberships", roles, to_attr="roles_here")


def _invite(project: Project, sent: Mapping[str, Any], *, by: User) -> Membership:
    """Invite somebody to one role or to several."""
    first, *also = sent["roles"]
    about = {name: value for name, value in sent.items() if name != "roles"}
    return invite_member(project=project, role=first, also=also, by=by, **about)


def _invited(given: Membership, roles: Sequence[str]) -> str:
    """Say what an invitation added to what a person did already."""
    every = Membership.objects.filter(project=given.project, user=given.user).order_by("role")
    names = {each.role: str(each.get_role_display()) for each in every}
    about = {
        "name": given.name_shown,
        "role": ", ".join(names[role] for role in roles if role in names),
        "also": ", ".join(name for role, name in names.items() if role not in roles),
    }
    before = about["also"]
    if before:
        sentence = _("%(name)s was on the team already (%(also)s) and is now %(role)s as well.")
    else:
        sentence = _("%(name)s is invited as %(role)s.")
    return f"{sentence % about} {_('We are sending them an e-mail.')}"


@project_view(may="project.manage")
@require_POST
def member_invite(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Send a person's invitation once more."""
    membership = get_object_or_404(
        Membership.objects.select_related("project", "user"), project=project, uuid=uuid
    )
    sentence = _("We are sending %(name)s the invitation again.")
    apply_or_warn(
        request,
        lambda: resend_invitation(membership=membership, by=request.user),
        done=sentence % {"name": membership.name_shown},
    )
    return redirect_to(project, "projects:people")


@project_view(may="project.manage")
def member_from_elsewhere(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Invite somebody who came in with a project from elsewhere, by the address they use."""
    membership = get_object_or_404(
        Membership.objects.select_related("project", "user"), project=project, uuid=uuid
    )
    if not membership.user.came_along and request.method != "POST":
        return redirect_to(project, "projects:people")
    form = FromElsewhereForm(
        request.POST or None,
        initial={"email": membership.user.email if membership.user.has_address else ""},
    )
    given = apply_or_report(
        form,
        lambda: invite_from_elsewhere(membership=membership, by=request.user, **form.cleaned_data),
        field="email",
    )
    if given is not None:
        sentence = _("We are sending %(name)s the invitation.")
        messages.success(request, sentence % {"name": given.name_shown})
        return redirect_to(project, "projects:people")
    return form_page(
        request,
        form,
        title=_("Invite %(name)s") % {"name": membership.name_shown},
        lead=_("They came in with this project from elsewhere, and keep what they did there."),
        submit=_("Send the invitation"),
        crumbs=[{"label": _("People on the team"), "url": url_for(project, "projects:people")}],
        cancel_url=url_for(project, "projects:people"),
    )


@project_view(may="project.manage")
@require_POST
def member_sign_out(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Sign a person out wherever they are signed in."""
    membership = get_object_or_404(
        Membership.objects.select_related("project", "user"), project=project, uuid=uuid
    )
    sentence = _("%(name)s is signed out everywhere, and can sign in again with a new code.")
    apply_or_warn(
        request,
        lambda: sign_out_member(membership=membership, by=request.user),
        done=sentence % {"name": membership.name_shown},
    )
    return redirect_to(project, "projects:people")


@project_view(may="project.manage", again=True)
def member_remove(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Ask, then take a role away from a person."""
    membership = get_object_or_404(
        Membership.objects.select_related("user", "project"), project=project, uuid=uuid
    )
    if request.method != "POST":
        return render(request, "projects/member_remove.html", _leaving(request, membership))
    about = {"name": membership.name_shown, "role": membership.get_role_display()}
    apply_or_warn(
        request,
        lambda: remove_member(membership=membership, by=request.user),
        done=_("%(name)s is no longer on the team as %(role)s.") % about,
    )
    # Whoever took their own role away may no longer open the page they came from.
    if allowed(roles_of(request.user, project), "project.manage"):
        return redirect_to(project, "projects:people")
    return redirect("overview:projects")


def _leaving(request: TeamRequest, membership: Membership) -> dict[str, object]:
    """Say what somebody can no longer do once a role is taken from them."""
    project, user = membership.project, membership.user
    left = Membership.objects.filter(project=project, user=user).exclude(pk=membership.pk)
    return {
        "project": project,
        "membership": membership,
        "is_me": user == request.user,
        "left": [each.get_role_display() for each in left.order_by("role")],
        "crumbs": [{"label": _("People on the team"), "url": url_for(project, "projects:people")}],
    }


@project_view(may="project.manage", again=True)
def member_close(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Ask, then close the account of somebody on the team."""
    membership = get_object_or_404(
        Membership.objects.select_related("user", "project"), project=project, uuid=uuid
    )
    if request.method != "POST":
        crumbs = [{"label": _("People on the team"), "url": url_for(project, "projects:people")}]
        context = {"project": project, "membership": membership, "crumbs": crumbs}
        return render(request, "projects/member_close.html", context)
    sentence = _("The account of %(name)s is closed. We are sending them an e-mail.")
    apply_or_warn(
        request,
        lambda: close_members_account(membership=membership, by=request.user),
        done=sentence % {"name": membership.name_shown},
    )
    return redirect_to(project, "projects:people")


@project_view(may="project.manage", again=True)
@require_POST
def member_reopen(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Open an account again that a team closed."""
    membership = get_object_or_404(
        Membership.objects.select_related("user", "project"), project=project, uuid=uuid
    )
    sentence = _("The account of %(name)s is open again. We are sending them an e-mail.")
    apply_or_warn(
        request,
        lambda: reopen_members_account(membership=membership, by=request.user),
        done=sentence % {"name": membership.name_shown},
    )
    return redirect_to(project, "projects:people")
