"""Pages for signing in and out."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.demo import demo_view, is_demo
from coproduction.projects.models import User
from coproduction.projects.pages import site_view
from coproduction.projects.unsent import has_unsent


class _SignIn(allauth_views.RequestLoginCodeView):
    """Asks for an address; in demo mode also lists the sample people."""

    template_name = "projects/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the sample people, where they may be shown."""
        context = super().get_context_data(**kwargs)
        context["something_waits"] = has_unsent(self.request)
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
