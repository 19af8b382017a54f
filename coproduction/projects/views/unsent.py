"""The page after signing in again that gives back what somebody was sending."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from coproduction.projects.models import User
from coproduction.projects.pages import site_view
from coproduction.projects.unsent import GO_ON, forget_unsent, unsent_of


@site_view(may="signed-in")
def unsent(request: HttpRequest) -> HttpResponse:
    """Give back what was sent while signed out; it is forgotten once this page has shown it."""
    kept = unsent_of(request, cast(User, request.user))
    if kept is None:
        return HttpResponseRedirect(reverse("overview:projects"))
    if request.method == "POST":
        forget_unsent(request)
        return HttpResponseRedirect(kept[0])
    path, sent = kept
    hidden = [(name, word) for name, words in sent.lists() for word in words]
    context = {"path": path, "sent": hidden, "go_on": GO_ON}
    return render(request, "projects/unsent.html", context)
