"""Pages for signing in and out."""

from http import HTTPStatus

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import redirect_to_pending_stage
from allauth.account.stages import LoginByCodeStage, LoginStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.demo import demo_view, is_demo
from coproduction.projects.forms.sign_in import SignInCodeForm, SignInForm
from coproduction.projects.known_browser import remember_browser
from coproduction.projects.models import User
from coproduction.projects.pages import site_view
from coproduction.projects.services.sign_ins import note_signed_in, note_wrong_code
from coproduction.projects.sign_in import may_ask_for_code, send_code
from coproduction.projects.single_sign_on import is_single_sign_on
from coproduction.projects.unsent import has_unsent

# What the button sends by which a new code is asked for.
_ANOTHER_CODE = "another-code"


class _SignIn(allauth_views.RequestLoginCodeView):
    """Asks for an address; in demo mode also lists the sample people."""

    template_name = "projects/sign_in.html"

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """Let somebody who waits for a code ask for another, or mend the address they typed."""
        if stage.key == LoginByCodeStage.key:
            return None
        return redirect_to_pending_stage(request, stage)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Write a letter with a code, or say that there were too many."""
        email = form.cleaned_data["email"]
        if not may_ask_for_code(self.request, email):
            form.add_error("email", get_adapter().validation_error("too_many_login_attempts"))
            answer: HttpResponse = self.form_invalid(form)
            answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
            return answer
        send_code(self.request, email)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the sample people, where they may be shown."""
        context = super().get_context_data(**kwargs)
        context["something_waits"] = has_unsent(self.request)
        if is_single_sign_on():
            there = reverse("openid_connect_login", kwargs={"provider_id": settings.OIDC_ID})
            context["provider"] = settings.OIDC_NAME
            context["provider_url"] = self.passthrough_next_url(there)
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

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Check a code; or send another to the same address, which takes the place of the first."""
        if request.POST.get("action") != _ANOTHER_CODE:
            answer: HttpResponseBase = super().post(request, *args, **kwargs)
            return answer
        email = str(self._process.state["email"])
        if may_ask_for_code(request, email):
            send_code(request, email)
            messages.success(
                request,
                _(
                    "If that address is on a team, a new code is on its way. "
                    "The one before no longer works."
                ),
            )
        else:
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
        return HttpResponseRedirect(
            self.passthrough_next_url(reverse("account_confirm_login_code"))
        )

    def form_valid(self, form: SignInCodeForm) -> HttpResponse:
        """Sign in whoever has the address, now that the code is right."""
        user = User.objects.who_signs_in_at(self._process.state["email"])
        if user is None:  # Nobody was sent it: it was guessed.
            form.add_error("code", get_adapter().validation_error("incorrect_code"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        # Known to allauth from here on; see projects/sign_in.py.
        self._process._user = user
        answer: HttpResponse = self._process.finish(self.get_next_url())
        if self.request.user.is_authenticated:
            remember_browser(self.request, answer, user.email)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Note that a code was wrong, whosever address it was typed for."""
        note_wrong_code(str(self._process.state.get("email", "")))
        response: HttpResponse = super().form_invalid(form)
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say where the code went; in demo mode, where the kept mail can be read."""
        context = super().get_context_data(**kwargs)
        context["demo"] = is_demo(self.request)
        context["another_code"] = {"action": _ANOTHER_CODE} | (
            {"next": following} if (following := self.get_next_url()) else {}
        )
        context["another_address_url"] = self.passthrough_next_url(reverse("account_login"))
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
    on_to_second_step = response.get("Location") == reverse("mfa_authenticate")
    goes_on = request.user.is_authenticated or on_to_second_step
    over = response.status_code == 302 and not goes_on
    if over and request.method == "POST" and request.POST.get("action") != _ANOTHER_CODE:
        messages.error(request, _("That code no longer works. Ask for a new one."))
    return response


@site_view(may="anyone")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the person's session, as allauth does."""
    return allauth_views.logout(request)


@demo_view
@require_POST
def demo_sign_in(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Sign in as a sample person with one click."""
    user = get_object_or_404(User, uuid=uuid, is_sample=True, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    note_signed_in(user)
    return redirect("overview:projects")
