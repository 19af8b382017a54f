"""The page of where somebody is signed in."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduction.projects.models import User
from coproduction.projects.pages import apply_or_warn, site_view
from coproduction.projects.queries.session import places_signed_in
from coproduction.projects.services.session import end_other_sessions, end_session

_NAME = "place"


@site_view(may="signed-in")
def signed_in(request: HttpRequest) -> HttpResponse:
    """Show a person where they are signed in, and sign them out there, or everywhere but here."""
    user, here = cast(User, request.user), str(request.session.session_key)
    if request.method != "POST":
        places = [(each, {_NAME: each.name}) for each in places_signed_in(user, here=here)]
        return render(request, "projects/signed_in.html", {"places": places})
    name = request.POST.get(_NAME, "")
    if name:
        done = _("You are signed out there.")
        apply_or_warn(request, lambda: end_session(user=user, name=name, here=here), done=done)
    else:
        done = _("You are signed out everywhere else.")
        apply_or_warn(request, lambda: end_other_sessions(user=user, here=here), done=done)
    return redirect("projects:signed_in")
