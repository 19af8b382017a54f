"""The page after signing in, or the second step, that gives back what somebody was sending."""

from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure

from coproduction.projects.models import User
from coproduction.projects.pages import site_view
from coproduction.projects.unsent import (
    GO_ON,
    forget_unsent,
    is_page_of,
    keep_unsent,
    unsent_of,
)


@site_view(may="signed-in")
def unsent(request: HttpRequest) -> HttpResponse:
    """Give back what was not taken yet; each is forgotten once its page shows it."""
    if request.method == "POST":
        forget_unsent(request, request.POST.get("name", ""))
        return HttpResponseRedirect(reverse("projects:unsent"))
    # Signed in again, the session lasts as long as any.
    request.session.set_expiry(None)
    kept = unsent_of(request, cast(User, request.user))
    if not kept:
        return HttpResponseRedirect(reverse("overview:projects"))
    hidden = [
        (each, [(name, word) for name, words in each.sent.lists() for word in words])
        for each in kept
    ]
    context = {
        "kept": hidden,
        "go_on": GO_ON,
        "was_signed_out": any(each.signed_out for each in kept),
        "was_asked": any(not each.signed_out for each in kept),
    }
    return render(request, "projects/unsent.html", context)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was sent from a page of before signing in again, in another window.

    Only to the one whose page it was, who signs in first where all cookies are gone; nothing is
    done. Any other gets the usual refusal.
    """
    user = request.user
    if not user.is_authenticated and keep_unsent(request):
        return redirect_to_login(reverse("projects:unsent"))
    if isinstance(user, User) and is_page_of(request, user) and keep_unsent(request):
        return HttpResponseRedirect(reverse("projects:unsent"))
    return cast(HttpResponse, csrf_failure(request, reason))
