"""Pages for signing in, for a person's own details, and for a project's settings."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects import services
from coproduction.projects.access import allowed, roles_of
from coproduction.projects.demo import demo_view, is_demo, kept_mail
from coproduction.projects.forms import InviteForm, PersonForm, ProjectForm
from coproduction.projects.letters import letter_states
from coproduction.projects.models import AuditEntry, Membership, Project, User
from coproduction.projects.pages import TeamRequest, project_view, site_view
from coproduction.projects.refusals import Refusal


class _SignIn(allauth_views.RequestLoginCodeView):
    """Asks for an address; in demo mode also lists the sample people."""

    template_name = "projects/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the sample people, where they may be shown."""
        context = super().get_context_data(**kwargs)
        if is_demo(self.request):
            context["sample_people"] = (
                User.objects.filter(is_sample=True)
                .prefetch_related("memberships__project")
                .order_by("pk")
            )
        return context


class _Code(allauth_views.ConfirmLoginCodeView):
    """Asks for the code that was sent."""

    template_name = "projects/sign_in_code.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say where the kept mail can be read, in demo mode."""
        context = super().get_context_data(**kwargs)
        context["demo"] = is_demo(self.request)
        return context


_sign_in = _SignIn.as_view()
_code = _Code.as_view()


@site_view(may="anyone")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address and send a code to it, if it is somebody's."""
    return _sign_in(request)


@site_view(may="anyone")
def sign_in_code(request: HttpRequest) -> HttpResponseBase:
    """Check the code. One that is over, or was used, is answered with what to do."""
    response = _code(request)
    over = response.status_code == 302 and not request.user.is_authenticated
    if over and request.method == "POST" and request.POST.get("action") != "resend":
        messages.error(request, _("That code no longer works. Ask for a new one."))
    return response


@site_view(may="anyone")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out."""
    return allauth_views.logout(request)


@demo_view
@require_POST
def demo_sign_in(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Sign in as a sample person with one click."""
    user = get_object_or_404(User, uuid=uuid, is_sample=True, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("overview:projects")


@demo_view
def mail(request: HttpRequest) -> HttpResponse:
    """Show the mail that was kept instead of sent."""
    return render(request, "projects/mail.html", {"mails": kept_mail()})


@site_view(may="signed-in")
def person(request: HttpRequest) -> HttpResponse:
    """Let a person say what they are called, and which language they prefer."""
    user = get_object_or_404(get_user_model(), pk=request.user.pk)
    form = PersonForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        services.change_person(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("projects:person")
    return render(request, "projects/person.html", {"form": form})


@project_view(may="project.manage")
def settings_page(request: TeamRequest, project: Project) -> HttpResponse:
    """Change what the project says of itself."""
    initial = {
        "place": project.place,
        "name": project.name,
        "scope": project.scope,
        "languages": project.languages,
        "contact_email": project.contact_email,
        "safeguarding_lead": project.safeguarding_lead,
    }
    form = ProjectForm(request.POST or None, languages=project.languages, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_project(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("projects:settings_page", project=project.slug)
    return render(request, "projects/settings_page.html", {"project": project, "form": form})


@project_view(may="project.manage")
def people(request: TeamRequest, project: Project) -> HttpResponse:
    """Show who is on the team, and invite people."""
    form = InviteForm(request.POST or None, initial={"language": project.languages[0]})
    if request.method == "POST" and form.is_valid():
        try:
            given = services.invite_member(project=project, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _invited(given))
            return redirect("projects:people", project=project.slug)
    members = User.objects.filter(memberships__project=project).distinct().order_by("email")
    page = Paginator(members.prefetch_related(_roles_in(project)), 50)
    shown = page.get_page(request.GET.get("page"))
    letters = letter_states(each.letter for user in shown for each in user.roles_here)  # type: ignore[attr-defined]
    context = {
        "project": project,
        "form": form,
        "page": shown,
        "team": [
            (user, [(each, letters[each.letter]) for each in user.roles_here])  # type: ignore[attr-defined]
            for user in shown
        ],
    }
    return render(request, "projects/people.html", context)


def _roles_in(project: Project) -> "Prefetch[str]":
    """Return how to fetch people's roles in one project along with them, as ``roles_here``."""
    roles = Membership.objects.filter(project=project).order_by("role")
    return Prefetch("memberships", roles, to_attr="roles_here")


def _invited(given: Membership) -> str:
    """Say what an invitation added to what a person did already."""
    others = Membership.objects.filter(project=given.project, user=given.user)
    before = [str(each.get_role_display()) for each in others.exclude(pk=given.pk).order_by("role")]
    about = {"name": given.user.called, "role": given.get_role_display(), "also": ", ".join(before)}
    if before:
        told = _("%(name)s was on the team already (%(also)s) and is now %(role)s as well.")
    else:
        told = _("%(name)s is invited as %(role)s.")
    return f"{told % about} {_('We are sending them an e-mail.')}"


@project_view(may="project.manage")
@require_POST
def member_invite(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Send a person's invitation once more."""
    membership = get_object_or_404(
        Membership.objects.select_related("project", "user"), project=project, uuid=uuid
    )
    services.resend_invitation(membership=membership, by=request.user)
    messages.success(
        request,
        _("We are sending %(name)s the invitation again.") % {"name": membership.user.called},
    )
    return redirect("projects:people", project=project.slug)


@project_view(may="project.manage")
def member_remove(request: TeamRequest, project: Project, uuid: str) -> HttpResponse:
    """Ask, then take a role away from a person."""
    membership = get_object_or_404(
        Membership.objects.select_related("user", "project"), project=project, uuid=uuid
    )
    people_page = reverse("projects:people", kwargs={"project": project.slug})
    if request.method != "POST":
        return render(request, "projects/member_remove.html", _leaving(request, membership))
    try:
        services.remove_member(membership=membership, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(people_page)
    messages.success(
        request,
        _("%(name)s is no longer on the team as %(role)s.")
        % {"name": membership.user.called, "role": membership.get_role_display()},
    )
    # Whoever took their own role away may no longer open the page they came from.
    stays = allowed(roles_of(request.user, project), "project.manage")
    return redirect(people_page if stays else reverse("overview:projects"))


def _leaving(request: TeamRequest, membership: Membership) -> dict[str, object]:
    """Say what somebody can no longer do once a role is taken from them."""
    project, user = membership.project, membership.user
    left = Membership.objects.filter(project=project, user=user).exclude(pk=membership.pk)
    return {
        "project": project,
        "membership": membership,
        "is_me": user == request.user,
        "left": [each.get_role_display() for each in left.order_by("role")],
        "crumbs": [
            {
                "label": _("People on the team"),
                "url": reverse("projects:people", kwargs={"project": project.slug}),
            }
        ],
    }


@project_view(may="audit.view")
def audit_trail(request: TeamRequest, project: Project) -> HttpResponse:
    """Show every change, newest first."""
    entries = AuditEntry.objects.filter(project=project).select_related("by").order_by("-number")
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    return render(request, "projects/audit_trail.html", {"project": project, "page": page})
