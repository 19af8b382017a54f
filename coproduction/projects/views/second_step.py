"""Pages of the second step of signing in: what one has, setting one up, and being asked for it.

They bear the names under which allauth asks for them.
"""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from coproduction.projects.access import ASKED_FOR_SECOND_STEP, roles_anywhere
from coproduction.projects.devices import device_of, say_device
from coproduction.projects.forms.second_step import (
    AppForm,
    NewPasskeyForm,
    PasskeyForm,
    StepCodeForm,
)
from coproduction.projects.known_browser import remember_browser
from coproduction.projects.models import User
from coproduction.projects.pages import form_page, number_sent, site_view, status_of
from coproduction.projects.second_step import (
    forget_steps,
    has_second_step,
    is_asked,
    is_overdue,
    may_use_passkeys,
    note_step,
    took_second_step,
)
from coproduction.projects.services.second_step import (
    APP,
    CODES,
    PASSKEY,
    note_wrong_step,
    remove_step,
    renew_codes,
    set_up_app,
    set_up_passkey,
)

_REMOVE, _RENEW = "remove", "renew"


@site_view(may="signed-in", again=True)
def mfa_index(request: HttpRequest) -> HttpResponse:
    """Show what second steps somebody has, take one away, or make new recovery codes.

    Who has none is led here after signing in, where their role asks for one.
    """
    user = _person(request)
    if request.method == "POST":
        return _change(request, user)
    steps = Authenticator.objects.filter(user=user).order_by("created_at", "pk")
    kept = [each.wrap() for each in steps if each.type == CODES]
    rows = [(each, _name_of(each), {_REMOVE: each.pk}) for each in steps if each.type != CODES]
    wanted = is_asked() and bool(roles_anywhere(user) & ASKED_FOR_SECOND_STEP)
    context = {
        "steps": rows,
        "has_app": any(each.type == APP for each, _name, _sent in rows),
        "codes_left": sum(len(codes.get_unused_codes()) for codes in kept),
        "renew": {_RENEW: 1},
        "is_asked": wanted,
        "is_overdue": wanted and is_overdue(request),
        "due": user.second_step_due,
        "asked_of_nobody": not is_asked(),
        "may_use_passkeys": may_use_passkeys(request),
        "onward": _onward(request),
        "query": _query(request),
    }
    return render(request, "projects/mfa_index.html", context)


@site_view(may="signed-in", again=True)
def mfa_activate_totp(request: HttpRequest) -> HttpResponseBase:
    """Show the picture that an app reads, and take the first code it shows."""
    user = _person(request)
    if Authenticator.objects.filter(user=user, type=APP).exists():
        return redirect("mfa_index")
    form = AppForm(request.POST or None, user=user)
    if form.is_valid():
        set_up_app(user=user, secret=form.secret, here=_here(request))
        clear_totp_secret(request)
        return _after_set_up(request, APP)
    url = get_adapter().build_totp_url(user, form.secret)
    return form_page(
        request,
        form,
        title=_("Set up an app"),
        submit=_("Set it up"),
        template="projects/mfa_activate_totp.html",
        base="ui/base_site.html",
        # Drawn by a library of squares and numbers alone; nothing of it was typed.
        picture=mark_safe(get_adapter().build_totp_svg(url)),  # noqa: S308
        app_url=url,
        secret=[form.secret[at : at + 4] for at in range(0, len(form.secret), 4)],
        cancel_url=_index(request),
    )


@site_view(may="signed-in", again=True)
def mfa_add_webauthn(request: HttpRequest) -> HttpResponseBase:
    """Have a phone or a computer make a passkey."""
    user = _person(request)
    if not may_use_passkeys(request):
        return redirect("mfa_index")
    form = NewPasskeyForm(request.POST or None, user=user)
    if form.is_valid():
        set_up_passkey(
            user=user,
            name=say_device(*device_of(request.headers.get("User-Agent", ""))),
            credential=form.cleaned_data["credential"],
            here=_here(request),
        )
        return _after_set_up(request, PASSKEY)
    return form_page(
        request,
        form,
        title=_("Add a passkey"),
        submit=_("Make a passkey"),
        template="projects/mfa_add_webauthn.html",
        base="ui/base_site.html",
        options=begin_registration(user, passwordless=False),
        cancel_url=_index(request),
    )


@site_view(may="signed-in", again=True)
def mfa_view_recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Show recovery codes once, to be printed or written down."""
    found = Authenticator.objects.filter(user=_person(request), type=CODES).first()
    codes = found.wrap() if found else None
    if codes is None or codes.did_view:
        return redirect("mfa_index")
    codes.mark_as_viewed()
    context = {"codes": codes.get_unused_codes(), "onward": _onward(request)}
    return render(request, "projects/mfa_view_recovery_codes.html", context)


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def _authenticate(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second step between the code by e-mail and signing in."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    asked = _ask(request, user, title=_("The second step"))
    if asked is not None:
        return asked
    answer: HttpResponseBase = stage.exit()
    if request.user.is_authenticated:
        remember_browser(request, answer, user.email)
    return answer


@site_view(may="anyone")
def mfa_authenticate(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second step of somebody whose first was right."""
    return _authenticate(request)


@site_view(may="signed-in")
def mfa_reauthenticate(request: HttpRequest) -> HttpResponseBase:
    """Ask somebody for their second step once more, before what can't be undone."""
    user = _person(request)
    if not took_second_step(request) or not Authenticator.objects.filter(user=user).exists():
        return redirect(_onward(request))
    answer = _ask(request, user, title=_("Show that it is you"), again=True)
    return redirect(_onward(request)) if answer is None else answer


def _ask(
    request: HttpRequest, user: User, *, title: str, again: bool = False
) -> HttpResponse | None:
    """Answer with the page that asks for the second step; None once it was taken."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    has_passkey = PASSKEY in kinds
    sent = request.POST if request.method == "POST" else None
    is_code = sent is not None and "code" in sent
    code = StepCodeForm(sent if is_code else None, user=user, only_paper=APP not in kinds)
    passkey = PasskeyForm(None if is_code else sent, user=user, auto_id="passkey_%s")
    if sent is not None:
        form = code if is_code else passkey
        if form.is_valid():
            form.save()
            return None
        note_wrong_step(user)
    context = {
        "title": title,
        "again": again,
        "code": code if kinds - {PASSKEY} else None,
        "passkey": passkey if has_passkey else None,
        "options": begin_authentication(user) if has_passkey else None,
        "only_paper": APP not in kinds,
    }
    status = max(status_of(code), status_of(passkey))
    return render(request, "projects/mfa_authenticate.html", context, status=status)


def _change(request: HttpRequest, user: User) -> HttpResponse:
    """Take a second step away, or make new recovery codes, as a button asks for."""
    if _RENEW in request.POST:
        renew_codes(user=user)
        return redirect("mfa_view_recovery_codes")
    number = number_sent(request, _REMOVE)
    if number is not None and remove_step(user=user, number=number, here=_here(request)):
        if not has_second_step(user):
            forget_steps(request)
        messages.success(request, _("It is taken away. We are sending you an e-mail about it."))
    return redirect("mfa_index")


def _after_set_up(request: HttpRequest, kind: str) -> HttpResponse:
    """Go on to the recovery codes, where they were not shown yet."""
    note_step(request, kind)
    messages.success(request, _("It is set up. We are sending you an e-mail about it."))
    page = redirect("mfa_view_recovery_codes")
    page["Location"] += _query(request)
    return page


def _name_of(step: Any) -> str:
    """Return what a second step is called on its person's page."""
    return _("An app with codes") if step.type == APP else str(step.wrap().name)


def _person(request: HttpRequest) -> User:
    """Return who asks."""
    assert isinstance(request.user, User)
    return request.user


def _here(request: HttpRequest) -> str:
    """Return the key of the session that is asked from."""
    return str(request.session.session_key)


def _onward(request: HttpRequest) -> str:
    """Return where somebody was going."""
    return get_next_redirect_url(request) or reverse("overview:projects")


def _query(request: HttpRequest) -> str:
    """Return what carries along where somebody was going."""
    onward = get_next_redirect_url(request)
    return f"?{urlencode({'next': onward})}" if onward else ""


def _index(request: HttpRequest) -> str:
    """Return the page of what somebody has, with where they were going."""
    return reverse("mfa_index") + _query(request)
